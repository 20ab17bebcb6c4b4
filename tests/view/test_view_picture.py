"""What is read from the store, without a browser."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path

import pytest
from pyoxigraph import Store
from view_samples import HOSTILE, five_bulletins, hostile, unsure

from kg.errors import StoreError
from kg.view import render, write_page
from kg.view.reader import read
from kg.view.terms import LINKS


@pytest.fixture(scope="module")
def page() -> str:
    return render(five_bulletins())


def data_of(page: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    parsed: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return parsed


def test_every_fact_has_its_sentence_document_and_date() -> None:
    picture = read(five_bulletins())
    assert picture.edges
    assert all(edge.quotes for edge in picture.edges)
    for document, sentence in picture.quotes:
        assert sentence
        assert picture.sources[document].title
        assert picture.sources[document].issued.startswith("20")


def test_relations_of_all_fact_types_are_read() -> None:
    picture = read(five_bulletins())
    found = {edge.relation for edge in picture.edges}
    assert found == {"leads", "implements", "participatesIn", "issues", "post", "received", "confers"}
    assert found <= {link.key for link in LINKS}
    post = next(edge for edge in picture.edges if edge.relation == "post")
    assert post.notes == ["主席"]
    assert picture.nodes[post.source].type == "Person"


def test_figures_keep_value_unit_bound_and_period() -> None:
    picture = read(five_bulletins())
    figure = next(one for one in picture.figures if picture.nodes[one.about].label == "云山省")
    assert (figure.indicator, figure.value, figure.unit, figure.bound) == ("技能人才", "2643000", "人", "Over")
    assert figure.period == "../2023"


def test_relations_and_figures_carry_their_confidence() -> None:
    picture = read(unsure())
    assert sorted(edge.confidence for edge in picture.edges) == [0.6, 0.95]
    assert [figure.confidence for figure in picture.figures] == [0.6]
    assert {edge.confidence for edge in read(five_bulletins()).edges} == {1.0}


def test_the_same_relation_read_twice_is_one_edge_with_two_sentences() -> None:
    from view_samples import Sample

    sample = Sample()
    for number in (1, 2):
        sample.document(f"d{number}", f"第{number}篇", "2024-01-01", "报社")
        body = sample.thing("TradeUnion", "甲市总工会")
        sample.says(f"第{number}篇说甲市总工会牵头乙改革。")
        sample.states(body, "leads", sample.thing("Reform", "乙改革"))
    picture = read(sample.store)
    assert len(picture.edges) == 1
    assert len(picture.edges[0].quotes) == 2


def test_a_person_belongs_to_the_region_of_the_post() -> None:
    picture = read(five_bulletins())
    person = next(node for node in picture.nodes if node.type == "Person" and node.label == "云大山")
    assert picture.nodes[person.region].label == "云山省"


def test_same_content_in_any_order_gives_the_same_bytes(page: str) -> None:
    shuffled = Store()
    shuffled.extend(sorted(five_bulletins(), key=lambda quad: hashlib.sha256(str(quad).encode()).digest()))
    assert render(shuffled) == page


def test_nothing_in_the_page_points_to_the_network(page: str) -> None:
    assert not re.search(r'(?:src|href)="(?!data:)', page)
    assert "bootstrap" not in page.lower()
    assert "sourceMappingURL" not in page
    assert "@import" not in page


def test_only_the_page_s_own_script_and_style_may_run(page: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for tag in ("script", "style"):
        for body in re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL):
            assert b64encode(hashlib.sha256(body.encode()).digest()).decode() in policy[1]


def test_hostile_text_cannot_close_the_data_block() -> None:
    page = render(hostile(), title="<b>标题</b>")
    assert page.count("</script>") == 3
    assert "<img" not in page
    assert "<b>标题" not in page
    labels = {node["label"] for node in data_of(page)["nodes"]}
    assert set(HOSTILE.values()) <= labels


def test_an_empty_store_still_gives_a_page() -> None:
    assert data_of(render(Store()))["nodes"] == []


def test_a_page_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be written.*choose another folder"):
        write_page(Store(), tmp_path / "missing" / "graph.html")
