"""Who is at the head of a body that was set up for an initiative leads the initiative."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from kg.extract.analysis import Analysis
from kg.extract.data import table
from kg.extract.rulebook.ruleset import Rule, RuleSet
from kg.lexicon.places import place
from kg.model import Fact, Mention
from kg.naming import INITIATIVES

_CONTEST = re.compile(
    "(?:^|[省市县区州])(?:(?:大赛|竞赛|比赛|赛事)(?:领导小组)|(?:大赛|竞赛|比赛|赛事)?(?:组委会|组织委员会))$"
)
_REFORM = re.compile("产改|产业工人")


def facts(held: Sequence[Fact], analysis: Analysis, rules: RuleSet) -> list[Fact]:
    """Return who leads what, of the posts that are held."""
    rule = next((r for r in rules.of("leads") if r.construction == "heads-body"), None)
    return [] if rule is None else [f for fact in held if (f := _leads(fact, analysis, rule)) is not None]


def settled(leading: Sequence[Fact], headed: Sequence[Fact]) -> list[Fact]:
    """Drop what else a person is read to lead in the words that name the body headed, which tells what it is for."""

    def differs(fact: Fact, told: Fact) -> bool:
        ours, theirs = fact.slots["initiative"], told.slots["initiative"]
        assert isinstance(ours, Mention)
        assert isinstance(theirs, Mention)
        overlap = fact.start < told.end and told.start < fact.end
        named_behind = told.end <= ours.start < fact.end  # 产改联席会议召集人甲牵头，启动“乙”试点
        return fact.slots["agent"] == told.slots["agent"] and overlap and ours.name != theirs.name and not named_behind

    return [f for f in leading if f.type != "leads" or not any(differs(f, told) for told in headed)]


def _leads(fact: Fact, analysis: Analysis, rule: Rule) -> Fact | None:
    body, titles = fact.slots["organization"], fact.slots["titles"]
    if not isinstance(body, Mention) or body.type != "CoordinationBody" or not isinstance(titles, tuple):
        return None
    if not set(titles) & set(rule.words["heads"]):
        return None
    initiative = purpose(body, analysis)
    if initiative is None:
        return None
    slots = {"agent": fact.slots["person"], "initiative": initiative, "date": None}
    return Fact("leads", slots, fact.start, fact.end, rule.id, rule.confidence)


def purpose(body: Mention, analysis: Analysis) -> Mention | None:
    """Return the initiative that a joint body is for, by its name: 市深化工会改革领导小组; or None."""
    if _REFORM.search(body.name):
        return analysis.context.reform
    topic = _topic(body)
    if _CONTEST.search(body.name):  # 大赛组委会: of the contest named last
        before = [m for m in analysis.mentions if m.type == "Competition" and m.start < body.start]
        return before[-1] if before else None
    if not topic:
        return None
    known = [m for m in analysis.mentions if m.type in INITIATIVES]
    same = next((m for m in known if m.name == topic), None) or next((m for m in known if topic in m.name), None)
    if same is not None:
        return same
    type_ = next((t for t, ending in _endings() if topic.endswith(ending)), "")
    if not type_:
        return None
    if type_ == "Competition" and body.scope:  # 某市第六届职工技能大赛 has its name from the place too
        topic = place(body.scope).full_name + topic
    return Mention(body.start, body.end, type_, body.text, scope=body.scope, name=topic)


def _topic(body: Mention) -> str:
    """Return what a joint body is for: its name without its place and its kind."""
    name = body.name.removeprefix(place(body.scope).full_name) if body.scope else body.name
    kind = re.search(table("names")["bodies"]["joint_kinds"], name)
    topic = name[: kind.start()] if kind else ""
    return topic.removesuffix("工作") if len(topic) > 3 else ""


@functools.cache
def _endings() -> tuple[tuple[str, str], ...]:
    lists = table("names")
    return (
        *(("Competition", e) for e in lists["competition"]["suffixes"]),
        *(("Programme", e) for e in ("行动", "工程", "计划", "试点", "活动")),
        ("Reform", "改革"),
    )
