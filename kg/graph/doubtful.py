"""Things that may be one, or one that may be several: what no document settles, for a person to look at.

Nothing is merged or parted here. Things are sorted into groups by what their names have in common, so that the work
grows with the number of things and not with that of pairs; of a group, each is listed with the one before it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.graph.reading import Reader, Thing
from kg.graph.store import GraphStore
from kg.lexicon.places import places_named
from kg.naming import INITIATIVES, slug
from kg.vocabulary import DCTERMS, KG, ORG, RDFS

_LEGAL_FORM = re.compile(r"(?:集团|股份|控股|有限|责任|总?公司|厂|\(集团\)|\(.*?\))+$")
_ORGAN = re.compile(r"(?:工会委员会|工会联合会|工会|党委|党组|团委)$")
_JOINT = re.compile(
    r"(?P<topic>.*?)(?:工作|推进|领导|协调)*(?P<form>小组|联席会议|指挥部|专班|委员会)?(?P<office>办公室|办)?"
)
_REFORM = re.compile(r"(?:新时代|新时期)?产业工人队伍建设改革")
_QUOTED = re.compile(r"[“\"「『‘]([^”\"」』’]{2,})[”\"」』’]")
_ENDING = re.compile(
    r"(?:(?:专项|三年|三年期|工作|技能)?(?:行动计划|行动|计划|工程|活动|机制|品牌|体系|制度|项目|平台|战略|竞赛|大赛|比赛|赛))+$"
)
_ORDINAL = re.compile(r"^(?:第[零一二三四五六七八九十百\d]+届|首届|\d{4}年度?)")
_PROVINCE = 2  # digits of a GB/T 2260 code that stand for the province


@dataclass(frozen=True, slots=True, order=True)
class Side:
    """One of two that may be the same.

    Attributes:
        name: Its label.
        where: What tells it from the other: the body, place or kind that its documents give it, or "".
        iri: Its IRI.
        documents: The documents that speak of it, as paths, sorted.
    """

    name: str
    where: str
    iri: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two sides of which no document says whether they are one.

    Attributes:
        why: Key of `WHY`.
        left: The one.
        right: The other; with the same IRI where the graph has them as one thing.
    """

    why: str
    left: Side
    right: Side


WHY = {
    "joint-body": "joint bodies of one place under like names",
    "short-form": "a firm's short form, and a name in full that no document ties to it",
    "initiative": "initiatives with one core and different endings",
    "namesake": "one name, for posts in bodies that no document brings together",
    "places": "one name, for initiatives in different provinces",
}
"""Why two may be one, by key; in the last two the graph has them as one thing."""


def doubtful(graph: GraphStore) -> tuple[Doubt, ...]:
    """Return all pairs of a graph of which nothing proves that they are one, or that they are two; sorted."""
    search = _Search(graph)
    found = {
        *search.joint_bodies(),
        *search.firms(),
        *search.initiatives(),
        *search.namesakes(),
        *search.places(),
    }
    order = list(WHY)
    return tuple(sorted(found, key=lambda doubt: (order.index(doubt.why), doubt)))


class _Search:
    def __init__(self, graph: GraphStore) -> None:
        self.graph = graph
        self.reader = Reader(graph)
        self.things = list(self.reader.things())

    def _side(self, thing: Thing, where: str = "", documents: Iterable[str] | None = None) -> Side:
        paths = [self.reader.source(iri).identifier for iri in thing.documents] if documents is None else documents
        return Side(thing.label, where or thing.region, thing.iri, tuple(sorted(paths)))

    def _doubts(self, why: str, groups: dict[Hashable, list[Thing]]) -> Iterator[Doubt]:
        for group in groups.values():
            ordered = sorted(group)
            for left, right in pairwise(ordered):
                if left.iri != right.iri:
                    yield Doubt(why, self._side(left), self._side(right))

    # --- bodies

    def joint_bodies(self) -> Iterator[Doubt]:
        """Yield joint bodies of one place that are called alike, or of which one does not say what it is for."""
        groups: dict[Hashable, list[Thing]] = defaultdict(list)
        bare: dict[Hashable, Thing] = {}
        for thing in self.things:
            if thing.type != "CoordinationBody" or not thing.region:
                continue
            topic, form = _joint(thing.label, thing.region)
            groups[thing.region, form, topic].append(thing)
            if not topic:
                bare[thing.region, form] = thing
        yield from self._doubts("joint-body", groups)
        for thing in self.things:
            if thing.type == "CoordinationBody" and thing.region:
                topic, form = _joint(thing.label, thing.region)
                if topic and (nameless := bare.get((thing.region, form))):
                    left, right = sorted([nameless, thing])
                    yield Doubt("joint-body", self._side(left), self._side(right))

    def firms(self) -> Iterator[Doubt]:
        """Yield firms, and their unions and committees, whose names are one without place and legal form."""
        groups: dict[Hashable, list[Thing]] = defaultdict(list)
        for thing in self.things:
            organ = _ORGAN.search(thing.label) if thing.type in ("TradeUnion", "PartyOrgan", "Organization") else None
            if (thing.type == "Enterprise" or organ) and not thing.region:
                core = _firm(thing.label[: organ.start()] if organ else thing.label)
                if len(core) >= 2:
                    groups[core, organ[0] if organ else ""].append(thing)
        yield from self._doubts("short-form", groups)

    # --- initiatives

    def initiatives(self) -> Iterator[Doubt]:
        """Yield initiatives that share what stands in quotes, or all but their ending, and could lie in one place."""
        groups: dict[Hashable, list[Thing]] = defaultdict(list)
        for thing in self.things:
            if thing.type in INITIATIVES - {"Reform"} and (core := _initiative(thing.label)):
                groups[core].append(thing)
        for group in groups.values():
            ordered = sorted(group, key=lambda thing: (thing.region, thing))
            for left, right in pairwise(ordered):
                if left.region == right.region or not (left.region and right.region):
                    yield Doubt("initiative", self._side(left), self._side(right))

    def places(self) -> Iterator[Doubt]:
        """Yield initiatives that documents place in different provinces; the reform is one for the whole country."""
        rows = self.graph.select(
            f"SELECT DISTINCT ?thing ?label ?code ?path {{ ?thing <{KG.inRegion}> ?region ; <{KG.mentionedIn}> ?any . "
            f"?region <{RDFS.label}> ?label ; <{KG.adcode}> ?code . FILTER NOT EXISTS {{ ?thing a <{KG.Reform}> }} "
            f"GRAPH ?graph {{ ?thing <{KG.inRegion}> ?region }} "
            f"GRAPH ?graph {{ ?document a <{KG.Document}> ; <{DCTERMS.identifier}> ?path }} }}"
        )
        found: dict[str, dict[str, tuple[set[str], set[str]]]] = defaultdict(dict)
        for row in rows:
            province = row["code"].value[:_PROVINCE]
            names, paths = found[row["thing"].value].setdefault(province, (set(), set()))
            names.add(row["label"].value)
            paths.add(row["path"].value)
        for iri, provinces in found.items():
            sides = [
                self._side(self.reader.thing(iri), "、".join(sorted(names)), paths)
                for _, (names, paths) in sorted(provinces.items())
            ]
            for left, right in pairwise(sides):
                yield Doubt("places", left, right)

    # --- people

    def namesakes(self) -> Iterator[Doubt]:
        """Yield people with posts in bodies that neither a document nor the structure of bodies brings together."""
        rows = self.graph.select(
            f"SELECT DISTINCT ?person ?body ?path {{ ?post a <{ORG.Membership}> ; <{ORG.member}> ?person ; "
            f"<{ORG.organization}> ?body ; <{KG.evidence}>/<{DCTERMS.source}>/<{DCTERMS.identifier}> ?path }}"
        )
        posts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in rows:
            posts[row["person"].value][row["body"].value].add(row["path"].value)
        parents = self._parents()
        for person, bodies in posts.items():
            parted = _parted(bodies, parents)
            sides = [
                self._side(
                    self.reader.thing(person),
                    "、".join(sorted(self.reader.thing(body).label for body in group)),
                    {path for body in group for path in bodies[body]},
                )
                for group in parted
            ]
            for left, right in pairwise(sides):
                yield Doubt("namesake", left, right)

    def _parents(self) -> dict[str, str]:
        rows = self.graph.select(f"SELECT ?body ?above {{ ?body <{ORG.subOrganizationOf}> ?above }} ORDER BY ?above")
        return {row["body"].value: row["above"].value for row in rows}


def _parted(bodies: dict[str, set[str]], parents: dict[str, str]) -> list[list[str]]:
    """Return bodies in groups that share a document or a body above them, sorted."""
    group_of: dict[str, str] = {}  # a document or body above -> a body of the group

    def root(body: str) -> str:
        while group_of.get(body, body) != body:
            body = group_of[body]
        return body

    for body, paths in sorted(bodies.items()):
        for link in (
            *(f"document {path}" for path in sorted(paths)),
            f"body {parents.get(body, body)}",
            f"body {body}",
        ):
            other = root(group_of.setdefault(link, body))
            group_of[max(root(body), other)] = min(root(body), other)
    groups: dict[str, list[str]] = defaultdict(list)
    for body in sorted(bodies):
        groups[root(body)].append(body)
    return sorted(groups.values())


def _joint(label: str, region: str) -> tuple[str, str]:
    """Return what a joint body is for ("" where its name does not say) and its form.

    >>> _joint("芜湖市产业工人队伍建设改革工作领导小组办公室", "芜湖市"), _joint("芜湖市领导小组", "芜湖市")
    (('产改', '小组办公室'), ('', '小组'))
    """
    name = _REFORM.sub(
        "产改", label.removeprefix(region).replace("产业工人队伍建设", "产改").replace("产改改革", "产改")
    )
    found = _JOINT.fullmatch(name)
    if not found:
        return name, ""
    office = "办公室" if found["office"] else ""
    return found["topic"], f"{found['form'] or ''}{office}"


@cache
def _firm(label: str) -> str:
    """Return a firm's own name, without place and legal form.

    >>> _firm("陕西西秦机床集团有限公司"), _firm("西秦机床")
    ('西秦机床', '西秦机床')
    """
    core = _LEGAL_FORM.sub("", label)
    for length in range(min(6, len(core) - 2), 1, -1):
        if places_named(core[:length]):
            core = core[length:].removeprefix("市").removeprefix("省")
            break
    return core if len(core) >= 4 else ""


def _initiative(label: str) -> str:
    """Return the core of an initiative's name.

    >>> _initiative("“灯塔”培育工程"), _initiative("第三届灯塔技能竞赛")
    ('灯塔', '灯塔')
    """
    quoted = _QUOTED.search(label)
    core = slug(_ENDING.sub("", _ORDINAL.sub("", quoted[1] if quoted else label)))
    return core if len(core) >= 2 else ""
