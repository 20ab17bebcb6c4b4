"""The Turtle ontology is the only vocabulary: what Python, shapes, queries, context and rules name is in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg.graph.ontology import context_file, ontology_file, shapes_file
from kg.naming import INITIATIVES, ORGANISATIONS
from kg.query import named_queries
from kg.vocabulary import KG, RDFS, STANDARD, SUPERCLASS

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "kg" / "extract" / "rules").rglob("*.yaml"))
OWL = "http://www.w3.org/2002/07/owl#"


@pytest.fixture(scope="module")
def ontology() -> Store:
    store = Store()
    store.bulk_load(path=str(ontology_file()), format=RdfFormat.TURTLE)
    return store


def described(store: Store) -> set[str]:
    subjects = {quad.subject.value for quad in store if isinstance(quad.subject, NamedNode)}
    return {iri[len(KG.iri) :] for iri in subjects if iri.startswith(KG.iri)}


def test_python_namespace_is_the_ontology(ontology: Store) -> None:
    assert {term.name for term in KG} == described(ontology)


def test_every_term_has_label_and_comment_in_both_languages(ontology: Store) -> None:
    for term in KG:
        for predicate in (RDFS.label, RDFS.comment):
            values = [quad.object for quad in ontology.quads_for_pattern(term.node, predicate.node, None)]
            assert sorted(value.language for value in values) == ["en", "zh"], term


def test_every_class_and_property_says_what_it_is(ontology: Store) -> None:
    kinds = {OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "NamedIndividual")}
    type_ = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for term in KG:
        assert kinds & {quad.object.value for quad in ontology.quads_for_pattern(term.node, type_, None)}, term


def test_ontology_refers_only_to_its_own_terms(ontology: Store) -> None:
    objects = {quad.object.value for quad in ontology if isinstance(quad.object, NamedNode)}
    assert {iri[len(KG.iri) :] for iri in objects if iri.startswith(KG.iri)} <= described(ontology)


def test_ontology_has_no_blank_nodes(ontology: Store) -> None:
    assert all(isinstance(quad.subject, NamedNode) for quad in ontology)


def test_superclasses_are_those_of_the_ontology(ontology: Store) -> None:
    above = {
        quad.subject.value[len(KG.iri) :]: quad.object.value[len(KG.iri) :]
        for quad in ontology.quads_for_pattern(None, RDFS.subClassOf.node, None)
        if quad.object.value.startswith(KG.iri)
    }
    assert above == SUPERCLASS


def test_names_of_classes_agree_with_those_of_iris() -> None:
    assert all(name in KG for name in ORGANISATIONS | INITIATIVES)


@pytest.mark.parametrize("path", [shapes_file(), context_file()], ids=lambda path: path.name)
def test_files_use_only_terms_of_the_ontology(path: Path) -> None:
    text = path.read_text("utf-8")
    used = set(re.findall(r"\bkg:(\w+)", text)) | set(re.findall(re.escape(KG.iri) + r"(\w+)", text))
    assert used <= {term.name for term in KG}


@pytest.mark.parametrize("name", named_queries())
def test_queries_use_only_terms_that_are_known(name: str) -> None:
    text = named_queries()[name].text
    namespaces = {vocabulary.prefix: vocabulary for vocabulary in (KG, *STANDARD)}
    body = "\n".join(line for line in text.splitlines() if not line.startswith(("#", "PREFIX")))
    for prefix, local in re.findall(r"\b(\w+):(\w+)", re.sub(r'"[^"]*"', '""', body)):
        assert local in namespaces[prefix], f"{prefix}:{local}"
    for prefix, iri in re.findall(r"^PREFIX (\w+): <(.+)>$", text, re.MULTILINE):
        assert namespaces[prefix].iri == iri


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_rules_name_only_terms_of_the_ontology(path: Path) -> None:
    text = path.read_text("utf-8")
    types = set()
    for value in re.findall(r"(?<![\w-])type:\s*(\[[^\]]*\]|[\w|]+)", text):
        types |= set(re.findall(r"[A-Z][A-Za-z]+", value))
    plain = {"Quantity", "Period", "Time", "Text", "Title", "Number", "Date"}
    assert types - plain <= {term.name for term in KG}


def test_context_covers_every_property(ontology: Store) -> None:
    context = json.loads(context_file().read_text("utf-8"))["@context"]
    properties = {name for name in described(ontology) if name[0].islower()}
    assert properties <= set(context)


def test_unknown_terms_name_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"kg:leds is not in the vocabulary; did you mean kg:leads\?"):
        KG.leds  # noqa: B018
    with pytest.raises(KeyError, match="kg:TradeUnion"):
        KG["TradeUnoin"]


def test_terms_serve_both_libraries() -> None:
    assert KG.leads.node == NamedNode(KG.iri + "leads")
    assert str(KG.leads.ref) == KG.leads


def test_turtle_files_parse() -> None:
    for path in (ontology_file(), shapes_file()):
        assert list(parse(path=str(path), format=RdfFormat.TURTLE))
