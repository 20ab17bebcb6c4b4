"""Put the real answer of each README's query into it: `python scripts/update_readme.py`, after `python3 run.py`.

A README marks a place for an answer so:

    ```sh
    .venv/bin/kg query who-leads
    ```

    <!-- answer -->
    <!-- end -->
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
_PLACE = re.compile(
    r"```sh\n(?P<command>\.venv/bin/kg [^\n]+)\n```\n\n<!-- answer -->\n(?P<answer>.*?)<!-- end -->", re.DOTALL
)


def updated(text: str, folder: Path) -> str:
    """Return a README's text with the answers that its commands give in `folder`, where `out` lies."""

    def answered(place: re.Match[str]) -> str:
        arguments = shlex.split(place["command"])[1:]
        done = subprocess.run(
            [sys.executable, "-m", "kg", *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8"
        )
        head = place[0][: place.start("answer") - place.start()]
        return f"{head}```text\n{done.stdout.rstrip()}\n```\n\n<!-- end -->"

    return _PLACE.sub(answered, text)


if __name__ == "__main__":
    for readme in READMES:
        readme.write_text(updated(readme.read_text("utf-8"), ROOT), "utf-8")
