"""Each shape holds for a good graph and is broken by a bad one."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import rdflib
from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, SKOS
from records import record, second, third

from kg.graph import GraphStore, serialize
from kg.graph.ontology import shapes_file
from kg.graph.shacl import validate, validate_rdflib
from kg.vocabulary import KG, OA

BASE = "https://kg.example/id/"
SHAPE = rdflib.Namespace("https://kg.example/shapes#")


@pytest.fixture
def data() -> Graph:
    buffer = io.BytesIO()
    serialize(GraphStore.in_memory([record(), second(), third()]), "ntriples", buffer)
    return Graph().parse(data=buffer.getvalue(), format="nt")


def one(data: Graph, class_: str) -> URIRef:
    return URIRef(min(str(node) for node in data.subjects(RDF.type, URIRef(class_))))


def replaced(class_: str, term: str, *values: Literal | URIRef) -> Callable[[Graph], None]:
    """Give one thing of a class other values of a property; none to take it away."""

    def break_it(data: Graph) -> None:
        node = one(data, class_)
        data.remove((node, URIRef(term), None))
        for value in values:
            data.add((node, URIRef(term), value))

    return break_it


NOWHERE = URIRef(BASE + "org/无")
SOMEONE = URIRef(BASE + "person/何大川")
DECIMAL = XSD.decimal
# Shape, then a way to break it, then what the message says.
CASES = [
    ("label", replaced(KG.Person, RDFS.label), "exactly one label"),
    ("label", replaced(KG.TradeUnion, RDFS.label, Literal("甲"), Literal("乙")), "exactly one label"),
    ("alias", replaced(KG.TradeUnion, SKOS.altLabel, Literal(1)), "alternative label"),
    ("mentioned", replaced(KG.Honour, KG.mentionedIn), "documents that mention"),
    ("date", replaced(KG.Event, KG.date, Literal("2024/5/1")), "must be EDTF"),
    ("region", replaced(KG.Event, KG.inRegion, SOMEONE), "kg:inRegion"),
    ("evidence", replaced(KG.Observation, KG.evidence), "needs evidence"),
    ("Organization", replaced(KG.TradeUnion, KG.jurisdiction, SOMEONE), "kg:jurisdiction"),
    ("Organization", replaced(KG.TradeUnion, ORG.subOrganizationOf, SOMEONE), "org:subOrganizationOf"),
    ("Organization", replaced(KG.TradeUnion, RDF.type, URIRef(KG.TradeUnion)), "org:Organization"),
    ("Person", replaced(KG.Person, KG.mentionedIn), "documents that mention"),
    ("Region", replaced(KG.Region, KG.adcode, Literal("12")), "six or nine digits"),
    ("Region", replaced(KG.Region, KG.within, SOMEONE), "kg:within"),
    ("Initiative", replaced(KG.Programme, KG.partOf, NOWHERE), "kg:partOf"),
    ("PolicyDocument", replaced(KG.PolicyDocument, DCTERMS.title), "needs its title"),
    ("PolicyDocument", replaced(KG.PolicyDocument, DCTERMS.issued, Literal(5)), "must be a date"),
    ("PolicyDocument", replaced(KG.PolicyDocument, KG.concerns, SOMEONE), "kg:concerns"),
    ("Event", replaced(KG.Event, KG.mentionedIn), "documents that mention"),
    ("Honour", replaced(KG.Honour, RDFS.label), "exactly one label"),
    ("Indicator", replaced(KG.Indicator, SKOS.prefLabel), "preferred label"),
    ("Indicator", replaced(KG.Indicator, SKOS.broader, SOMEONE), "skos:broader"),
    ("Document", replaced(KG.Document, DCTERMS.identifier), "needs its path"),
    ("Document", replaced(KG.Document, DCTERMS.issued, Literal("2024")), "xsd:date"),
    ("Document", replaced(KG.Document, KG.contentHash, Literal("x")), "64 hexadecimal"),
    ("Document", replaced(KG.Document, KG.teaserOf, SOMEONE), "on the page of one document"),
    ("Document", replaced(KG.Document, KG.truncated, Literal("yes")), "true or false"),
    ("Role", replaced(str(ORG.Role), RDFS.label), "exactly one label"),
    ("Agent", replaced(KG.TradeUnion, KG.issues, SOMEONE), "must be a policy document"),
    ("leads", replaced(KG.TradeUnion, KG.leads, SOMEONE), "what is led"),
    ("implements", replaced(KG.TradeUnion, KG.implements, SOMEONE), "what is implemented"),
    ("participatesIn", replaced(KG.TradeUnion, KG.participatesIn, SOMEONE), "taken part in"),
    ("AnyInitiative", replaced(KG.GovernmentDepartment, KG.implements, NOWHERE), "must be an initiative"),
    ("Statement", replaced(str(RDF.Statement), RDF.subject), "needs one subject"),
    ("Statement", replaced(str(RDF.Statement), RDF.predicate, URIRef(KG.received)), "the predicate must be"),
    ("Statement", replaced(str(RDF.Statement), RDF.object, NOWHERE), "needs one object"),
    ("Membership", replaced(str(ORG.Membership), ORG.member, NOWHERE), "needs one person"),
    ("Membership", replaced(str(ORG.Membership), ORG.organization), "needs one body"),
    ("Membership", replaced(str(ORG.Membership), ORG.role, Literal("主席")), "org:Role"),
    ("Conferral", replaced(KG.Conferral, KG.recipient), "needs one recipient"),
    ("Conferral", replaced(KG.Conferral, KG.honour, SOMEONE), "needs one honour"),
    ("Conferral", replaced(KG.Conferral, KG.conferredBy, NOWHERE), "kg:conferredBy"),
    ("Observation", replaced(KG.Observation, KG.about, NOWHERE), "is about one thing"),
    ("Observation", replaced(KG.Observation, KG.indicator), "needs one indicator"),
    ("Observation", replaced(KG.Observation, KG.value, Literal("3")), "one decimal value"),
    ("Observation", replaced(KG.Observation, KG.unit, Literal("")), "at most one unit"),
    ("Observation", replaced(KG.Observation, KG.bound, URIRef(KG.Level)), "the bound must be"),
    ("Observation", replaced(KG.Observation, KG.kind, URIRef(KG.Exact)), "the kind must be"),
    ("Observation", replaced(KG.Observation, KG.start, Literal("2023")), "the start must be"),
    ("Observation", replaced(KG.Observation, KG.end, Literal("2023")), "the end must be"),
    ("Observation", replaced(KG.Observation, KG.ofWhich, SOMEONE), "kg:ofWhich"),
    ("period", replaced(KG.Observation, KG.period, Literal("2023年")), "a period must be EDTF"),
    ("period", replaced(KG.Observation, KG.period, Literal("2023-13")), "a period must be EDTF"),
    ("baseline", replaced(KG.Observation, KG.baseline, Literal("去年")), "a baseline must be EDTF"),
    ("Evidence", replaced(KG.Evidence, DCTERMS.source), "from one document"),
    ("Evidence", replaced(KG.Evidence, OA.start, Literal(9999)), "below oa:end"),
    ("Evidence", replaced(KG.Evidence, OA.start, Literal(-1)), "below oa:end"),
    ("Evidence", replaced(KG.Evidence, OA.end), "oa:end must be"),
    ("Evidence", replaced(KG.Evidence, OA.exact, Literal("")), "exact characters"),
    ("Evidence", replaced(KG.Evidence, KG.sentence), "needs its sentence"),
    ("Evidence", replaced(KG.Evidence, KG.rule), "id of its rule"),
    ("Evidence", replaced(KG.Evidence, KG.confidence, Literal("1.5", datatype=DECIMAL)), "between 0 and 1"),
]


def test_good_graphs_conform() -> None:
    assert validate(GraphStore.in_memory([record(), second(), third()])) == []
    assert validate(GraphStore.in_memory([])) == []


@pytest.mark.parametrize(("shape", "break_it", "message"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_bad_graphs_are_found(data: Graph, shape: str, break_it: Callable[[Graph], None], message: str) -> None:
    break_it(data)
    assert any(message in str(violation) for violation in validate_rdflib(data))


@pytest.mark.parametrize(
    "period", ["2023", "2023-06", "2023-06-30", "2020/..", "../2021", "2018/2023", "2024-01/2024-09", "../2024-11-05"]
)
def test_periods_that_hold(data: Graph, period: str) -> None:
    replaced(KG.Observation, KG.period, Literal(period))(data)
    assert validate_rdflib(data) == []


def test_every_shape_is_tried_and_speaks_both_languages() -> None:
    shapes = Graph().parse(shapes_file(), format="turtle")
    named = {str(node)[len(SHAPE) :] for node in shapes.subjects(RDF.type, None) if str(node).startswith(SHAPE)}
    assert named == {shape for shape, _, _ in CASES}
    for node in set(shapes.subjects(SH.message, None)):
        assert sorted(message.language or "" for message in shapes.objects(node, SH.message)) == ["en", "zh"]


def test_violations_read_well(data: Graph) -> None:
    replaced(KG.Region, KG.adcode, Literal("12"))(data)
    (violation,) = validate_rdflib(data)
    assert str(violation) == (
        '东岭省 <https://kg.example/id/place/东岭省> kg:adcode: a division code has six or nine digits (found "12")'
        " / 行政区划代码应为六位或九位数字"
    )
