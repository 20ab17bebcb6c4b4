"""The picture of a graph that the graph stage itself wrote."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.graph.store import GraphStore
from kg.model import (
    Article,
    Conferral,
    Entity,
    Evidence,
    Membership,
    Observation,
    Page,
    Period,
    Record,
    Relation,
)
from kg.view.picture import Picture
from kg.view.reader import read
from kg.view.terms import CLASSES, LINKS
from kg.vocabulary import KG


def says(sentence: str) -> Evidence:
    return Evidence(0, 1, sentence[0], sentence, "test.rule", 0.9)


@pytest.fixture(scope="module")
def picture() -> Picture:
    page = Page("a/one.txt", "甲", "text/plain", "utf-8", "0" * 64)
    article = Article(page, "甲", [0], [1], (), title="甲省匠改", published="2024-02-03", publisher="甲报")
    region = Entity("Region", "甲省", adcode="990000")
    union = Entity("TradeUnion", "甲省总工会", aliases=("省总",), place="甲省")
    reform = Entity("Reform", "匠人改革", aliases=("匠改",), place="甲省")
    policy = Entity("PolicyDocument", "匠改办法", concerns=(reform.id,), date="2024")
    event = Entity("Event", "匠改推进会")
    person = Entity("Person", "乙丙")
    honour = Entity("Honour", "甲省匠人")
    record = Record(
        article,
        (region, union, reform, policy, event, person, honour),
        (
            Relation("leads", union.id, reform.id, says("甲省总工会牵头匠改。")),
            Relation("issues", union.id, policy.id, says("甲省总工会印发《匠改办法》。"), date="2024"),
            Relation("organises", union.id, event.id, says("甲省总工会主办匠改推进会。")),
            Membership(person.id, union.id, ("主席", "书记"), says("甲省总工会书记、主席乙丙出席。")),
            Conferral(person.id, honour.id, says("乙丙获评甲省匠人。"), conferred_by=(union.id,), date="2023"),
            Observation(
                region.id, "匠人", Decimal(12000), "名", says("全省匠人约1.2万名。"), "About", period=Period("../2023")
            ),
        ),
    )
    return read(GraphStore.in_memory([record]).store)


def test_all_facts_arrive_with_sentence_document_and_date(picture: Picture) -> None:
    found = {edge.relation: edge for edge in picture.edges}
    assert set(found) == {"leads", "issues", "organises", "post", "received", "confers", "concerns"}
    quote = picture.quotes[found["leads"].quotes[0]]
    assert quote[1] == "甲省总工会牵头匠改。"
    source = picture.sources[quote[0]]
    assert (source.identifier, source.title, source.issued, source.publisher) == (
        "a/one.txt",
        "甲省匠改",
        "2024-02-03",
        "甲报",
    )
    assert found["post"].notes == ["主席", "书记"]
    assert found["received"].notes == ["2023"]
    assert found["issues"].notes == ["2024"]


def test_entities_keep_class_region_and_aliases(picture: Picture) -> None:
    nodes = {node.label: node for node in picture.nodes}
    assert nodes["甲省总工会"].type == "TradeUnion"
    assert nodes["甲省总工会"].aliases == ["省总"]
    assert nodes["甲省"].adcode == "990000"
    assert all(picture.nodes[node.region].label == "甲省" for node in picture.nodes)
    assert all(node.documents == [0] for node in picture.nodes)


def test_figures_arrive(picture: Picture) -> None:
    (figure,) = picture.figures
    assert (figure.indicator, figure.value, figure.unit, figure.bound, figure.kind, figure.period) == (
        "匠人",
        "12000",
        "名",
        "About",
        "Level",
        "../2023",
    )


def test_the_words_of_the_picture_are_those_of_the_vocabulary() -> None:
    assert [name for name in CLASSES if name not in KG] == []
    ours = {"post", "confers", "partOf"}  # a membership, its counterpart, and two properties under one name
    assert [link.key for link in LINKS if link.key not in KG and link.key not in ours] == []
