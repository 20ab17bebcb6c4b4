"""The positions, relative to a trigger, from which a slot may take its filler."""

from __future__ import annotations

import itertools
import re

from kg.extract.clauses import marker_before, words_for
from kg.extract.site import JOINT_MARKERS, Site
from kg.model import Mention
from kg.naming import INITIATIVES

_NOT_ADJACENT = frozenset("在 向 对 为 由 依托 通过 与 给 借助 根据 按照 围绕 以 用 把 将 从 据 交".split())
_NAMED_AFTER = frozenset({"Event", "PolicyDocument"})
_BARE_WORDS = frozenset("行动 工程 计划 活动 项目 试点 品牌 竞赛 大赛 机制 制度 平台 专项 改革 培训 比赛".split())
_HELD = frozenset({"Event", "Competition"})
_NAMED_EVENT = re.compile("[“第届年]")
_SESSION = re.compile("全委|全会|执委|常委会|全体会议|委员会")
_RECENT = 300  # characters within which a name was spoken of just now


def fill(site: Site) -> tuple[str, tuple[Mention, ...]]:
    """Return the first position of the slot in which something stands, and the names there; "" and () if none does."""
    for position in site.slot.positions:
        found = POSITIONS[position](site)
        if found:
            return position, found
    return "", ()


def _by(site: Site) -> tuple[Mention, ...]:
    marked = site.marked(site.slot.markers, own_verb=True)
    if marked and site.other_conjunct() and marked[0].start < site.clause.tokens[site.conjunct()].start:
        return ()  # 由甲牵头、各方落实: 由甲 goes with 牵头 alone
    joint = site.marked(JOINT_MARKERS) if marked else ()
    return marked + tuple(m for m in joint if m not in marked)


def _adjacent(site: Site) -> tuple[Mention, ...]:
    tokens = site.clause.tokens
    for group in reversed(site.agents()):
        between = [t for t in tokens[group.last + 1 :] if t.start < site.start]
        links = words_for("links") | words_for("adverbs")
        if all(t.tag in {"d", "ad", "vd", "TIME", "t", "m", "q"} or t.text in links for t in between):
            if (
                "的" in site.context.text[site.end - 1 : site.end + 1]
            ):  # 按照某局出台的《甲》: what stands before governs 甲
                return group.members
            marker = marker_before(tokens, group.first)
            return () if marker in _NOT_ADJACENT or marker in JOINT_MARKERS else group.members
    return ()


def _subject(site: Site) -> tuple[Mention, ...]:
    clause = site.clause
    if not clause.own_subject or clause.subject is None or clause.subject.start >= site.start:
        return ()
    return () if site.someone_else_acts() else site.with_joint(clause.subject)


def _carried(site: Site) -> tuple[Mention, ...]:
    clause = site.clause
    if clause.own_subject or clause.other_subject or clause.carried is None or site.someone_else_acts():
        return ()
    if site.modifies():
        return ()
    found = site.with_joint(clause.carried)
    if clause.tokens[0].text in {"共同", "联合"}:  # 甲牵头，乙、丙参与，共同制定
        before = (c.subject for c in site.sentence.clauses[: site.index] if c.own_subject and c.subject is not None)
        found = tuple(dict.fromkeys([m for group in before for m in site.fitting(group)] + list(found)))
    return found


def _coming(site: Site) -> tuple[Mention, ...]:
    clause, clauses = site.clause, site.sentence.clauses
    first, second = (*clause.tokens, clause.tokens[-1])[:2]
    means = words_for("means")
    begins = first.text in means or (first.tag in {"d", "TIME"} and second.text in means)
    begins = begins or clause.tokens[-1].text == "以来"
    if not begins or clause.own_subject or site.index + 1 == len(clauses):
        return ()
    following = clauses[site.index + 1]
    return site.fitting(following.subject) if following.own_subject and following.subject is not None else ()


def _owner(site: Site) -> tuple[Mention, ...]:
    tokens = [t for t in site.clause.tokens if t.start < site.start]
    for i in range(len(tokens) - 1, 0, -1):
        mention = tokens[i].mention
        if mention is None or mention.type not in INITIATIVES:
            continue
        owner = tokens[i - 2 if tokens[i - 1].text == "的" and i > 1 else i - 1].mention
        return (owner,) if owner is not None and owner.type in site.slot.types else ()
    return ()


def _before(site: Site) -> tuple[Mention, ...]:
    groups = [g for g in site.groups(site.clause) if g.end <= site.start]
    return groups[-1].members if groups else ()


def _earlier(site: Site) -> tuple[Mention, ...]:
    if _has_other_object(site):
        return ()
    for clause in reversed(site.sentence.clauses[: site.index]):
        groups = site.groups(clause)
        if groups:
            return groups[-1].members
    return ()


def _object(site: Site) -> tuple[Mention, ...]:
    groups = [g for g in site.groups(site.clause) if g.start >= site.end]
    if not groups:
        return ()
    last = groups[0].members[-1]
    behind = next((t.text for t in site.clause.tokens if t.start >= last.end), "")
    qualified = words_for("of_reforms") if last.type == "Reform" else words_for("of_initiatives")
    if last.type in INITIATIVES and behind in qualified:
        return ()  # 构建产改工作格局: what is built is not the reform
    if last.type in _HELD and _counted(site, last):
        return ()  # 召开座谈会5场, 举办市级以上竞赛17场: counted, not one by name
    return groups[0].members


def _next(site: Site) -> tuple[Mention, ...]:
    """The names directly behind the trigger, or the person whose posts begin there."""
    following = next((i for i, t in enumerate(site.clause.tokens) if t.start >= site.end), -1)
    group = next((g for g in site.clause.groups if g.first == following), None)
    return site.fitting(group) if group is not None else ()


def _counted(site: Site, event: Mention) -> bool:
    """Whether an event that has no name of its own is only counted."""
    following = next((t for t in site.clause.tokens if t.start >= event.end), None)
    number = following is not None and following.start == event.end and following.tag == "NUM"
    return number and following is not None and following.text[-1] in "场次期" and not _NAMED_EVENT.search(event.text)


def _session(site: Site) -> tuple[Mention, ...]:
    """The body whose session is held: 甲市总工会十一届四次全委会议."""
    for event in (t.mention for t in site.clause.tokens if t.mention is not None and t.mention.type == "Event"):
        inner = [m for m in site.context.nested if m.start == event.start and m.end < event.end]
        bodies = [m for m in inner if m.type in site.slot.types and m.type != "Region"]
        if bodies and _SESSION.search(event.text):
            return (max(bodies, key=lambda m: m.end),)
    return ()


def _named(site: Site) -> tuple[Mention, ...]:
    """The place with which the name of the event or document begins: 甲市第十次职工代表大会, 《甲市工匠条例》."""
    for called in (t.mention for t in site.clause.tokens if t.mention is not None and t.mention.type in _NAMED_AFTER):
        begins = called.start + called.text.startswith(("《", "〈"))
        found = [m for m in site.context.nested if m.start == begins and m.end < called.end and m.type == "Region"]
        if found:
            return (found[0],)
    return ()


def _signer(site: Site) -> tuple[Mention, ...]:
    signer = site.context.signer
    return (signer,) if signer is not None and signer.type in site.slot.types else ()


def _inside(site: Site) -> tuple[Mention, ...]:
    groups = [g for g in site.groups(site.clause) if site.start <= g.start and g.end <= site.end]
    return groups[0].members if groups else ()


def _later(site: Site) -> tuple[Mention, ...]:
    if any(t.nominal for t in site.clause.tokens if t.start >= site.end):
        return ()  # the trigger has an object of its own
    for clause in site.sentence.clauses[site.index + 1 :]:
        groups = site.groups(clause)
        if groups:
            return groups[0].members
    return ()


def _place(site: Site) -> tuple[Mention, ...]:
    place = site.context.place(site.start)
    return (place,) if place is not None and place.type in site.slot.types else ()


def _locality(site: Site) -> tuple[Mention, ...]:
    # something else acts, only it has no name
    return () if site.clause.other_subject or site.other_conjunct() else _place(site)


def _protagonist(site: Site) -> tuple[Mention, ...]:
    body, clause = site.context.protagonist, site.clause
    if body is None or body.type not in site.slot.types or clause.own_subject or clause.other_subject:
        return ()
    if site.other_conjunct():
        return ()
    joint = site.marked(JOINT_MARKERS)
    return (body, *(m for m in joint if m.name != body.name))


def _previous(site: Site) -> tuple[Mention, ...]:
    opening = site.index == 0 and site.context.text.startswith("由", site.clause.start)
    if not (opening or site.clause.remark):
        return ()
    found = site.context.last(site.slot.types, site.start, site.start - site.sentence.block_start)
    return (found,) if found is not None else ()


def _bare(site: Site) -> tuple[Mention, ...]:
    """The initiative named last that ends in the bare 行动 or 工程 with which the clause begins, also inside a name."""
    words = [t.text for t in site.clause.tokens[:3] if t.start < site.start]
    if words and words[0] in {"该", "此", "这", "此项", "这项", "该项", "本次", "此次", "这个"}:
        words = words[1:]
    if not words or words[0] not in _BARE_WORDS:
        return ()
    begin = site.clause.start - _RECENT * 2
    known = [m for m in (*site.context.mentions, *site.context.nested) if begin <= m.start < site.clause.start]
    fitting = [m for m in known if m.type in site.slot.types and (m.name or m.text).rstrip("”").endswith(words[0])]
    return (max(fitting, key=lambda m: m.start),) if fitting else ()


def _recent(site: Site) -> tuple[Mention, ...]:
    found = site.context.last(site.slot.types, site.start, _RECENT)
    return (found,) if found is not None else ()


def _topic(site: Site) -> tuple[Mention, ...]:
    if _has_other_object(site):
        return ()
    reform = site.context.reform
    if reform is not None and reform.type in site.slot.types:
        return (reform,)
    found = site.context.last(site.slot.types, site.start, len(site.context.text))
    return (found,) if found is not None else ()


def _has_other_object(site: Site) -> bool:
    """Whether the trigger has an object that does not mean the topic: 牵头外卖行业的建会, not 牵头日常工作.

    Behind 、 somebody else acts: 甲牵头、多部门协同. What is done 由甲 stands at the head of the clause: 经费由甲统筹.
    """
    if _other_theme(site):
        return True
    behind = itertools.takewhile(lambda t: t.text != "、", (t for t in site.clause.tokens if t.start >= site.end))
    return any(t.nominal and t.mention is None and t.text not in words_for("topic_words") for t in behind)


def _other_theme(site: Site) -> bool:
    """Whether a clause with 由 begins with a noun that does not mean the topic: 经费由甲统筹, 一组由甲牵头."""
    tokens = site.clause.tokens
    by = next((i for i, t in enumerate(tokens) if t.text == "由" and t.start < site.start), None)
    head = tokens[:by] if by else []
    if not head or any(t.mention is not None or t.verbal for t in head):
        return False
    last = head[-1]
    return (last.nominal or last.tag in {"m", "q"}) and last.text not in words_for("topic_words") and last.tag != "t"


POSITIONS = {
    "by": _by,
    "adjacent": _adjacent,
    "subject": _subject,
    "carried": _carried,
    "coming": _coming,
    "owner": _owner,
    "before": _before,
    "earlier": _earlier,
    "object": _object,
    "next": _next,
    "inside": _inside,
    "previous": _previous,
    "later": _later,
    "protagonist": _protagonist,
    "locality": _locality,
    "place": _place,
    "session": _session,
    "named": _named,
    "signer": _signer,
    "bare": _bare,
    "recent": _recent,
    "topic": _topic,
}
