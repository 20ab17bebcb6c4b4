"""Which body each post in a row belongs to: the one named with it, or the one before, its government, its part."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.data import table
from kg.extract.endings import Endings
from kg.lexicon.bodies import canonical_name
from kg.lexicon.places import place
from kg.model import Mention

EMPLOYERS = frozenset({"Enterprise", "School", "Organization"})
_PART_TITLE = re.compile(r"(组织|宣传|统战)部?(常务副|副)?部?长$|(政法)委(常务副|副)?书记$")
_LOCAL = re.compile(
    "^(省|市|县|区|州)([\\u4e00-\\u9fff]{2,14}?(?:中心|局|办公室|协会|学会|研究院|研究所|医院|学院|学校|集团|公司|银行|馆))"
)
_AUDIT = re.compile("经(?:费)?审(?:查)?(?:委员)?(?:会|委)")
_ZONE = re.compile("中共(.*(?:开发区|新区|园区|高新区))(?:工作)?委员会")
_DEPARTMENT = {"组织": "党委组织部", "宣传": "党委宣传部", "统战": "党委统战部", "政法": "党委政法委"}


@functools.cache
def words_of(key: str) -> frozenset[str]:
    """Return a list of words about posts."""
    return frozenset(table("names")["post"][key])


@functools.cache
def endings(key: str) -> Endings:
    """Return such a list as endings."""
    return Endings(words_of(key))


@dataclass(slots=True)
class Segment:
    """One of the posts in a row: the body named in it and the title behind."""

    body: Mention | None
    title: str
    start: int
    named: tuple[Mention, ...]
    former: bool = False  # 原某局局长


def assigned(segments: Sequence[Segment]) -> Iterator[tuple[Mention | None, str]]:
    """Yield each title with its body; a title without one belongs to the body before it."""
    body: Mention | None
    current: Mention | None = None
    leads_firm = any(endings("firm").end(s.title) for s in segments)
    for segment in segments:
        body, title = segment.body, segment.title
        committee = body.text if body is not None and body.text in words_of("owned") else ""
        if committee and (leads_firm or (current is not None and current.type in EMPLOYERS)):
            body, title = current, committee + title
        elif committee and segment is segments[0] and len(segments) > 1:
            body, title = None, committee + title
        elif body is not None and body.text == "管委会" and current is not None and _ZONE.match(current.name):
            body = _of_zone(body, current)
        elif body is None:
            body, title = _body_of(title, current)
        elif body.type == "Region":
            body = _government(body) if endings("government").end(title) else None
            if body is None:
                continue
        elif current is not None:
            body = _at_level(body, current)
        if body is not None and title.startswith(body.text):
            title = title[len(body.text) :] or title
        current = body or current
        yield body, title


def _body_of(title: str, current: Mention | None) -> tuple[Mention | None, str]:
    """Return the body of a title without one, and the title: its government, its department, the body before it."""
    if current is None or not current.scope:
        return current, title
    if endings("government").end(title):
        return _government(current), title
    part = _PART_TITLE.search(title)
    if part and current.type == "PartyOrgan":
        name = canonical_name(_DEPARTMENT[part[1] or part[3]], place(current.scope))
        return _implied(current, "PartyOrgan", name), re.sub(
            "^.*?[部委]?(?=常务副部长|副部长|部长|常务副书记|副书记|书记)", "", title
        )
    audit = _AUDIT.match(title)
    if audit and current.type == "TradeUnion" and len(title) > audit.end():
        name = current.name.removesuffix("经费审查委员会") + "经费审查委员会"
        return _implied(current, "TradeUnion", name), title[audit.end() :]
    local = _LOCAL.match(title)
    if local and len(title) > local.end():
        name = place(current.scope).full_name + local[2]
        return replace(_implied(current, "Organization", name), text=local[0]), title[local.end() :]
    return current, title


def _at_level(body: Mention, current: Mention) -> Mention:
    """甲市人大常委会副主任、市总工会主席: a body of the same level without its place is of the place named before."""
    level, bare = body.text[:1], body.text in words_of("bare")
    if not (bare or level in "省市县区州盟旗") or not current.scope or body.scope == current.scope:
        return body
    own, before = place(body.scope) if body.scope else None, place(current.scope)
    fits = bare or (not current.text.startswith(level) and before.full_name.endswith(level))
    if own is None or not fits or not body.name.startswith(own.full_name):
        return body
    return replace(body, name=before.full_name + body.name[len(own.full_name) :], scope=current.scope)


def _of_zone(body: Mention, current: Mention) -> Mention:
    """党工委副书记、管委会主任: the committee that administers the same zone."""
    zone = _ZONE.match(current.name)
    name = f"{zone[1]}管理委员会" if zone else body.name
    return replace(body, name=name, scope=current.scope)


def _government(of: Mention) -> Mention:
    return _implied(of, "Government", canonical_name("政府", place(of.scope)))


def _implied(by: Mention, type_: str, name: str) -> Mention:
    """Return a body that only a title tells of: what is written there is another body's name."""
    return Mention(by.start, by.end, type_, "", scope=by.scope, name=name)
