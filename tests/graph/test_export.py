"""Every format holds the same graph, byte for byte the same for the same input, whatever the names are."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import rdflib
from pyoxigraph import Dataset, Quad, RdfFormat, parse
from rdflib.compare import isomorphic
from records import REFORM, UNION, article, record, second

from kg.errors import KgError
from kg.graph import GraphStore, serialize
from kg.graph.export import FORMATS
from kg.model import Entity, Evidence, Record, Relation

HOSTILE = "甲\"'\\<script>&]]>\r\n\t\x01\x7f\u2028{}“”（试·点）.. =1+1 𠮷 e\u0301 #?%2F"
PARSERS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
DATASETS = {"trig", "nquads", "jsonld"}
RDFLIB = {
    "turtle": "turtle",
    "trig": "trig",
    "nquads": "nquads",
    "ntriples": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}

# rdflib's parsers call what rdflib itself deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")


def hostile() -> Record:
    """A record whose every name and sentence holds what some syntax could trip over."""
    body = Entity("Enterprise", HOSTILE, (HOSTILE + "公司.", "=cmd()"), place=HOSTILE)
    thing = Entity("Reform", "." + HOSTILE + "改革", place="[东]岭")
    source = article("a b/" + HOSTILE + ".txt", HOSTILE * 2, title=HOSTILE)
    evidence = Evidence(0, len(HOSTILE), HOSTILE, HOSTILE, "r", 1e-07)
    return Record(source, (body, thing), (Relation("leads", body.id, thing.id, evidence),))


def written(graph: GraphStore, format_: str) -> bytes:
    out = io.BytesIO()
    serialize(graph, format_, out)
    return out.getvalue()


@pytest.fixture
def graph() -> GraphStore:
    return GraphStore.in_memory([record(), second(), hostile()])


def test_every_rdf_format_is_tried() -> None:
    assert set(FORMATS) == {*PARSERS, "graphml"}


@pytest.mark.parametrize("format_", PARSERS)
def test_every_format_holds_the_same_graph(graph: GraphStore, format_: str) -> None:
    expected = set(graph.quads()) if format_ in DATASETS else {Quad(*triple) for triple in graph.triples()}
    if format_ == "rdfxml":
        # XML 1.0 cannot write this control character at all.
        expected = set(parse(b"".join(_lines(expected)).replace(b"\\u0001", b"\xef\xbf\xbd"), RdfFormat.N_QUADS))
    assert set(parse(written(graph, format_), PARSERS[format_])) == expected


def _lines(quads: set[Quad]) -> list[bytes]:
    return [f"{quad} .\n".encode() for quad in quads]


@pytest.mark.parametrize("format_", PARSERS)
def test_rdflib_reads_the_same_from_every_format(format_: str) -> None:
    graph = GraphStore.in_memory([record(), second()])
    found = rdflib.Dataset(default_union=True)
    found.parse(io.BytesIO(written(graph, format_)), format=RDFLIB[format_])
    expected = rdflib.Graph().parse(io.BytesIO(written(graph, "ntriples")), format="nt")
    plain = rdflib.Graph()
    for triple in found.triples((None, None, None)):
        plain.add(triple)
    assert isomorphic(plain, expected)


@pytest.mark.parametrize("format_", ["turtle", "trig", "nquads", "jsonld", "rdfxml"])
def test_rdflib_reads_hostile_names(graph: GraphStore, format_: str) -> None:
    found = rdflib.Dataset(default_union=True)
    found.parse(io.BytesIO(written(graph, format_)), format=RDFLIB[format_])
    labels = {str(label) for label in found.objects(None, rdflib.RDFS.label)}
    assert (HOSTILE if format_ != "rdfxml" else HOSTILE.replace("\x01", "\ufffd")) in labels


@pytest.mark.parametrize("format_", FORMATS)
def test_same_input_same_bytes_in_any_order(format_: str) -> None:
    first = record()
    turned = replace(first, entities=first.entities[::-1], statements=first.statements[::-1])
    forward = GraphStore.in_memory([first, second(), hostile()])
    backward = GraphStore.in_memory([hostile(), second(), turned, first])
    assert written(forward, format_) == written(backward, format_)


def test_every_graph_of_one_base_declares_the_same_prefixes(graph: GraphStore) -> None:
    other = GraphStore.in_memory([Record(article("others"))])
    heads = {written(one, format_).partition(b"\n\n")[0] for one in (graph, other) for format_ in ("turtle", "trig")}
    assert len(heads) == 1


def test_turtle_keeps_chinese_names_and_one_paragraph_a_subject(graph: GraphStore) -> None:
    text = written(graph, "turtle").decode()
    assert "\nbody:青川市总工会\n    a kg:TradeUnion , org:Organization ;\n" in text
    assert text.count("\nbody:青川市总工会\n") == 1
    assert f"kg:leads initiative:{REFORM.name} ;" in text


def test_no_blank_nodes(graph: GraphStore) -> None:
    assert b"_:" not in written(graph, "ntriples").replace(HOSTILE.encode(), b"")


def test_dataset_formats_keep_one_graph_a_document(graph: GraphStore) -> None:
    for format_ in DATASETS:
        names = {quad.graph_name for quad in Dataset(parse(written(graph, format_), PARSERS[format_]))}
        assert names == set(graph.document_graphs())
    assert len(graph.document_graphs()) == 3


def test_unknown_format_names_the_known() -> None:
    with pytest.raises(KgError, match="choose one of turtle"):
        serialize(GraphStore.in_memory([]), "word", io.BytesIO())


def test_empty_graph_in_every_format() -> None:
    graph = GraphStore.in_memory([])
    for format_, parser in PARSERS.items():
        assert not list(parse(written(graph, format_), parser))


def test_union_iri_is_readable() -> None:
    assert f"/org/{UNION.name}" in written(GraphStore.in_memory([record()]), "ntriples").decode()
