"""Bodies of a firm or school: its union, its party committee, its joint bodies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.data import table
from kg.extract.names.draft import Draft
from kg.extract.names.organizations import meant_firm, titled_firm
from kg.extract.segment import words
from kg.model import Mention
from kg.naming import ORGANISATIONS

# What a firm has that a place has too: its union, its party committee.
_OWNED = re.compile(r"(集团|公司|厂|矿)?(党委|工会|团委|纪委|党组)(?!会员|书记|员)")
# 公司产改领导小组: a joint body of a firm, called by what it is for.
_OWNED_JOINT = re.compile(
    r"(集团|公司)([\u4e00-\u9fff]{0,10}?(?:领导小组|协调小组|推进小组|工作小组|专班|联席会议)(?:办公室)?)"
)
_OWNED_TYPE = {
    "党委": "PartyOrgan",
    "党组": "PartyOrgan",
    "纪委": "PartyOrgan",
    "工会": "TradeUnion",
    "团委": "Organization",
}


def find(draft: Draft) -> None:
    """Add the union, party committee or youth league of a firm or school: 某某集团工会, 集团工会."""
    titled = titled_firm(draft)
    firms = [m for m in draft.names() if m.type in {"Enterprise", "School"}]
    _add_owned_joint(draft, firms)
    for match in _OWNED.finditer(draft.text):
        owner = _owner(draft, firms, match)
        bare = draft.covering(match.start(2))
        owner = owner or _joined_owner(draft, bare)
        if owner is None and titled is not None and bare is not None and bare.text in {"工会", "党委"}:
            # In a feature about a firm a bare 工会 is the firm's.
            name = f"{titled.name or titled.text}{match[2]}"
            draft.rename(replace(bare, name=name, scope="", owner=titled))
        if owner is None:
            continue
        kind = match[2]
        called = owner.name or owner.text
        name = f"中共{called}委员会" if kind == "党委" else f"{called}{kind}"
        start = min(match.start(), owner.start) if owner.end >= match.start() else match.start()
        text = draft.text[start : match.end()]
        mention = Mention(start, match.end(), _OWNED_TYPE[kind], text, name=name, owner=owner)
        if bare is not None and (bare.start, bare.end) == (start, match.end()):
            draft.rename(mention)
        else:
            draft.add(mention)


def _add_owned_joint(draft: Draft, firms: Sequence[Mention]) -> None:
    """Add the joint bodies of firms: 某某集团产改领导小组, 公司产改领导小组."""
    no_topic = table("names")["bodies"]["no_topic"]
    for match in _OWNED_JOINT.finditer(draft.text):
        if any(t.text in no_topic or t.tag[0] in "pdruw" for t in words(match[2])):
            continue
        whole = next((m for m in firms if m.end == match.end(1)), None)
        owner = whole or meant_firm(firms, match[1], match.start())
        if owner is None:
            continue
        start = whole.start if whole else match.start()
        name = f"{owner.name or owner.text}{match[2]}"
        draft.add(
            Mention(start, match.end(), "CoordinationBody", draft.text[start : match.end()], name=name, owner=owner)
        )


def _joined_owner(draft: Draft, bare: Mention | None) -> Mention | None:
    """甲公司党委领导、工会牵头: the bare 工会 belongs to the firm of the body named just before."""
    if bare is None or bare.text not in {"工会", "团委"}:
        return None
    before = [m for m in draft.within(max(0, bare.start - 40), bare.start) if m.end >= bare.start - 5]
    if before and before[-1].owner is not None:
        return before[-1].owner
    # 公司出台…，工会配套制定…: of the only body that the sentence has named
    start = next((s for s, e, _ in draft.sentences if s <= bare.start < e), bare.start)
    named = [m for m in draft.within(start, bare.start) if m.type in ORGANISATIONS | {"Region"}]
    firms = {m.name for m in named}
    return named[0] if len(firms) == 1 and named[0].type == "Enterprise" else None


def _owner(draft: Draft, firms: Sequence[Mention], match: re.Match[str]) -> Mention | None:
    """Return the firm that the body in a match belongs to: the one directly before, or with 集团工会 the last named."""
    at = match.start(2)
    adjacent = next(draft.before(at), None)
    if adjacent is not None and adjacent.end == at and adjacent.type in {"Enterprise", "School"}:
        return adjacent
    return meant_firm(firms, match[1], match.start()) if match[1] else None
