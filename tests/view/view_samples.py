"""Small graphs in the contract's vocabulary, all of their places, bodies and sentences invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

BASE = "https://kg.example/id/"
KG = "https://kg.example/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ORG = "http://www.w3.org/ns/org#"
DCT = "http://purl.org/dc/terms/"

HOSTILE = {
    "image": '<img src=x onerror="alert(1)">',
    "script": "</script><script>alert(2)</script>",
    "comment": "<!--<script>",
    "direction": "\u202e甲乙\u200f丙\u2066",
    "long": "长" * 10_000,
    "separators": "甲\u2028乙\u2029丙",
    "href": '<a href="javascript:alert(3)">乙</a>',
    "template": "{{ title }}{% raw %}",
}

OFFICES = [
    "人力资源和社会保障局",
    "教育局",
    "财政局",
    "工业和信息化局",
    "发展和改革委员会",
    "科学技术局",
    "农业农村局",
    "商务局",
    "住房和城乡建设局",
    "国有资产监督管理委员会",
]
THEMES = [
    "匠才强基三年行动",
    "百园千企培训工程",
    "金桥职业技能竞赛",
    "工匠学院体系建设",
    "“一企一策”提质计划",
    "新质匠心品牌活动",
    "数字技能提升专项行动",
]


class Sample:
    """A store that is filled fact by fact, each document in its own named graph."""

    def __init__(self) -> None:
        self.store = Store()
        self._graph = NamedNode(BASE + "document/none")
        self._sentence = ""
        self._confidence = ""

    def document(self, name: str, title: str, issued: str, publisher: str) -> None:
        self._graph = NamedNode(f"{BASE}document/{_hash(name)}")
        self._put(self._graph.value, RDF + "type", NamedNode(KG + "Document"))
        for predicate, text in (("identifier", name), ("title", title), ("issued", issued), ("publisher", publisher)):
            self._put(self._graph.value, DCT + predicate, Literal(text))

    def says(self, sentence: str, confidence: str = "") -> None:
        """Make `sentence` the evidence of the facts that follow, read with that confidence if one is given."""
        self._sentence = sentence
        self._confidence = confidence

    def thing(self, type_: str, name: str, *, aliases: Iterable[str] = (), region: str = "", **extra: str) -> str:
        """Add an entity and return its IRI."""
        kind = {"Person": "person", "Region": "place", "PolicyDocument": "policy", "Event": "event", "Honour": "honour"}
        named = kind.get(type_, "initiative" if type_ in ("Reform", "Programme", "Competition") else "org")
        iri = f"{BASE}{named}/{_hash(name) if _odd(name) else name}"
        self._put(iri, RDF + "type", NamedNode(KG + type_))
        self._put(iri, RDFS + "label", Literal(name))
        self._put(iri, KG + "mentionedIn", self._graph)
        for alias in aliases:
            self._put(iri, SKOS + "altLabel", Literal(alias))
        if region:
            predicate = {"Region": "within"}.get(type_, "inRegion" if named == "initiative" else "jurisdiction")
            self._put(iri, KG + predicate, NamedNode(f"{BASE}place/{region}"))
        for key, value in extra.items():
            self._put(iri, KG + key, Literal(value))
        return iri

    def states(self, subject: str, relation: str, target: str) -> None:
        node = self._fact(f"{subject} {relation} {target}", RDF + "Statement")
        self._put(subject, KG + relation, NamedNode(target))
        self._put(node, RDF + "subject", NamedNode(subject))
        self._put(node, RDF + "predicate", NamedNode(KG + relation))
        self._put(node, RDF + "object", NamedNode(target))

    def holds(self, person: str, organization: str, title: str) -> None:
        node = self._fact(f"{person} holds {organization}", ORG + "Membership")
        role = f"{BASE}role/{_hash(title)}"
        self._put(role, RDFS + "label", Literal(title))
        self._put(node, ORG + "member", NamedNode(person))
        self._put(node, ORG + "organization", NamedNode(organization))
        self._put(node, ORG + "role", NamedNode(role))

    def honours(self, giver: str, recipient: str, honour: str) -> None:
        node = self._fact(f"{giver} {recipient} {honour}", KG + "Conferral")
        self._put(node, KG + "recipient", NamedNode(recipient))
        self._put(node, KG + "honour", NamedNode(honour))
        self._put(node, KG + "conferredBy", NamedNode(giver))

    def counts(self, about: str, indicator: str, value: str, unit: str, *, bound: str = "Exact") -> None:
        node = self._fact(f"{about} {indicator} {value}", KG + "Observation")
        named = f"{BASE}indicator/{_hash(indicator)}"
        self._put(named, SKOS + "prefLabel", Literal(indicator))
        self._put(node, KG + "about", NamedNode(about))
        self._put(node, KG + "indicator", NamedNode(named))
        self._put(node, KG + "value", Literal(value, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")))
        self._put(node, KG + "unit", Literal(unit))
        self._put(node, KG + "bound", NamedNode(KG + bound))
        self._put(node, KG + "kind", NamedNode(KG + "Level"))
        self._put(node, KG + "period", Literal("../2023"))

    def _fact(self, content: str, class_: str) -> str:
        iri = f"{BASE}fact/{_hash(content)}"
        evidence = f"{BASE}evidence/{_hash(content + self._graph.value + self._sentence)}"
        self._put(iri, RDF + "type", NamedNode(class_))
        self._put(iri, KG + "evidence", NamedNode(evidence))
        self._put(evidence, RDF + "type", NamedNode(KG + "Evidence"))
        self._put(evidence, DCT + "source", self._graph)
        self._put(evidence, KG + "sentence", Literal(self._sentence))
        if self._confidence:
            decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
            self._put(evidence, KG + "confidence", Literal(self._confidence, datatype=decimal))
        return iri

    def _put(self, subject: str, predicate: str, value: NamedNode | Literal | BlankNode) -> None:
        self.store.add(Quad(NamedNode(subject), NamedNode(predicate), value, self._graph))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _odd(name: str) -> bool:
    return len(name) > 100 or not name.isalnum()


def five_bulletins() -> Store:
    """About forty agents, thirty initiatives and a dozen regions, as five bulletins would give them."""
    sample = Sample()
    craft = "新型工匠队伍建设改革"
    plan = [
        ("b1", "云山省推进工匠队伍建设", "2024-03-12", "云山日报", "云山省", "", 4),
        ("b2", "青川市工匠改革走深走实", "2024-05-06", "青川晚报", "青川市", "云山省", 12),
        ("b3", "江左省以赛促训提素质", "2023-11-21", "江左新闻", "江左省", "", 7),
        ("b4", "临港区企业工匠改革观察", "2024-01-30", "临港发布", "临港区", "江左省", 4),
        ("b5", "各地工匠改革新做法", "2024-06-18", "工匠周刊", "石门省", "", 3),
    ]
    for name, title, issued, publisher, place, parent, size in plan:
        sample.document(name + ".txt", title, issued, publisher)
        if parent:
            sample.thing("Region", parent)
        region = sample.thing("Region", place, region=parent)
        union = sample.thing("TradeUnion", f"{place}总工会", aliases=["总工会"], region=place)
        reform = sample.thing("Reform", craft, aliases=["工匠改革"])
        sample.says(f"{place}总工会作为牵头单位，会同有关部门把{craft}列为全年一号工程，逐项推进、按月调度。")
        sample.states(union, "leads", reform)
        for index in range(size):
            theme = f"{place[:2]}{THEMES[index % len(THEMES)]}"
            programme = sample.thing("Competition" if "竞赛" in theme else "Programme", theme, region=place)
            office = sample.thing("GovernmentDepartment", f"{place}{OFFICES[index % len(OFFICES)]}", region=place)
            sample.says(f"由{place}{OFFICES[index % len(OFFICES)]}牵头实施的{theme}，覆盖了各类企业和全部园区。")
            sample.states(office, "implements", programme)
            if index % 3 == 0:
                sample.states(office, "leads", programme)
                sample.states(union, "participatesIn", programme)
            if index % 2:
                sample.says(f"{place}{OFFICES[index % len(OFFICES)]}同时参与推进{craft}各项任务。")
                sample.states(office, "implements", reform)
        policy = sample.thing("PolicyDocument", f"{place}工匠队伍建设实施办法")
        sample.says(f"{place}人民政府印发《{place}工匠队伍建设实施办法》，明确十二条举措。")
        sample.states(sample.thing("Government", f"{place}人民政府", region=place), "issues", policy)
        person = sample.thing("Person", f"{place[0]}大山")
        sample.says(f"{place}总工会主席{place[0]}大山介绍了改革进展。")
        sample.holds(person, union, "主席")
        sample.says(f"{place}总工会授予{place[0]}大山“{place[:2]}工匠”称号。")
        sample.honours(union, person, sample.thing("Honour", f"{place[:2]}工匠"))
        sample.says(f"截至2023年底，{place}技能人才总量超过264.3万人。")
        sample.counts(region, "技能人才", "2643000", "人", bound="Over")
    for place in ("白沙市", "东坡市", "柳溪县", "河湾区", "望北县"):
        region = sample.thing("Region", place, region="石门省")
        city = sample.thing("Government", f"{place}人民政府", region=place)
        sample.says(f"{place}由市政府负总责，把{craft}纳入年度考核。")
        sample.states(city, "leads", sample.thing("Reform", craft))
    return sample.store


def unsure() -> Store:
    """One reform led by two unions and a figure of the place, of which all but one leading relation are less sure."""
    sample = Sample()
    sample.document("b1.txt", "云山省推进工匠队伍建设", "2024-03-12", "云山日报")
    region = sample.thing("Region", "云山省")
    reform = sample.thing("Reform", "新型工匠队伍建设改革")
    sample.says("云山省总工会牵头这项改革。", "0.95")
    sample.states(sample.thing("TradeUnion", "云山省总工会", region="云山省"), "leads", reform)
    sample.says("青川市总工会据说也牵头这项改革。", "0.6")
    sample.states(sample.thing("TradeUnion", "青川市总工会"), "leads", reform)
    sample.counts(region, "技能人才", "2643000", "人")
    return sample.store


def large(entities: int = 3_000) -> Store:
    """A graph of about `entities` entities: many regions, each with its bodies, programmes and people."""
    sample = Sample()
    shared = [f"全域改革第{index}号" for index in range(12)]
    regions = entities // 25
    for number in range(regions):
        place = f"第{number}市"
        sample.document(f"d{number}.txt", f"{place}通报", "2024-01-01", "通讯社")
        sample.thing("Region", place)
        for index in range(12):
            body = sample.thing("GovernmentDepartment", f"{place}第{index}局", region=place)
            programme = sample.thing("Programme", f"{place}第{index}项提升行动", region=place)
            sample.says(f"{place}第{index}局实施{place}第{index}项提升行动，并参与其他工作。")
            sample.states(body, "implements", programme)
            sample.states(body, "participatesIn", sample.thing("Reform", shared[(number + index) % 12]))
            if index == 0:
                sample.says(f"{place}第{index}局牵头{shared[number % 12]}。")
                sample.states(body, "leads", sample.thing("Reform", shared[number % 12]))
    return sample.store


def hostile() -> Store:
    """Names and sentences that try to become markup or script."""
    sample = Sample()
    image, script = HOSTILE["image"], HOSTILE["script"]
    sample.document("<b>x</b>.txt", script, "2024-01-01", image)
    region = sample.thing("Region", HOSTILE["comment"])
    for name in HOSTILE.values():
        body = sample.thing("Organization", name, aliases=[f"别名{image}"])
        programme = sample.thing("Programme", name + "行动")
        sample.says(f"{name}牵头{script}{image}。")
        sample.states(body, "leads", programme)
        sample.counts(body, image, "12", script)
    sample.counts(region, script, "5", image)
    return sample.store
