"""Commands as a user runs them, on small pages of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import forked
import pytest


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended and what it wrote."""

    returncode: int
    stdout: str
    stderr: str

    @property
    def complaint(self) -> str:
        """The one line on standard error of a command that failed."""
        lines = self.stderr.splitlines()
        assert len(lines) == 1, self.stderr
        assert lines[0].startswith("kg: ")
        return lines[0].removeprefix("kg: ")


Kg = Callable[..., Result]

PAGES = {
    "union.txt": """黑龙江省总工会推进产改
来源：龙江试样报 2024年5月6日
由黑龙江省总工会牵头推进产业工人队伍建设改革，各市分头落实。截至目前，全省有技能人才12.5万人。
黑龙江省总工会印发《龙江试样工匠培育办法》，启动“试样工匠培育行动”，面向全省的企业职工。
""",
    "city.html": """<!doctype html><html><head><meta charset="utf-8"><title>哈尔滨市推进产改</title></head><body>
<h1>哈尔滨市推进产改</h1><p>2024年6月7日 来源：冰城试样报</p>
<p>哈尔滨市总工会牵头推进产业工人队伍建设改革，市人力资源和社会保障局参与其中。今年，全市新增技能人才3400人。</p>
<p>哈尔滨市人民政府印发《哈尔滨市试样技能提升方案》，要求各区把培训办到车间里，让更多工人学到一技之长。</p>
</body></html>
""",
}


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def kg() -> Kg:
    """Run `kg` with these arguments in `cwd`, as from a shell; with variables, in an interpreter of its own."""

    def run(*arguments: str | Path, cwd: Path, input: str | None = None, **environment: str) -> Result:
        if environment or not forked.POSSIBLE:
            done = subprocess.run(
                [sys.executable, "-m", "kg", *map(str, arguments)],
                cwd=cwd,
                env=os.environ | environment,
                input=input,
                capture_output=True,
                encoding="utf-8",
                timeout=120,
            )
        else:
            done = forked.run(arguments, cwd, input or "")
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, pages: Path, kg: Kg) -> Path:
    """A folder that holds `out`, built from `pages`; not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    result = kg("build", pages, cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder
