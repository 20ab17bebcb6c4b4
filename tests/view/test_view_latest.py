"""A picture of many documents shows the latest of them, and says how many there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import output
from kg.pipeline import Settings, build_folder
from kg.view import latest


def test_the_latest_documents_are_shown_and_all_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(latest, "SHOWN", 2)
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, date in (("a", "2023-05-06"), ("b", "2021-01-02"), ("c", "2024-03-04"), ("d", "")):
        line = f"{date} 来源：试样日报\n" if date else ""
        (pages / f"{name}.txt").write_text(f"{line}黑龙江省总工会牵头推进“{name}号试样行动”。\n", "utf-8")
    report = build_folder([pages], tmp_path / "out", Settings())
    html = (tmp_path / "out" / output.PICTURE).read_text("utf-8")
    begin = html.index('id="data">') + len('id="data">')
    data = json.loads(html[begin : html.index("</script>", begin)])
    assert [source["identifier"] for source in data["sources"]] == ["a.txt", "c.txt"]
    assert {node["label"] for node in data["nodes"] if node["type"] == "Programme"} == {
        "“a号试样行动”",
        "“c号试样行动”",
    }
    assert data["documents"] == 4
    assert report.facts["leads"] == 4
    assert "“b号试样行动”" in (tmp_path / "out" / output.TURTLE).read_text("utf-8")
