"""A server as a user starts it, on a small graph of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from serving import limited, serving

import kg

PAGES = {
    "union.txt": """黑龙江省总工会推进产改
来源：龙江试样报 2024年5月6日
由黑龙江省总工会牵头推进产业工人队伍建设改革，各市分头落实。截至目前，全省有技能人才12.5万人。
黑龙江省总工会印发《龙江试样工匠培育办法》，启动“试样工匠培育行动”，面向全省的企业职工。
""",
    "city.txt": """哈尔滨市推进产改
来源：冰城试样报 2024年6月7日
哈尔滨市总工会牵头推进产业工人队伍建设改革，市人力资源和社会保障局参与其中。今年，全市新增技能人才3400人。
哈尔滨市人民政府印发《哈尔滨市试样技能提升方案》，要求各区把培训办到车间里，让更多工人学到一技之长。
""",
}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a build from `PAGES`; not to be changed."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "pages").mkdir()
    for name, text in PAGES.items():
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    kg.build(folder / "pages", folder / "out")
    return folder / "out"


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[httpx.Client]:
    """A client of a server on the graph of `built`."""
    with serving(built) as client:
        yield client


Serve = Callable[..., httpx.Client]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers of one's own: `serve(out, "--token", "x")` gives a client."""
    with ExitStack() as stack:
        yield lambda *arguments, **environment: stack.enter_context(serving(*arguments, **environment))


@pytest.fixture
def limit() -> Iterator[Serve]:
    """Start servers with other limits: `limit(out, time_limit=1)` gives a client."""
    with ExitStack() as stack:
        yield lambda *arguments, **settings: stack.enter_context(limited(*arguments, **settings))
