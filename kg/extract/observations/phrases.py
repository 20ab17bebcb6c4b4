"""The noun phrase that a number counts: behind the measure word, before the number, or what so many did."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.clauses import AGENTS
from kg.extract.observations.site import Site
from kg.extract.observations.words import RELATIVE, Words
from kg.extract.segment import Token
from kg.naming import INITIATIVES, ORGANISATIONS

# Units that count persons or money by themselves and take no noun behind them, unlike 家, 项, 个.
_SELF_SUFFICIENT = RELATIVE | {"人", "人次", "元", "美元", "吨", "亩", "平方米", "公里", "人日", "千瓦时"}
_BODIES = frozenset({"家", "所", "户", "座"})
_TOWARDS = frozenset({"面向", "为", "对", "向", "给"})
_IS = frozenset({"是", "成为", "成了"})  # 7人已是高级技师
_EACH = re.compile("每[次周月季年天日]").fullmatch  # 上门会诊每次200元
_RANGE = frozenset("至到-—–~～")
_AMONG = frozenset({"中", "里", "当中", "之中"})
_PREPOSITIONS = frozenset("按以由从被把向对为在")
_ACTORS = frozenset({"人", "名", "家", "人次", "个", "位", "户", "支", "对"})
# What may join the parts of one noun phrase.
_JOINTS = frozenset({"的", "和", "与", "及", "、", "以上", "以下", "/", "之", "或", "以及"})
_COUNTABLE = frozenset({"Organization", "School", "Enterprise", "CoordinationBody", "Honour", "Programme"})
_COUNTABLE_BODIES = _COUNTABLE & ORGANISATIONS
_BECAME = re.compile(r"^(?:当上|评上|成为)了?")
_LEVELS = re.compile(r"[(（][市县区、]{1,5}[)）]")
_LEADING = frozenset({"的", "和", "与", "及", "、", "并", "其", "以上", "”", "等", "之"})
_YEARS_ON_END = re.compile("(?:连续|持续)[一二两三四五六七八九十\\d]+(?:余|多)?年")
_DIVISIONS = frozenset("省市州县区旗镇乡村")
# 产教融合型: what stands before these describes, a verb too.
_KINDS = ("型", "性", "式", "类", "化")
_PLANS = frozenset({"计划", "拟", "将", "预计"})
_LONGEST = 12
_LONGEST_DEED = 24


class Phrases:
    """Finds noun phrases around quantities.

    Args:
        words: The words of the rules.
        text: The article's text.
    """

    def __init__(self, words: Words, text: str) -> None:
        self._words, self._text = words, text
        self._links = words["links"] | words["reached"] | {"“", "分别", "其中"}

    # --- behind the quantity ---

    def after(self, site: Site) -> str:
        """Return the noun that the measure word counts: 12家单位, 1.2万名一线职工."""
        tokens = self._behind(site)
        if tokens and tokens[0].text == "的":
            tokens = tokens[1:]
        elif tokens and site.quantity.unit in RELATIVE and not self._part_of_noun(site):
            return ""
        taken: list[Token] = []
        for i, token in enumerate(tokens):
            if len(taken) > 8 or not self._extends(tokens, i, taken, site):
                break
            taken.append(token)
        while taken and taken[-1].text in {"的", "和", "、", "“", "之"}:
            taken.pop()
        if not taken or (
            len(taken) == 1 and len(taken[0].text) < 2 and taken[0].tag != "n" and taken[0].text not in _DIVISIONS
        ):
            return ""
        if (self._opens_next(site, taken) and self.before(site)) or all(
            t.text in self._words["modifiers"] for t in taken
        ):
            return ""
        end = taken[-1].end
        levels = _LEVELS.match(self._text, end)  # 14个县（市、区）
        return self._text[taken[0].start : levels.end() if levels else end]

    @staticmethod
    def _behind(site: Site) -> Sequence[Token]:
        """Return the tokens behind a quantity, or behind the range that it opens: 500元至2000元补贴."""
        if not site.right or any(t.text not in _RANGE for t in site.right):
            return site.right
        behind = site.clause.tokens[site.index + len(site.right) + 2 :]
        end = next((i for i, t in enumerate(behind) if t.tag == "NUM"), len(behind))
        return behind[:end]

    def _part_of_noun(self, site: Site) -> bool:
        """Whether a share stands right before what it is a share of: 八成以上学员."""
        first = site.right[0]
        return site.quantity.unit == "%" and first.nominal and not first.tag.startswith("f")

    def _extends(self, tokens: Sequence[Token], i: int, taken: Sequence[Token], site: Site) -> bool:
        """Whether the token goes on with the noun phrase behind a quantity."""
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.text in self._words["temporal"]:
            return False
        if token.text in "“”" or token.text in self._words["modifiers"]:
            return True
        if token.mention is not None:
            return token.mention.type not in {"Person", "Region"}
        if token.text == "的" and site.quantity.unit in _BODIES and taken:
            return False  # 26家企业的骨干: the firms are counted
        if token.text in {"的", "之"}:
            return bool(taken) and following is not None and following.nominal
        if token.text in self._words["light"] and taken:
            return False
        if token.text in {"和", "、"}:
            last = site.place + 1 == site.total
            return bool(taken) and following is not None and following.nominal and last
        if taken and (token.text in self._words["deeds"] or token.text.endswith(("了", "着"))):
            return False
        if token.tag == "x" and token.text[0] in _PREPOSITIONS:
            return False
        if token.text in self._words["nouns"] | self._words["payments"]:
            return True
        if token.verbal:
            return token.text in self._words["modifying"] and following is not None and self._is_head(following)
        if token.tag == "s":  # 户外劳动者
            return not taken and following is not None and following.nominal
        return token.nominal and token.tag not in {"i", "ad"} and not token.tag.startswith(("f", "s"))

    def _is_head(self, token: Token) -> bool:
        """Whether a noun is of the kind that a verb before it describes: 创新项目, 培训基地."""
        return token.text.endswith(self._words.edges("heads"))

    def _opens_next(self, site: Site, taken: Sequence[Token]) -> bool:
        """Whether the noun behind rather goes with the next number: 市级6个省级1个."""
        if not site.left or site.place + 1 >= site.total:
            return False
        return len(taken) == len(site.right) and taken[-1].end == site.right[-1].end

    def purpose(self, site: Site) -> str:
        """Return what money is for: 拿出50万元设立帮扶基金, 900万元用于技能培训."""
        if site.quantity.unit not in {"元", "美元"}:
            return ""
        cut = next((i for i, t in enumerate(site.right) if t.text in self._words["purposes"]), None)
        if cut is None or any(t.tag == "w" and t.text not in "“”" for t in site.right[:cut]):
            return ""
        rest = [t for t in site.right[cut + 1 :] if t.text != "了"]
        end = next((i for i, t in enumerate(rest) if t.tag == "w" and t.text not in "“”、"), len(rest))
        rest = rest[:end]
        while len(rest) > 1 and (rest[0].verbal or rest[0].tag in {"d", "ad", "p"} or _is_place(rest[0])):
            rest.pop(0)
        if not any(t.nominal and t.tag != "vn" for t in rest):
            return ""
        return self._text[rest[0].start : rest[-1].end]

    def deed(self, site: Site) -> str:
        """Return what so many did: 36人现场晋升高级工."""
        if not site.right or (site.quantity.unit not in _ACTORS and site.quantity.unit != "%"):
            return ""
        tokens = list(site.right)
        if tokens[0].text in {"通过", "经", "经过"}:
            first = next((i for i, t in enumerate(tokens) if i and t.verbal), len(tokens))
            while first + 1 < len(tokens) and tokens[first + 1].verbal:
                first += 1
            tokens = tokens[first:]
        is_now = False
        while tokens and (
            tokens[0].tag in {"d", "ad", "s", "p", "TIME"} or tokens[0].text in {"现场", "已", "被"} | _IS
        ):
            is_now = tokens.pop(0).text in _IS or is_now
        if not tokens or not (tokens[0].verbal or tokens[0].text in self._words["deeds"] or is_now):
            return ""
        end = next((t.start for t in tokens if t.tag == "w" and t.text not in "“”、"), tokens[-1].end)
        done = self._text[tokens[0].start : min(end, tokens[0].start + _LONGEST_DEED)].rstrip("了")
        return _BECAME.sub("", done) or done

    # --- before it ---

    def before(self, site: Site) -> str:
        """Return the noun phrase that ends before the quantity, with the verb that narrows it."""
        tokens = self._without_links(site.left)
        if tokens and tokens[-1].text in _AMONG:
            return ""  # 徒弟中有62人晋升: a part of them
        return self.ending(tokens, site.clause.embedded)

    def _without_links(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens without the words that tie a number to what it counts: 达, 累计, 发展到."""
        kept = _unglued([t for t in tokens if t.tag != "TIME"])
        links = self._links
        while kept:
            pair = "".join(t.text for t in kept[-2:])
            if len(kept) > 2 and (_YEARS_ON_END.fullmatch(pair) or (pair in links and pair != kept[-1].text)):
                kept = kept[:-2]
            elif len(kept) > 2 and kept[-1].text in {"新增", "净增"} and kept[-2].text not in links:
                return kept[:-1]  # 劳动者入会新增1.5万人
            elif (
                kept[-1].tag in {"d", "ad", "p", "c", "u", "ul", "uj"} or kept[-1].text in links or _EACH(kept[-1].text)
            ):
                kept = kept[:-1]
            else:
                break
        return kept

    def ending(self, tokens: Sequence[Token], embedded: frozenset[int] = frozenset()) -> str:
        """Return the noun phrase at the end of a stretch of tokens."""
        kept = [t for t in tokens if t.tag != "TIME"]
        taken: list[Token] = []  # from right to left
        verb: Token | None = None
        depth = 0
        for i in range(len(kept) - 1, -1, -1):
            token = kept[i]
            depth += (token.text == "”") - (token.text == "“")
            if depth <= 0 and not (token.text == "“" and taken):
                if self._narrows(kept, i, taken):
                    verb = token
                    break
                if not self._precedes(kept, i, taken):
                    break
            taken.append(token)
            if len(taken) > _LONGEST:
                break
        taken.reverse()
        while taken and (taken[0].text in _LEADING or taken[0].tag in {"d", "f", "t", "p"}):
            taken.pop(0)
        first = taken[0].mention if len(taken) > 1 and verb is None else None
        if first is not None and first.type in INITIATIVES and taken[-1].end - first.end > 1:
            taken.pop(0)  # “暖工”行动参与企业: what is counted in it
        if not taken:
            return ""
        return self._text[(verb or taken[0]).start : taken[-1].end]

    def _narrows(self, tokens: Sequence[Token], i: int, taken: Sequence[Token]) -> bool:
        """Whether a verb governs the noun behind it and belongs to what is counted: 培训职工, 新增试点企业."""
        if not taken or tokens[i].text not in self._words["narrowing"]:
            return False
        previous = tokens[i - 1] if i else None
        if previous is None or previous.mention is not None or previous.text in self._words["means"]:
            return True
        modifies = (previous.nominal and previous.tag != "t") or previous.text in self._words["modifying"]
        return not (modifies and tokens[i].text in self._words["modifying"])

    def _precedes(self, tokens: Sequence[Token], i: int, taken: Sequence[Token]) -> bool:
        """Whether the token goes on, to the left, with a noun phrase that ends in `taken`."""
        token = tokens[i]
        words = self._words
        if token.tag == "NUM" or token.text == "其中" or token.text in words["temporal"]:
            return False
        if token.mention is not None:
            kind = token.mention.type
            if taken and token.text.startswith(words.edges("generic")):
                return True
            return (not taken and kind in _COUNTABLE) or kind not in AGENTS
        if taken and taken[-1].mention is not None and taken[-1].mention.type in _COUNTABLE_BODIES:
            return False
        if token.text in _JOINTS:
            return bool(taken) or token.text in {"以上", "以下"}
        if token.text in words["nouns"]:
            return True
        if token.tag == "w":
            return token.text in "/+-" or token.text in "“”"
        if token.text in words["modifiers"]:
            return True
        if taken and taken[-1].text in words["rates"] and (token.verbal or token.text in words["light"]):
            return True
        if token.text in words["light"] and (taken or token.text not in words["modifying"]):
            return False
        if token.verbal:
            describes = token.text in words["modifying"] or token.text in words["payments"]
            return bool(taken) and (describes or taken[-1].text in _KINDS)
        if taken and token.text in _KINDS:
            return True
        return token.nominal or token.tag in {"m", "q", "x", "eng", "nz"}

    def verb(self, site: Site) -> str:
        """Return the verb that ends before the quantity, where nothing else is counted: 累计服务7万人次."""
        return self.done(self._without_links(site.left))

    def done(self, tokens: Sequence[Token]) -> str:
        """Return the verb, with the nouns before it, that ends a stretch of tokens."""
        while tokens and tokens[-1].text in self._words["temporal"]:
            tokens = tokens[:-1]
        if not tokens or tokens[-1].tag in {"w", "NUM", "TIME"} or _is_place(tokens[-1]):
            return ""
        start = len(tokens) - 1
        while start > 0 and len(tokens) - start < 5:
            before = tokens[start - 1]
            if before.mention is not None or not (before.nominal or before.tag in {"d", "r", "q"}):
                break
            start -= 1
        if start and tokens[start - 1].text in _TOWARDS:
            start = len(tokens) - 1  # 面向中小企业办班
        while start < len(tokens) - 1 and (tokens[start].tag in {"d", "r", "ad"} or tokens[start].text in _PLANS):
            start += 1
        return self._text[tokens[start].start : tokens[-1].end]

    # --- which of the two ---

    def behind_counts(self, site: Site, before: str, after: str) -> bool:
        """Whether the noun behind the quantity, rather than that before it, is what is counted."""
        if not after:
            return False
        if not before or (site.left and site.left[-1].text == "的"):
            return True
        if site.quantity.unit == "元" and after.endswith(self._words.edges("payments")):
            return True
        if site.quantity.unit in _SELF_SUFFICIENT:
            return self._words.pattern("narrowing", "light", before="^(?:", after=")+$").match(before) is not None
        return True


def _unglued(tokens: list[Token]) -> list[Token]:
    """Return the tokens, the last without the word of reaching that was taken for its end: 率达, 中有."""
    if not tokens or tokens[-1].tag != "x" or len(tokens[-1].text) < 2 or tokens[-1].text[-1] not in "达超约近为仅至有":
        return tokens
    last = tokens[-1]
    return [*tokens[:-1], Token(last.start, last.end - 1, last.text[:-1], "n")]


def _is_place(token: Token) -> bool:
    return token.mention is not None and token.mention.type == "Region"
