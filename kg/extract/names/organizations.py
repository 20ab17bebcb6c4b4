"""Firms, schools and other bodies that are named by how their names end."""

from __future__ import annotations

import bisect
import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick

from kg.extract.data import table
from kg.extract.endings import Endings
from kg.extract.names.draft import Draft, left_reach, occurrences
from kg.extract.segment import Token, words
from kg.lexicon.persons import posts as titles
from kg.model import BlockKind, Mention

_TYPES = {"enterprise": "Enterprise", "school": "School", "organization": "Organization"}
_NO_WORD = frozenset({"w", "NUM", "TIME", "NAME"})
_CALLED = re.compile(r"[(（](?:以下|下)?(?:统)?(?:简称|称)[:：]?[“\"]?([^”\"()（）]{2,12})[”\"]?[)）]")
# 集团, 公司 alone, at the head of a clause or behind a word that a subject follows.
_BARE = re.compile(
    r"(?:^|[，,。；;：:“\n！？]|在|由|以|经|设在|我们|年来?|月|日|以来|试点|[，,]\s?)((?:我们|该|本)?(?:公司|集团))(?![^与和及同、\W]?(?:公司|集团))",
    re.MULTILINE,
)
_NOT_BARE = ("化", "军", "有限", "股份", "制", "工会", "党委", "团委", "纪委")
# A workshop or alliance is one in particular only by the person or place that it is named after.
_PERSONAL = ("工作室", "联盟")
_LEGAL = re.compile(r"(?:集团)?(?:股份|控股|实业|科技股份)?有限(?:责任)?公司$|集团公司$|集团$|(?:总|分)?公司$")
# 某某股份有限公司广西分公司
_BRANCH = re.compile("(?:分公司|分厂)$")
_LEGAL_INSIDE = re.compile("有限(?:责任)?公司|集团|总公司")
_LIMITED = re.compile(r"(?:股份|控股|实业)?有限(?:责任)?公司$")
# 以某某名字命名的工作室 is 某某工作室.
_NAMED_AFTER = re.compile("(?:的)?名字命名的")
# 到厂, 出厂: one goes there.
_NO_FIRM = re.compile("[到出进入建回驻离来全该本各我贵]厂$")
_BEFORE_ROW = re.compile("^.*(?:选定|确定|依托|支持|推动|指导|组织|引导|其中|将|为|向|在|对|有|由|与|和|及)")
# No brand by themselves.
_GENERIC_BRANDS = frozenset({"服务", "管理", "科技", "发展", "实业", "工程", "投资", "商贸", "文化", "传媒"})
_ROW = re.compile(
    r"((?:[\u4e00-\u9fff]{2,10}、){1,40}[\u4e00-\u9fff]{2,10})等\s*[\d一二三四五六七八九十百余多]+\s*(?:余|多)?家(?:企业|单位|公司)?"
)


@functools.cache
def _outside(kind: str) -> frozenset[str]:
    return frozenset(table("names")["bodies"][kind])


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the names of one kind of body end, and what they may hold."""

    type: str
    suffixes: Endings
    sure: Endings
    generic: frozenset[str]
    inner_verbs: frozenset[str]


@functools.cache
def _kinds() -> tuple[_Kind, ...]:
    lists = table("names")
    return tuple(
        _Kind(
            type_,
            Endings(lists[kind]["suffixes"]),
            Endings(lists[kind].get("sure", ())),
            frozenset(lists[kind]["generic"]),
            frozenset(lists[kind].get("inner_verbs", ())),
        )
        for kind, type_ in _TYPES.items()
    )


@functools.cache
def _suffixes() -> AhoCorasick:
    return AhoCorasick(sorted({suffix for kind in _kinds() for suffix in kind.suffixes.words}))


def find(draft: Draft) -> None:
    """Add the firms, schools and other bodies of the article, and their shorter forms."""
    found: list[Mention] = []
    kinds, suffixes = _kinds(), _suffixes()
    last_characters = frozenset().union(*(kind.suffixes.last for kind in kinds))
    for tokens in draft.sentences_with(suffixes):
        for i, token in enumerate(tokens):
            if token.text[-1] not in last_characters or token.tag in _NO_WORD:
                continue
            for kind in kinds:
                mention = _ending_here(draft, tokens, i, kind) if kind.suffixes.end(token.text) else None
                if mention is not None:
                    found.append(mention)
                    break
    full = _full_names(draft.text, {m.text for m in found if m.type == "Enterprise"})
    for mention in found:
        draft.add(replace(mention, name=full.get(mention.text, mention.text)))
    for short, name in sorted(full.items(), key=lambda item: -len(item[0])):
        for start in occurrences(draft.text, short):
            draft.add(Mention(start, start + len(short), "Enterprise", short, name=name))
    _add_rows(draft)


def _full_names(text: str, firms: set[str]) -> dict[str, str]:
    """Return the full name for each shorter form of a firm in the text: 某某重工 -> 某某重工集团有限公司."""
    full: dict[str, str] = {}
    for name in sorted(firms, key=len):  # the longest has the last word
        called = {m[1] for at in occurrences(text, name) if (m := _CALLED.match(text, at + len(name)))}
        for short in called | short_forms(name):
            if short in text:
                full[short] = name
    return {short: full.get(name, name) for short, name in full.items()}


def _ending_here(draft: Draft, tokens: list[Token], i: int, kind: _Kind) -> Mention | None:
    """Return the name that ends with the token at `i`, which has one of the kind's endings, or None."""
    token, type_ = tokens[i], kind.type
    if i + 1 < len(tokens) and tokens[i + 1].text in kind.suffixes:
        return None

    def fits(t: Token) -> bool:
        if t.tag in {"w", "NUM", "TIME"} or t.text in _outside("breaks"):
            return False
        if t.mention is not None:
            wide = type_ == "Organization" and t.mention.type in {*_TYPES.values(), "Person"}
            return t.mention.type == "Region" or wide
        if t.text in kind.inner_verbs:
            return True
        if t.tag == "x" and t.text.endswith(("任", "系", "在")):
            return False  # 某某任某公司经理, 某某系某公司焊工, 某某在某校任教
        if t.text in titles():
            return False
        if len(t.text) == 1:
            return not t.tag.startswith(("u", "p", "c", "r", "v", "d", "m", "q"))
        return (t.nominal or t.tag == "t") and not t.text.endswith(("级", "以上", "等"))

    first = left_reach(tokens, i, fits, 8)
    first = _brand_behind_place(tokens, first) if type_ == "Enterprise" else first
    while first < i and tokens[first].text in _outside("leading"):
        first += 1
    start = tokens[first].start
    start += tokens[first].tag == "x" and tokens[first].text.startswith("系")  # 系某某集团焊工
    text = draft.text[start : token.end]
    if text in kind.generic or _NO_FIRM.search(text) or len(text) < 4 or len(text) > 30:
        return None
    brand = text.removesuffix(kind.suffixes.longest(text))
    branch = _BRANCH.search(text) is not None and _LEGAL_INSIDE.search(brand) is not None
    if type_ == "Enterprise" and not kind.sure.end(text) and not branch and not 2 <= len(brand) <= 8:
        return None
    if len(brand) < 2 or brand in _outside("brands"):
        return None
    if text.endswith(_PERSONAL) and not any(t.mention is not None or t.text in "“”" for t in tokens[first:i]):
        return None
    if brand.endswith(("级", "性", "类", "各", "型")) and type_ != "Enterprise":
        return None
    return Mention(start, token.end, type_, text, name=text)


def _brand_behind_place(tokens: Sequence[Token], first: int) -> int:
    """Return where a firm begins whose brand the segmenter took for other words: 某市|龙|都|锅炉公司."""
    if (
        first > 1
        and tokens[first].text in _GENERIC_BRANDS
        and tokens[first - 1].verbal
        and tokens[first - 2].tag == "x"
    ):
        first -= 2  # 某市|锦瑞|颐养|服务有限公司: an unknown word, then what it does
        before = tokens[first - 1].mention if first else None
        return first - 1 if before is not None and before.type == "Region" else first
    at = first
    while at > 0 and first - at < 3 and len(tokens[at - 1].text) == 1 and tokens[at - 1].mention is None:
        if tokens[at - 1].tag == "w" or tokens[at - 1].text in _outside("breaks"):
            return first
        at -= 1
    before = tokens[at - 1].mention if at else None
    return at - 1 if at < first and before is not None and before.type == "Region" else first


def _add_rows(draft: Draft) -> None:
    """Unmarked names in a row that the text itself calls firms: 甲乙、丙丁等9家企业."""
    for match in _ROW.finditer(draft.text):
        at = match.start(1)
        for name in match[1].split("、"):
            trimmed = _BEFORE_ROW.sub("", name)
            start = at + len(name) - len(trimmed)
            if 2 <= len(trimmed) <= 8 and draft.covering(start) is None:
                for again in occurrences(draft.text, trimmed):
                    draft.add(Mention(again, again + len(trimmed), "Enterprise", trimmed, name=trimmed))
            at += len(name) + 1


def meant_firm(firms: Sequence[Mention], word: str, at: int) -> Mention | None:
    """Return the firm that a bare 公司 or 集团 means: the one named last, of groups the one named first."""
    known = bisect.bisect_right(firms, at, key=lambda m: m.end)  # firms do not overlap
    if "集团" in word:
        return next((m for m in firms[:known] if "集团" in (m.name or m.text)), None)
    return firms[known - 1] if known else None


def find_bare(draft: Draft) -> None:
    """Add 集团 and 公司 where they stand for the firm named last."""
    firms: list[Mention] = [m for m in draft.names() if m.type == "Enterprise"]
    if not firms:
        return
    for match in _BARE.finditer(draft.text):
        start = match.start(1)
        firm = meant_firm(firms, match[1], start)
        if firm and draft.covering(start) is None and not draft.text.startswith(_NOT_BARE, match.end()):
            draft.add(Mention(start, match.end(), "Enterprise", match[1], name=firm.name or firm.text))


_UNIT = re.compile(
    r"(?:^|[，,。；;：:、由与和在以对])([\u4e00-\u9fff]{2,6}?(?:部|中心|车间|分厂|[一二三四五六七八九十]厂))(?![\u4e00-\u9fff]?(?:长|分|门|主任|级))",
    re.MULTILINE,
)
_SPOKEN_OF = re.compile("^(?:我们|该|本)")
_PART_OF_FIRM = re.compile("(?:分厂|车间)$")
_OFTEN, _MOST = 6, 0.7  # mentions of a firm in an article about it, and their share
_NO_UNIT = re.compile(
    r"全部|内部|干部|大部|总部|俱乐部|支部|外部|南部|北部|东部|西部|中部|各|该|本|其|这|宣传部|组织部|统战部|人社部|教育部|工信部"
)


def find_units(draft: Draft) -> None:
    """In an article about one firm add its departments and shops: 人力资源部 is the firm's."""
    firm = titled_firm(draft)
    if firm is None:
        return
    short = _brand(draft, firm)
    for match in _UNIT.finditer(draft.text):
        unit = match[1]
        covering = draft.covering(match.start(1))
        if _NO_UNIT.search(unit) or (covering is not None and covering.end > match.end(1)):
            continue
        if any(t.verbal or t.tag[0] in "pcdru" for t in words(unit)):
            continue
        draft.rename(Mention(match.start(1), match.end(1), "Organization", unit, name=f"{short}{unit}", owner=firm))


def titled_firm(draft: Draft) -> Mention | None:
    """Return the firm that stands in the title or the line below it, or of which nearly all is said; or None."""
    for block in draft.blocks:
        if block.kind not in {BlockKind.TITLE, BlockKind.HEADING}:
            break
        for mention in draft.within(block.start, block.end):
            if mention.type == "Enterprise" or (mention.owner is not None and mention.owner.type == "Enterprise"):
                return mention.owner or mention
    return _told_of(draft)


def _told_of(draft: Draft) -> Mention | None:
    """Return the firm that the first paragraph names, if nearly all mentions of firms are of it."""
    firms = [m for m in draft.names() if m.type == "Enterprise" and not _PART_OF_FIRM.search(m.text)]
    first = next((b for b in draft.blocks if b.kind is BlockKind.PARAGRAPH), None)
    named = [m for m in firms if first is not None and first.start <= m.start < first.end]
    if not named:
        return None
    own = sum(m.name == named[0].name for m in firms)
    return named[0] if own >= _OFTEN and own >= _MOST * len(firms) else None


def _brand(draft: Draft, firm: Mention) -> str:
    """Return the short form of a firm without its place and legal form, the one that the article uses most."""
    name = firm.name or firm.text
    used = Counter(m.text for m in draft.names() if m.name == name and 3 <= len(m.text) < len(name))
    used = Counter({text: n for text, n in used.items() if not _SPOKEN_OF.search(text)})
    if used:
        return max(used, key=lambda text: (used[text], -len(text), text))
    forms = sorted(short_forms(name), key=lambda f: (len(f), f))
    return next((f for f in forms if len(f) >= 4), name)


def short_forms(name: str) -> set[str]:
    """Return the forms by which a firm may be called later.

    >>> sorted(short_forms("陕西西秦机床集团有限公司"))
    ['西秦机床', '西秦机床集团', '陕西西秦机床', '陕西西秦机床集团']
    """
    from kg.lexicon.places import find_places

    stem = _LEGAL.sub("", name)
    forms = {stem} if len(stem) >= 4 else set()
    with_group = _LIMITED.sub("", name)
    forms.add(with_group)
    places = find_places(name)
    if places and places[0].start == 0 and len(stem) - places[0].end >= 4:
        forms |= {f[places[0].end :] for f in set(forms) if len(f) - places[0].end >= 3}
    return {f for f in forms if 3 <= len(f) < len(name)}


def find_workshops(draft: Draft, persons: list[str]) -> None:
    """Add workshops named after a person, and those that someone leads: 某某(劳模)创新工作室, 他领衔的…工作室."""
    if not persons or "工作室" not in draft.text:
        return
    names = "|".join(map(re.escape, sorted(persons, key=len, reverse=True)))
    pattern = re.compile(rf"({names})[\u4e00-\u9fff]{{0,8}}?工作室")
    for match in pattern.finditer(draft.text):
        name = _NAMED_AFTER.sub("", match[0])
        draft.add(Mention(match.start(), match.end(), "Organization", match[0], name=name))
