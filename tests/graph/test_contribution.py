"""A record becomes what the contract says, the same from any document."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from records import CITY, HONOUR, PERSON, REFORM, UNION, article, evidence, record, second

from kg.errors import KgError
from kg.graph import GraphStore, quads
from kg.graph.identity import document_iri, entity_iri, graph_iri
from kg.graph.literals import dated, number
from kg.model import Conferral, Entity, Membership, Observation, Record, Relation
from kg.vocabulary import DCTERMS, KG, OA, ORG, RDF, RDFS, Term

BASE = "https://kg.example/"


def triples(*records: Record) -> set[tuple[str, str, str]]:
    found = (quad for record in records for quad in quads(record, BASE))
    return {(quad.subject.value, quad.predicate.value, quad.object.value) for quad in found}


def of_type(class_: Term, *records: Record) -> set[str]:
    return {s for s, p, o in triples(*records) if p == RDF.type and o == class_}


def test_all_lies_in_the_graph_of_the_document_and_comes_once() -> None:
    found = list(quads(record("a/b.txt"), BASE))
    assert {quad.graph_name for quad in found} == {NamedNode(graph_iri(BASE, "a/b.txt"))}
    assert len(set(found)) == len(found)


def test_documents_whose_names_differ_in_separators_stay_apart() -> None:
    assert document_iri(BASE, "a/b.txt") != document_iri(BASE, "ab.txt")


@pytest.mark.parametrize("name", ["甲.", "A.B公司.", "[甲]", "\x01甲", "\ue000", "甲 乙", "..", "“”", "𠮷", "%41"])
def test_any_name_gives_an_iri_that_reads_back(name: str) -> None:
    entity = Entity("Enterprise", name)
    iri = entity_iri(BASE, entity.id)
    assert NamedNode(iri).value == iri
    assert not iri.endswith(".")


def test_one_class_of_the_ontology_an_entity() -> None:
    for entity in record().entities:
        iri = entity_iri(BASE, entity.id)
        classes = [o for s, p, o in triples(record()) if s == iri and p == RDF.type and o.startswith(KG.iri)]
        assert classes == [KG[entity.type]]


def test_every_fact_is_one_node_with_the_evidence_of_each_document() -> None:
    statements = of_type(RDF.Statement, record(), second())
    assert len(statements) == 5
    read = [s for s, p, _ in triples(record(), second()) if p == KG.evidence]
    shared = [fact for fact in statements if read.count(fact) == 2]
    assert len(shared) == 2


def test_every_statement_stands_as_a_plain_triple_too() -> None:
    found = triples(record())
    about = {(s, p): o for s, p, o in found}
    for fact in of_type(RDF.Statement, record()):
        assert (about[fact, RDF.subject], about[fact, RDF.predicate], about[fact, RDF.object]) in found
    assert (f"{BASE}id/person/何大川", KG.received, f"{BASE}id/honour/东岭工匠") in found


def test_a_date_does_not_part_one_fact_in_two() -> None:
    said = evidence("印发")
    with_date = Relation("issues", UNION.id, REFORM.id, said, "2023")
    both = Record(article("x"), (UNION, REFORM), (with_date, replace(with_date, date="")))
    assert len(of_type(RDF.Statement, both)) == 1
    given = Conferral(PERSON.id, HONOUR.id, said, (), "2023")
    twice = Record(article("x"), (PERSON, HONOUR), (given, replace(given, date="")))
    assert len(of_type(KG.Conferral, twice)) == 1


def test_titles_gather_on_one_post() -> None:
    posts = tuple(Membership(PERSON.id, UNION.id, (title,), evidence("主席")) for title in ("主席", "党组书记"))
    found = triples(Record(article("x"), (PERSON, UNION), posts))
    assert len({s for s, p, o in found if o == ORG.Membership}) == 1
    assert {o.rpartition("/")[2] for _, p, o in found if p == ORG.role} == {"主席", "党组书记"}


@pytest.mark.parametrize(
    "change", [{"value": Decimal(1)}, {"unit": "家"}, {"bound": "About"}, {"kind": "Target"}, {"indicator": "女工"}]
)
def test_another_figure_is_another_observation(change: dict[str, object]) -> None:
    seen = Observation(CITY.id, "技工", Decimal(2), "人", evidence("截至"))
    both = Record(article("x"), (CITY,), (seen, replace(seen, **change), replace(seen, value=Decimal("2.0"))))
    assert len(of_type(KG.Observation, both)) == 2


def test_evidence_is_the_characters_of_the_page() -> None:
    found = {(s, p): o for s, p, o in triples(record())}
    page = record().article.page.text
    for node in of_type(KG.Evidence, record()):
        start, end = int(found[node, OA.start]), int(found[node, OA.end])
        assert page[start:end] == found[node, OA.exact]


def test_at_most_eleven_triples_tell_where_a_fact_was_read() -> None:
    (node, *_) = of_type(KG.Evidence, record())
    assert sum(s == node for s, _, _ in triples(record())) <= 10


def test_a_place_known_from_context_has_name_and_class_but_is_not_mentioned() -> None:
    place = f"{BASE}id/place/东岭省"
    found = {(p, o) for s, p, o in triples(record()) if s == place}
    assert (RDFS.label, "东岭省") in found
    assert (RDF.type, KG.Region) in found
    assert not any(p == KG.mentionedIn for p, _ in found)


@pytest.mark.parametrize(
    ("value", "written"),
    [("2.643E+6", "2643000"), ("0.90", "0.9"), ("-3.50", "-3.5"), ("1E-7", "0.0000001"), ("-0", "0"), ("100", "100")],
)
def test_numbers_have_no_exponent(value: str, written: str) -> None:
    assert number(Decimal(value)).value == written


@pytest.mark.parametrize(("edtf", "type_"), [("2024", "gYear"), ("2024-05", "gYearMonth"), ("2024/..", "string")])
def test_dates_have_the_type_of_their_precision(edtf: str, type_: str) -> None:
    assert dated(edtf).datatype.rpartition("#")[2] == type_


def test_half_a_surrogate_pair_does_not_stop_the_build() -> None:
    broken = replace(record(), entities=(Entity("Person", "何\ud800川"),), statements=())
    assert "何\ufffd川" in {o for _, _, o in triples(broken)}


@pytest.mark.parametrize("base", ["", "kg.example/", "https://kg.example", "https://kg .example/", 'https://x/"/'])
def test_a_base_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(KgError, match="give an absolute IRI that ends in '/'"):
        list(quads(record(), base))


def test_another_base_is_used_throughout() -> None:
    found = list(quads(record(), "http://localhost/kg/"))
    assert all(quad.subject.value.startswith("http://localhost/kg/id/") for quad in found)


def test_the_default_graph_has_each_triple_once() -> None:
    graph = GraphStore.in_memory([record(), second()])
    (row,) = graph.select(f"SELECT (COUNT(*) AS ?n) {{ ?s <{DCTERMS.identifier}> ?o }}")
    assert row["n"].value == "2"
    (row,) = graph.select(f"SELECT (COUNT(*) AS ?n) {{ ?s <{RDFS.label}> '青川市总工会' }}")
    assert row["n"].value == "1"


def test_the_class_hierarchy_can_be_asked() -> None:
    graph = GraphStore.in_memory([record()])
    query = f"SELECT ?x {{ ?x a/<{RDFS.subClassOf}>* <{KG.Organization}> }}"
    assert len(list(graph.select(query))) == 3


def test_quads_are_taken_as_they_are() -> None:
    quad = Quad(
        NamedNode("https://kg.example/id/a"), RDFS.label.node, Literal("a"), NamedNode("https://kg.example/graph/x")
    )
    assert list(GraphStore.of_quads([quad]).quads()) == [quad]
