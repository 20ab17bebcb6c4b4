"""The terms that may stand in the graph: closed namespaces, in which an unknown name is an error.

`KG` holds the terms of `ontology/kg.ttl`, by which a test checks it; the other namespaces hold those terms of
standard vocabularies that the graph uses. Importing this module loads no RDF library.

>>> KG.leads
Term('https://kg.example/ontology#leads')
>>> KG.leeds
Traceback (most recent call last):
    ...
AttributeError: kg:leeds is not in the vocabulary; did you mean kg:leads?
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.naming import INITIATIVES, ORGANISATIONS

if TYPE_CHECKING:
    from pyoxigraph import NamedNode
    from rdflib import URIRef


class Term(str):
    """The IRI of a term; as `node` for pyoxigraph and as `ref` for rdflib."""

    __slots__ = ("name",)
    name: str

    def __new__(cls, iri: str, name: str) -> Term:
        """Return the term with that IRI and that local name."""
        term = super().__new__(cls, iri)
        term.name = name
        return term

    @property
    def node(self) -> NamedNode:
        """The term for pyoxigraph."""
        from pyoxigraph import NamedNode

        return NamedNode(str(self))

    @property
    def ref(self) -> URIRef:
        """The term for rdflib."""
        from rdflib import URIRef

        return URIRef(str(self))

    def __repr__(self) -> str:
        return f"Term({str(self)!r})"


class Vocabulary:
    """A closed namespace.

    Args:
        prefix: Its usual prefix.
        iri: What its terms begin with.
        names: The local names that it holds, separated by spaces.
    """

    def __init__(self, prefix: str, iri: str, names: str) -> None:
        self.prefix = prefix
        self.iri = iri
        self._terms = {name: Term(iri + name, name) for name in names.split()}
        # Terms are attributes like others, found without a call; only an unknown one gets to __getattr__.
        vars(self).update({name: term for name, term in self._terms.items() if name not in vars(self)})

    def __getattr__(self, name: str) -> Term:
        try:
            return self.__dict__["_terms"][name]  # type: ignore[no-any-return]
        except KeyError:
            if name.startswith("__"):
                raise AttributeError(name) from None
            raise AttributeError(self._complaint(name)) from None

    def __getitem__(self, name: str) -> Term:
        """Return the term of that local name.

        Raises:
            KeyError: There is none; the message names the nearest.
        """
        try:
            return self._terms[name]
        except KeyError:
            raise KeyError(self._complaint(name)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._terms

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def _complaint(self, name: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(name, self._terms, n=1, cutoff=0.5)
        hint = f"; did you mean {self.prefix}:{near[0]}?" if near else ""
        return f"{self.prefix}:{name} is not in the vocabulary{hint}"


KG = Vocabulary(
    "kg",
    "https://kg.example/ontology#",
    "Organization Government GovernmentDepartment PartyOrgan TradeUnion CoordinationBody Enterprise School Person "
    "Region Initiative Reform Programme Competition PolicyDocument Event Honour Indicator Document "
    "Conferral Observation Evidence Bound Exact About Over Under Kind Level Growth Share Target "
    "involvedIn leads implements participatesIn issues organises received "
    "jurisdiction inRegion within adcode partOf concerns date mentionedIn contentHash teaserOf truncated "
    "recipient honour conferredBy about indicator value unit bound kind period start end baseline ofWhich measuredIn "
    "evidence sentence rule confidence",
)
RDF = Vocabulary("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type Statement subject predicate object nil")
RDFS = Vocabulary(
    "rdfs", "http://www.w3.org/2000/01/rdf-schema#", "label comment subClassOf subPropertyOf domain range"
)
XSD = Vocabulary("xsd", "http://www.w3.org/2001/XMLSchema#", "string integer decimal date gYear gYearMonth boolean")
SKOS = Vocabulary("skos", "http://www.w3.org/2004/02/skos/core#", "Concept prefLabel altLabel broader related")
DCTERMS = Vocabulary("dcterms", "http://purl.org/dc/terms/", "title identifier issued publisher creator source")
ORG = Vocabulary(
    "org",
    "http://www.w3.org/ns/org#",
    "Organization Membership Role member organization role subOrganizationOf",
)
FOAF = Vocabulary("foaf", "http://xmlns.com/foaf/0.1/", "Person")
SCHEMA = Vocabulary("schema", "https://schema.org/", "AdministrativeArea Event NewsArticle url")
ELI = Vocabulary("eli", "http://data.europa.eu/eli/ontology#", "LegalResource")
OA = Vocabulary("oa", "http://www.w3.org/ns/oa#", "TextQuoteSelector TextPositionSelector exact start end")

ONTOLOGY_GRAPH = "https://kg.example/ontology"
"""The named graph in which a store keeps the ontology."""

STANDARD = (RDF, RDFS, XSD, SKOS, DCTERMS, ORG, FOAF, SCHEMA, ELI, OA)
"""The standard vocabularies, as far as the graph uses them."""

SUPERCLASS = {
    **dict.fromkeys(sorted(ORGANISATIONS - {"Organization"}), "Organization"),
    **dict.fromkeys(sorted(INITIATIVES - {"Initiative"}), "Initiative"),
}
"""The class directly above a class within the ontology, by local names."""


def is_a(type_: str, ancestor: str) -> bool:
    """Return whether a class of the ontology is another or lies below it.

    >>> is_a("TradeUnion", "Organization"), is_a("Person", "Organization")
    (True, False)
    """
    current: str | None = type_
    while current is not None and current != ancestor:
        current = SUPERCLASS.get(current)
    return current is not None
