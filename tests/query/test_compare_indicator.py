"""Places are compared in an indicator and in all that narrow it, never across units or kinds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from records import CITY, FAR_BODY, article, evidence

from kg.graph import GraphStore
from kg.model import Entity, Observation, Record
from kg.query import run

FAR = Entity("Region", "南浦市", place="西岭省", adcode="980200")
SAID = evidence("2023年", FAR_BODY)


@pytest.fixture(scope="module")
def graph() -> GraphStore:
    skilled = Entity("Indicator", "技工")
    senior = Entity("Indicator", "高级技工", parent=skilled.id)
    new = Entity("Indicator", "新增高级技工", parent=senior.id)
    share = Entity("Indicator", "高级技工占比", related=senior.id)
    base = Observation(CITY.id, "技工", Decimal(20), "人", SAID)
    facts = (
        base,
        replace(base, about=FAR.id, indicator="新增高级技工", value=Decimal(3), unit="名"),
        replace(base, about=FAR.id, indicator="高级技工", value=Decimal(5), unit="%", kind="Growth"),
        replace(base, about=FAR.id, indicator="高级技工占比", value=Decimal(40), unit="%", kind="Share"),
    )
    return GraphStore.in_memory([Record(article("甲.txt", FAR_BODY), (CITY, FAR, skilled, senior, new, share), facts)])


def test_narrower_indicators_are_found_and_only_persons_compared_with_persons(graph: GraphStore) -> None:
    rows = [(row["concept"], row["indicator"], row["unit"], row["place"]) for row in run(graph, "compare-indicator")]
    assert rows == [("技工", "技工", "人", "青川市"), ("技工", "新增高级技工", "名", "南浦市")]


def test_an_indicator_of_one_place_is_not_compared(graph: GraphStore) -> None:
    assert len(run(graph, "compare-indicator", {"indicator": "高级技工"})) == 0


def test_concepts_know_their_units_but_not_those_of_growth(graph: GraphStore) -> None:
    query = "SELECT ?name ?unit { ?concept kg:measuredIn ?unit ; skos:prefLabel ?name } ORDER BY ?name"
    found = {row["name"]: row["unit"] for row in run(graph, query)}
    assert found == {"技工": "人", "新增高级技工": "名", "高级技工占比": "%"}
