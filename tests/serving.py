"""Pages of our own, and servers as a user starts them, for the time of a block."""

from __future__ import annotations

import os
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import forked
import httpx

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


@contextmanager
def running(do: Callable[..., None], *arguments: object, **environment: str) -> Iterator[httpx.Client]:
    """Let a process start a server that prints its address, yield a client of it, and see it end in order."""
    with tempfile.TemporaryDirectory() as folder:
        said, complaints = Path(folder) / "output", Path(folder) / "error"
        os.mkfifo(said)
        complaints.touch()
        server = forked.start(do, arguments, (Path(os.devnull), said, complaints), environment=environment)
        with said.open(encoding="utf-8") as output:
            try:
                line = output.readline()
                assert line, complaints.read_text("utf-8")
                with httpx.Client(base_url=line.split()[0], timeout=60, trust_env=False) as client:
                    yield client
                assert server.is_alive(), complaints.read_text("utf-8")
            finally:
                if server.pid is not None and server.is_alive():
                    os.kill(server.pid, signal.SIGINT)
                server.join(20)
        assert complaints.read_text("utf-8") == ""
        assert server.exitcode == 0, server.exitcode


def serving(out: Path | str, *options: str, **environment: str) -> AbstractContextManager[httpx.Client]:
    """Run `kg serve` on a free port."""
    return running(forked.command, "serve", "--store", str(out), "--port", "0", *options, **environment)


def limited(out: Path, **settings: object) -> AbstractContextManager[httpx.Client]:
    """Run a server with any of `Settings`."""
    return running(_limited, out, settings)


def _limited(out: Path, settings: Mapping[str, Any]) -> None:
    from kg.serve.run import run
    from kg.serve.settings import Settings

    warnings.simplefilter("ignore")
    run(Settings(store=out, port=0, **settings), lambda address: print(address, flush=True))  # noqa: T201
