"""Whom 他, 公司, 工作室 or 这座城市 means before a verb of winning."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.conferrals.parts import workshop
from kg.extract.conferrals.scene import Scene
from kg.model import Mention

COUNTED_SUBJECT = re.compile(r"\d+(?:余|多)?(?:名|人|家|个|位|支|席)|(?:一批|多名|多家|一大批|不少|众多)")


_HE = re.compile("这[位名]|他|她|其(?!中)|您|我(?!们|市|省|县|区|国)")


_BEFORE_NAMED = re.compile("(?:前者|后者|([两二三四五])([人队]))(?!中|之一|次|伍|列|员)")
_FIRM = re.compile(
    "(?:^|(?<=[^\u4e00-\u9fff])|(?<=[年月日来后今次])|该|本|这家)(?:公司|企业|集团)|该厂|厂里|工厂"  # not 快递分公司
)


_SCHOOL = re.compile("(?:^|[^\u4e00-\u9fff]|[年月日来后今次该本这])(?:学校|学院)|[该我]校|该院")
_CITY = re.compile("这[座个][^，。]{0,14}(?:城|市|县|区)|该[市县区省]|当地(?!的)")


_TOWN = re.compile("该(?:镇|乡|街道)")


_NAMED_AFTER = re.compile(
    r"(?:他|她|其)(?:所)?(?:领衔|领办|牵头|负责|创办|创建|所在|带领)?的?([^，。]{0,8}工作室)|以[他她其][^，。]{0,6}命名的([^，。]{0,10}工作室)"
)


def spoken_of(scene: Scene, start: int, limit: int, kinds: frozenset[str]) -> list[Mention] | None:
    """Return what 他, 公司, 工作室 or 这座城市 means here, or None where no such word stands before the verb."""
    span = scene.plain(start, limit)

    def last(fits: Callable[[Mention], bool]) -> list[Mention] | None:
        found = next((m for m in scene.draft.before(start) if fits(m)), None)
        return [found] if found is not None else None

    if "Workshop" in kinds or "工作室" in span:
        after = _NAMED_AFTER.search(span)
        if after is not None:
            person = last(lambda m: m.type == "Person")
            kind = after[1] or after[2]
            at = scene.draft.text.index(kind, start)
            return [workshop(scene, p, at, kind) for p in person] if person else None
        if "工作室" in span:
            return last(lambda m: m.type == "Organization" and "工作室" in m.text)
    if "Person" in kinds and _HE.search(span):
        return last(lambda m: m.type == "Person")
    if "Enterprise" in kinds and _FIRM.search(span) and not COUNTED_SUBJECT.search(span):
        return last(lambda m: m.type == "Enterprise")
    if "School" in kinds and _SCHOOL.search(span):
        return last(lambda m: m.type == "School")
    if "Region" in kinds and _TOWN.search(scene.text(scene.clause.start, limit)):
        return last(lambda m: m.type == "Region" and m.name.endswith(("镇", "乡", "街道")))
    if "Region" in kinds and _CITY.search(scene.text(scene.clause.start, limit)):
        place = scene.at_place(limit)
        return [place] if place is not None else None
    return None


def before_named(scene: Scene, limit: int, kinds: frozenset[str]) -> list[Mention]:
    """Return whom 前者, 后者 or 两人 at the head of a clause means: of those named before, one or the last few."""
    word = _BEFORE_NAMED.match(scene.text(scene.clause.start, limit))
    if word is None:
        return []
    distinct: dict[str, Mention] = {}
    for mention in reversed(scene.draft.within(scene.clauses[0].start, scene.clause.start)):
        fitting = mention.type in kinds - {"Region"}
        if word[1]:
            team = mention.type == "Organization" and mention.name.endswith("队")
            fitting = mention.type == "Person" if word[2] == "人" else team
        if fitting and mention.start not in scene.embedded:
            distinct.setdefault(mention.name, mention)
    number = "一二三四五".index(word[1].replace("两", "二")) + 1 if word[1] else 2
    last = list(distinct.values())[:number][::-1]
    if len(last) < number:
        return []
    return last if word[1] else [last[0]] if word[0] == "前者" else [last[1]]
