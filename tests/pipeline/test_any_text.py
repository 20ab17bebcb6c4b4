"""Whatever is read: the graph conforms to the shapes, evidence is what stands on the page, and twice gives the same."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import dirt
from compose import page as report

from kg.graph.export import serialize
from kg.graph.shacl import validate
from kg.graph.store import GraphStore
from kg.model import Page, Problem, Record
from kg.pipeline.reading import records_of
from kg.source.blob import Blob, Budget, Settings
from kg.source.formats import read_blob

# What facts are made of, put together without any sense.
PIECES = st.sampled_from(
    [
        *"由 牵头 印发 《 》 “ ” 、 ， 。 ； ： （ ） 其中 分别 比上年 - ０ 万 零 第 任 获".split(),
        *"湖北省总工会 武汉市 该市 市教育局 王建国 副主席 五一劳动奖章 “荆楚工匠”行动".split(),
        *"截至2023年底 2024年3月 技能人才 12.5万人 增长 8% 超过 3家 產(chǎn)業(yè)工人 ? <p> </div> &nbsp;".split(),
        *("\n", "\ufffd", "\u200b", "\ue000", "\x00", "\U00020bb7", "\u0301"),
    ]
)
NONSENSE = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200)


@st.composite
def files(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return the suffix and the bytes of a file: a report that was damaged, or nonsense that may be damaged too."""
    number = draw(st.integers(0, 10_000))
    text = draw(st.just(report(number)) | NONSENSE.map(lambda said: said.encode("utf-8", "replace").decode()))
    kind = draw(st.sampled_from(list(dirt.DIRT)))
    # What damages text takes some of it for granted.
    suffix, data = dirt.DIRT[kind](f"{text}\n{report(number)}" if len(text) < 100 else text, dirt.Chance(number))
    return draw(st.sampled_from([(suffix, data), (".txt", text.encode()), (".html", text.encode())]))


def read(found: list[tuple[str, bytes]]) -> list[Record]:
    """Return what all documents in some files contribute."""
    records: list[Record] = []
    for number, (suffix, data) in enumerate(found):
        name = f"{number}{suffix}"
        budget = Budget(lambda: sum(len(data) for _, data in found))
        for page in read_blob(Blob(name, name, io.BytesIO(data), budget, size=len(data)), Settings()):
            if isinstance(page, Page):
                more = records_of(page)
                assert not (isinstance(more, Problem) and "failed with" in more.what), more
                records += [] if isinstance(more, Problem) else more
    return records


def nquads(graph: GraphStore) -> bytes:
    out = io.BytesIO()
    serialize(graph, "nquads", out)
    return out.getvalue()


@settings(max_examples=15)
@given(st.lists(files(), min_size=1, max_size=6))
def test_any_pages_give_a_graph_that_conforms(found: list[tuple[str, bytes]]) -> None:
    records = read(found)
    for record in records:
        for statement in record.statements:
            seen = statement.evidence
            assert record.article.page.text[seen.start : seen.end] == seen.exact
            assert seen.exact
    graph = GraphStore.in_memory(records)
    assert validate(graph) == []
    assert nquads(GraphStore.in_memory(read(found)[::-1])) == nquads(graph)
