"""Things by name: what is meant by what people type."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from work import calls

from kg.graph.store import GraphStore
from kg.serve.pinyin import syllables
from kg.serve.search import Index
from kg.vocabulary import KG, RDF, RDFS, SKOS

NAMES = {
    "TradeUnion": ["黑龙江省总工会", "哈尔滨市总工会", "海南省总工会"],
    "GovernmentDepartment": ["哈尔滨市人力资源和社会保障局|市人社局", "重庆市发展和改革委员会"],
    "Region": ["黑龙江省|黑龙江", "重庆市", "西安市", "朝阳区"],
    "Reform": ["产业工人队伍建设改革|产改"],
    "Programme": ["“5G+智改数转”行动"],
    "Enterprise": ["ABC科技公司"],
}


def quads() -> Iterator[Quad]:
    """The names above, each of one thing; those of one line are a label and aliases."""
    graph = NamedNode("https://kg.example/graph/x")
    for type_, lines in NAMES.items():
        for line in lines:
            label, *aliases = line.split("|")
            thing = NamedNode(f"https://kg.example/id/x/{len(label)}{type_}{ord(label[0])}")
            yield Quad(thing, RDF.type.node, KG[type_].node, graph)
            yield Quad(thing, KG.mentionedIn.node, NamedNode("https://kg.example/id/document/x"), graph)
            yield Quad(thing, RDFS.label.node, Literal(label), graph)
            for alias in aliases:
                yield Quad(thing, SKOS.altLabel.node, Literal(alias), graph)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(GraphStore.of_quads(quads()))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("黑龙江省总工会", "黑龙江省总工会"),
        ("黑龙江", "黑龙江"),  # the alias itself, before what begins with it
        ("黑龙江省", "黑龙江省"),
        ("黑總", "黑龙江省总工会"),
        ("产改", "产改"),
        ("產改", "产改"),
        ("人社局", "市人社局"),
        ("人资局", "哈尔滨市人力资源和社会保障局"),
        ("市总", "哈尔滨市总工会"),
        ("智改", "“5G+智改数转”行动"),
        ("“智改数转”", "“5G+智改数转”行动"),
        ("abc", "ABC科技公司"),
        ("ＡＢＣ", "ABC科技公司"),
        ("heilongjiang", "黑龙江"),
        ("Hei Long Jiang", "黑龙江"),
        ("heilongjiangsheng", "黑龙江省"),
        ("heilongjiangszgh", "黑龙江省总工会"),
        ("hljzgh", "黑龙江省总工会"),
        ("hljszgh", "黑龙江省总工会"),
        ("hnszgh", "海南省总工会"),
        ("chongqing", "重庆市"),
        ("cqs", "重庆市"),
        ("xian", "西安市"),
        ("xi'an", "西安市"),
        ("chaoyang", "朝阳区"),
        ("5gzgsz", "“5G+智改数转”行动"),
    ],
)
def test_what_comes_first(index: Index, typed: str, first: str) -> None:
    assert index.search(typed)[0].name == first


def test_省总_finds_those_of_provinces(index: Index) -> None:  # noqa: N802
    assert {hit.name for hit in index.search("省总")} == {"黑龙江省总工会", "海南省总工会"}


NOTHING = ["", " ", "“”", "无此", "zhongqing", "xyz", "\n", "黑龙江省总工会会会", "(", "[a-z]", "\x00"]


@pytest.mark.parametrize("typed", NOTHING)
def test_what_finds_nothing(index: Index, typed: str) -> None:
    assert index.search(typed) == []


def test_classes_and_limits(index: Index) -> None:
    everything = index.search("s", limit=100)
    assert len({hit.iri for hit in everything}) == len(everything)
    assert {hit.type for hit in index.search("hei", type_="Region")} == {"Region"}
    below = index.search("哈尔滨", type_="Organization")
    assert {hit.type for hit in below} == {"TradeUnion", "GovernmentDepartment"}
    assert len(index.search("市", limit=2)) == 2


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("重庆", "ChongQing"),
        ("银行行长", "YinHangHangZhang"),
        ("朝阳", "ZhaoYang"),
        ("朝阳区", "ChaoYangQu"),
        ("女工", "NvGong"),
        ("第3届", "Di3Jie"),
        ("", ""),
    ],
)
def test_readings(name: str, reading: str) -> None:
    assert syllables(name) == reading


def test_nothing_that_is_typed_takes_long(index: Index) -> None:
    index.search("a")
    for typed in ("a" * 10_000, "an" * 50, "会" * 100, "市总" * 50, "h" * 30, "省" * 3 + "x"):
        assert calls(lambda: index.search(typed)) < 200_000, typed  # noqa: B023 - called at once


def test_the_interface(server: httpx.Client) -> None:
    hits = server.get("/api/search", params={"q": "hljzgh"}).json()["hits"]
    assert hits[0]["label"] == "黑龙江省总工会"
    assert hits[0]["type"] == "TradeUnion"
    assert hits[0]["place"] == "黑龙江省"
    assert hits[0]["documents"] == 1
    assert server.get(hits[0]["href"]).status_code == 200
    titled = server.get("/api/search", params={"q": "推进产改", "type": "Document"}).json()["hits"]
    assert {hit["label"] for hit in titled} == {"黑龙江省总工会推进产改", "哈尔滨市推进产改"}
    for wrong in ({"q": "x", "limit": 0}, {"q": "x", "limit": 1000}, {"q": "x", "type": "None"}, {}):
        assert server.get("/api/search", params=wrong).status_code == 422


def test_named_questions(server: httpx.Client) -> None:
    known = {question["name"]: question for question in server.get("/api/queries").json()}
    assert len(known) > 10
    for question in known.values():
        given = {one["name"]: "产业工人队伍建设改革" for one in question["parameters"] if one["required"]}
        assert server.get(question["href"], params=given).status_code == 200
    who = server.get("/api/queries/who-leads", params={"region": "黑龙江省", "format": "csv"})
    assert "黑龙江省总工会" in who.text
    assert server.get("/api/queries/who-leads", params={"regoin": "x"}).status_code == 400
    assert server.get("/api/queries/who-leads?region=1&region=2").status_code == 400
    assert server.get("/api/queries/nobody").status_code == 404
