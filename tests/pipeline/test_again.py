"""A build after a build reads what changed and gives what a build from nothing gives, byte for byte."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import output
from kg.graph.export import FORMATS, serialize
from kg.graph.store import open_store
from kg.pipeline import Settings, build_folder
from kg.pipeline import folder as building
from kg.report import Report
from kg.view import latest

TEXTS = (
    "由黑龙江省总工会牵头推进技能人才培养改革。截至2023年底，全省有技能人才12.5万人。\n",
    "由湖北省总工会牵头推进“匠心”行动，武汉市总工会参与“匠心”行动。\n",
    "由湖北省总工会牵头推进‘匠心’行动，宜昌市实施匠心行动。\n",
    "2024-05-06 来源：试样日报\n武汉市有技术工人3.2万人。李明任武汉市总工会副主席。\n",
    "李明获评“楚天工匠”，由湖北省总工会授予。武汉市有技术工人3.2万人，同比增长3.2%。\n",
    "2023-11-02 来源：试样日报\n湖北省总工会授予王芳“楚天工匠”称号。王芳任宜昌市总工会主席。\n",
    "会议听取了情况，大家作了交流。\n",
    "武汉市总工会印发《武汉市技术工人培养办法》。截至2023年底，全市有技术工人3.2万人。\n",
)
FILES = (output.TURTLE, output.PICTURE, output.REPORT, output.MANIFEST)

pages = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, len(TEXTS) - 1), min_size=1)


def lay(folder: Path, contents: dict[str, int]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, number in contents.items():
        (folder / f"{name}.txt").write_text(TEXTS[number], "utf-8")


def written(out: Path, tmp: Path) -> dict[str, bytes]:
    """Return everything of a build that must be the same for the same pages."""
    found = {name: (out / name).read_bytes() for name in FILES}
    for format_ in FORMATS:
        with (tmp / "export").open("wb") as file:
            serialize(open_store(out), format_, file)
        found[format_] = (tmp / "export").read_bytes()
    return found


def numbers(report: Report) -> tuple[int, int, int]:
    return report.anew, report.kept, report.removed


@given(
    before=pages,
    steps=st.lists(pages, min_size=1, max_size=2),
    share=st.sampled_from([0.0, 1.0]),
    shown=st.sampled_from([2, 1000]),
)
@settings(max_examples=10)
def test_any_change_gives_what_a_build_from_nothing_gives(
    tmp_path_factory: pytest.TempPathFactory,
    before: dict[str, int],
    steps: list[dict[str, int]],
    share: float,
    shown: int,
) -> None:
    tmp = tmp_path_factory.mktemp("again")
    lay(tmp / "pages", before)
    with pytest.MonkeyPatch.context() as patch:
        # Both ways are taken: into a copy of the earlier store, and into a new one.
        patch.setattr(building, "PATCHED_SHARE", share)
        patch.setattr(building, "FEW", 100 * share)
        # And the picture shows some documents, or all.
        patch.setattr(latest, "SHOWN", shown)
        build_folder([tmp / "pages"], tmp / "out", Settings())
        for after in steps:
            lay(tmp / "pages", after)
            report = build_folder([tmp / "pages"], tmp / "out", Settings())
            build_folder([tmp / "pages"], tmp / "scratch", Settings(fresh=True))
            assert written(tmp / "out", tmp) == written(tmp / "scratch", tmp)
            same = {name for name, number in after.items() if before.get(name) == number}
            assert numbers(report) == (len(after) - len(same), len(same), len(before.keys() - after.keys()))
            assert report.note == ""
            before = after


def test_of_an_archive_only_the_pages_that_changed_are_read(tmp_path: Path) -> None:
    def pack(texts: dict[str, str]) -> None:
        with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
            for name, text in texts.items():
                archive.writestr(name, text)

    pack({"a.txt": TEXTS[0], "b.txt": TEXTS[1], "c.txt": TEXTS[3]})
    build_folder([tmp_path / "pages.zip"], tmp_path / "out", Settings())
    pack({"0.txt": TEXTS[4], "a.txt": TEXTS[2], "b.txt": TEXTS[1]})
    report = build_folder([tmp_path / "pages.zip"], tmp_path / "out", Settings())
    assert numbers(report) == (2, 1, 1)
    build_folder([tmp_path / "pages.zip"], tmp_path / "scratch", Settings(fresh=True))
    assert written(tmp_path / "out", tmp_path) == written(tmp_path / "scratch", tmp_path)


def test_what_made_trouble_is_tried_again(tmp_path: Path) -> None:
    lay(tmp_path / "pages", {"a": 0})
    (tmp_path / "pages" / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert len(build_folder([tmp_path / "pages"], tmp_path / "out", Settings()).problems) == 1
    report = build_folder([tmp_path / "pages"], tmp_path / "out", Settings())
    assert len(report.problems) == 1
    assert numbers(report) == (0, 1, 0)
    build_folder([tmp_path / "pages"], tmp_path / "scratch", Settings(fresh=True))
    assert written(tmp_path / "out", tmp_path) == written(tmp_path / "scratch", tmp_path)


def test_trouble_that_comes_again_costs_no_more_than_its_own_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path / "pages", {"a": 0, "b": 3, "c": 5})
    for number in range(30):
        (tmp_path / "pages" / f"bad-{number}.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    build_folder([tmp_path / "pages"], tmp_path / "out", Settings())
    (tmp_path / "pages" / "b.txt").write_text(TEXTS[4], "utf-8")
    build_folder([tmp_path / "pages"], tmp_path / "scratch", Settings())
    monkeypatch.setattr(building._Build, "whole", None)  # nothing is written anew
    report = build_folder([tmp_path / "pages"], tmp_path / "out", Settings())
    assert (len(report.problems), numbers(report)) == (30, (1, 2, 0))
    assert written(tmp_path / "out", tmp_path) == written(tmp_path / "scratch", tmp_path)


def test_other_settings_and_rules_read_all_anew(tmp_path: Path) -> None:
    lay(tmp_path / "pages", {"a": 0, "b": 3})
    names = tmp_path / "names.csv"
    names.write_text("name,type,full name\n匠心学社,Organization,\n", "utf-8")
    build_folder([tmp_path / "pages"], tmp_path / "out", Settings(names=names))
    assert build_folder([tmp_path / "pages"], tmp_path / "out", Settings(names=names)).kept == 2
    names.write_text("name,type,full name\n匠心社,Organization,\n", "utf-8")
    for changed in (Settings(names=names), Settings(min_confidence=0.5), Settings(base="https://other.example/")):
        report = build_folder([tmp_path / "pages"], tmp_path / "out", changed)
        assert numbers(report) == (2, 0, 0)
        assert "settings" in report.note
    assert build_folder([tmp_path / "pages"], tmp_path / "out", Settings(fresh=True)).note == ""


@pytest.mark.parametrize("name", [output.TURTLE, output.ARCHIVE, output.CHECKS, output.MANIFEST, "sst", "gone"])
def test_a_damaged_build_is_told_and_written_anew(tmp_path: Path, name: str) -> None:
    lay(tmp_path / "pages", {"a": 0, "b": 3})
    build_folder([tmp_path / "pages"], tmp_path / "out", Settings())
    good = written(tmp_path / "out", tmp_path)
    path = tmp_path / "out" / name
    if name in ("sst", "gone"):
        path = max((tmp_path / "out" / "store").glob("*.sst"), key=lambda file: file.stat().st_size)
    if name == "gone":
        path.unlink()
    elif name == output.MANIFEST:
        path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 1}))
    else:
        path.write_bytes(path.read_bytes()[:-40])
    report = build_folder([tmp_path / "pages"], tmp_path / "out", Settings())
    assert report.note
    assert "\n" not in report.note
    assert written(tmp_path / "out", tmp_path) == good


def test_a_store_damaged_within_is_written_anew(tmp_path: Path) -> None:
    lay(tmp_path / "pages", {"a": 0, "b": 3, "c": 5})
    build_folder([tmp_path / "pages"], tmp_path / "out", Settings())
    for path in (tmp_path / "out" / "store").glob("*.sst"):
        path.write_bytes(b"\x00" * path.stat().st_size)
    lay(tmp_path / "pages", {"a": 0, "b": 2, "c": 5})
    report = build_folder([tmp_path / "pages"], tmp_path / "out", Settings())
    assert "of no use" in report.note
    build_folder([tmp_path / "pages"], tmp_path / "scratch", Settings(fresh=True))
    assert written(tmp_path / "out", tmp_path) == written(tmp_path / "scratch", tmp_path)


def test_nothing_left_is_an_error_and_the_build_stays(tmp_path: Path) -> None:
    lay(tmp_path / "pages", {"a": 0})
    build_folder([tmp_path / "pages"], tmp_path / "out", Settings())
    good = written(tmp_path / "out", tmp_path)
    lay(tmp_path / "pages", {})
    with pytest.raises(Exception, match="no documents found"):
        build_folder([tmp_path / "pages"], tmp_path / "out", Settings())
    assert written(tmp_path / "out", tmp_path) == good
