"""Pages of our own, and servers as a user starts them, for the time of a block."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

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
def running(command: list[str], **environment: str) -> Iterator[httpx.Client]:
    """Start a server that prints its address, yield a client of it, and see it end in order."""
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=os.environ | environment
    )
    assert server.stdout
    assert server.stderr
    try:
        line = server.stdout.readline()
        assert line, server.stderr.read()
        with httpx.Client(base_url=line.split()[0], timeout=60, trust_env=False) as client:
            yield client
        assert server.poll() is None, server.stderr.read()
    finally:
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=20)
    assert complaints == "", complaints
    assert server.returncode == 0, server.returncode


def serving(out: Path, *options: str, **environment: str) -> AbstractContextManager[httpx.Client]:
    """Run `kg serve` on a free port."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(out), "--port", "0", *options]
    return running(command, **environment)


def limited(out: Path, **settings: object) -> AbstractContextManager[httpx.Client]:
    """Run a server with any of `Settings`."""
    return running(command(out, **settings))


def command(out: Path, **settings: object) -> list[str]:
    """Return the command that runs a server with any of `Settings`."""
    program = (
        "import sys; from pathlib import Path; from kg.serve.run import run; from kg.serve.settings import Settings; "
        f"run(Settings(store=Path(sys.argv[1]), port=0, **{settings!r}), lambda address: print(address, flush=True))"
    )
    return [sys.executable, "-W", "ignore", "-c", program, str(out)]
