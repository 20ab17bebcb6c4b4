"""The constructions in which Chinese states a number, each tried on a quantity in its clause.

share           甲占乙的28.7%             from-to     由120家扩展到460家
growth          同比增长17.4%             of-which    其中省级以上39个
respectively    甲、乙分别达3人和4人         compared    比全省平均水平低3个百分点
counted-after   12家单位, 1.2万名职工      counted-before  创新工作室286个
deed            36人晋升高级工             continued   (nothing named: the indicator before)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.observations.phrases import Phrases
from kg.extract.observations.references import References
from kg.extract.observations.site import Found, Site, State, levels, sites
from kg.extract.observations.words import RELATIVE, Words, tidy
from kg.extract.segment import Token

_FROM = re.compile(r"(?:由|从)[^,，]*$")
_COMPARED = re.compile(r"较|比(?!例|重|赛|拼|武)|同比|环比")
_APART = re.compile(
    r"(?:(?:低于|高于|高出|超出)[^,，]{1,12}|[比较与][^,，]{2,14}?(?:高出|低|高|多|少))了?(?:近|约|超过?|逾|不到)?$"
)
# A multiple of what was a year ago is a change; one of something else (是在校生的2.9倍) is none.
_YEARLY = re.compile(r"(?:去年|上年|上一年|上年度|[12]\d{3}年)[^,，]*的$")
_MULTIPLE = re.compile(r"(?:是|为|达到?|相当于)[^,，]*的$")
_PART = re.compile(r"(?:为|是|相当于|达到?)[^,，]{1,16}的$")
_SHARE_OF_NUMBER = re.compile(r"占(?:全[省市县区国])?[\d.]+[万亿]?[^,，\d]{0,12}的$")
_EACH = re.compile(r"(?:每?[人户年月]均?)+")
_RESPECTIVELY = re.compile(r"分别|依次|各自")
_BY_SO_MUCH = re.compile(r"(?:增加|增长|减少|下降|提高)了")
_RATE = re.compile(r"(?:率|面|比重|比例|幅|度|增速)$")
_FRACTION = re.compile(r"[成半]|分之")
_OF_TASK = re.compile(r"(完成[^，,。；;]{0,6}(?:任务|计划|目标))的$")


class Constructions:
    """Tries the constructions on a quantity.

    Args:
        words: The words of the rules.
        text: The article's text.
    """

    def __init__(self, words: Words, text: str) -> None:
        self._words, self._text = words, text
        self._phrases = Phrases(words, text)
        self._references = References(words, text, self._phrases)
        self._grown = words.pattern("growth", after="了?(?:近|约|超过?|逾|不到|大约|将近)?$")
        self._reached = words.pattern("reached", before="^的?")
        self._share = words.pattern("share")

    def read(self, site: Site, state: State) -> Found | None:
        """Return what the first construction that holds makes of the quantity, or None."""
        found = (
            self._share_of(site, state)
            or self._from_to(site, state)
            or self._compared(site, state)
            or self._growth(site, state)
            or self._respectively(site, state)
            or self._counted(site, state)
            or self._references.continued(site, state)
        )
        if found is None or not (indicator := self._references.completed(tidy(found.indicator), state)):
            return None
        if done := _OF_TASK.search(site.before):
            indicator = done[1]
        kind = found.kind
        if kind == "Level" and self._is_fraction(site, found.construction, indicator):
            kind = "Share"
        return Found(found.construction, indicator, kind)

    def _is_fraction(self, site: Site, construction: str, indicator: str) -> bool:
        """Whether a number is a part of what it stands with: 八成以上学员, 覆盖企业超八成, 完成任务的68%."""
        if site.quantity.unit == "%" and indicator.endswith("占比"):
            return True
        if site.quantity.unit != "%" or _RATE.search(indicator):
            return False
        if construction in {"counted-after", "deed", "of-which"} or (site.left and site.left[-1].text == "的"):
            return True
        return bool(_FRACTION.search(site.quantity.text))

    # --- relations of two numbers ---

    def _share_of(self, site: Site, state: State) -> Found | None:
        """甲占乙的28.7%; 占比31.3%; 仅为均值的62%."""
        if site.quantity.unit not in {"%", "倍"}:
            return None
        matches = list(self._share.finditer(site.between))
        if not matches and site.place and _SHARE_OF_NUMBER.search(site.before) and len(state.read) > 1:
            return Found("share", f"{state.read[-2].indicator}占比", "Share")
        if not matches:
            part = _PART.search(site.between)
            if site.quantity.unit != "%" or part is None:
                return None
            named = self._up_to(site, part.start())
            return Found("share", named, "Share") if named else None
        start = matches[-1].start()
        named = self._parts(site, start) or self._up_to(site, start) or state.last
        if not named:
            return None
        whole = re.match(r"占([^,，]{2,14}的比[重例])", site.between[start:])
        if named.endswith(("占比", "比重", "比例")):
            return Found("share", named, "Share")
        return Found("share", named + (whole[0] if whole else "占比"), "Share")

    def _parts(self, site: Site, stop: int) -> str:
        """Return those who are told by what they do or have: 留在本地就业的占六成; "" where a noun tells them."""
        end = site.left[0].start + stop if site.left else 0
        said = [t for t in site.left if t.end <= end and t.tag not in {"TIME", "NAME"} and t.text != "其中"]
        if len(said) < 3 or said[-1].text != "的" or not any(t.verbal for t in said):
            return ""
        return self._text[said[0].start : said[-2].end]

    def _up_to(self, site: Site, stop: int) -> str:
        """Return the noun phrase that ends before an offset of what stands between the numbers."""
        if not site.left:
            return ""
        end = site.left[0].start + stop
        return self._phrases.ending(self._trimmed([t for t in site.left if t.end <= end]), site.clause.embedded)

    def _done_up_to(self, site: Site, stop: int) -> str:
        """Return the verb that ends before an offset: 受理投诉同比下降三成."""
        end = site.left[0].start + stop if site.left else 0
        return self._phrases.done(self._trimmed([t for t in site.left if t.end <= end]))

    def _trimmed(self, tokens: Sequence[Token]) -> list[Token]:
        """Return the tokens without the adverbs and links at their end."""
        kept = list(tokens)
        loose = self._words["adverbs"] | {"仅", "只", "由", "从"}
        while kept and (kept[-1].tag in {"d", "ad", "vd", "p", "c", "uj", "TIME"} or kept[-1].text in loose):
            kept.pop()
        return kept

    def _from_to(self, site: Site, state: State) -> Found | None:
        """由2021年的47%升至近七成; 由120家扩展到460家."""
        head = _FROM.search(site.between if site.place == 0 else site.before)
        if head is None:
            return None
        following = self._text[site.quantity.end : site.quantity.end + 24].split("，")[0]
        if site.place + 1 < site.total and self._words.pattern("reached").search(following):
            if site.place and state.read and self._reached.match(site.between):
                return Found("from-to", state.last, state.read[-1].kind)
            named = self._up_to(site, head.start()) if site.between.endswith(head[0]) else ""
            named = named or state.last_level
            return Found("from-to", named) if named else None
        if site.place and state.read and self._words.pattern("reached", before="^(?:左右|以上)?").match(site.between):
            return Found("from-to", state.last, state.read[-1].kind)
        return None

    def _compared(self, site: Site, state: State) -> Found | None:
        """比全省平均水平低3个百分点: how far two places are apart is no growth."""
        apart = _APART.search(site.between)
        timed = any(t.tag == "TIME" for t in site.left)
        if apart is None or timed or self._words.pattern("yardsticks").search(apart[0]) is None:
            return None
        named = self._up_to(site, apart.start()) or state.last
        return Found("compared", named) if named else None

    def _growth(self, site: Site, state: State) -> Found | None:
        """同比增长17.4%; 较2020年底分别增长1.1倍和1.2倍; 是去年的1.8倍; 比上年增加10万元; 净增28家."""
        verb = self._grown.search(site.between)
        listed = self._goes_on(site, state)
        compared = _COMPARED.search(site.before) is not None
        if site.quantity.text.startswith("翻"):
            return self._grows(self._grown_one(site, state, listed, len(site.between)))
        if listed or (verb and (site.quantity.unit in RELATIVE or compared)):
            return self._grows(self._grown_one(site, state, listed, verb.start() if verb else len(site.between)))
        if site.quantity.unit == "倍" and _MULTIPLE.search(site.before):
            named = self._grown_one(site, state, listed, len(site.between))
            found = self._grows(named)
            return found if found is None or _YEARLY.search(site.before) else Found("growth", named)
        if verb and verb[0].startswith(self._words.edges("risen")):
            named = self._up_to(site, verb.start())
            if not named and _BY_SO_MUCH.match(verb[0]) and any(r.unit == site.quantity.unit for r in state.read):
                named = state.last_level
            return self._grows(named + verb[0] if _EACH.fullmatch(named) else named)
        return None

    @staticmethod
    def _grows(named: str) -> Found | None:
        return Found("growth", named, "Growth") if named else None

    @staticmethod
    def _goes_on(site: Site, state: State) -> bool:
        """Whether the number is the next of a list of changes: 分别增长15%和21%."""
        return bool(
            site.place and site.between in {"和", "、", "及", "与"} and state.read and state.read[-1].kind == "Growth"
        )

    def _grown_one(self, site: Site, state: State, listed: bool, stop: int) -> str:
        """Return what has grown."""
        said = levels(state.read)
        if listed or _RESPECTIVELY.search(site.before):
            # As many as there are numbers in this clause, in the same order.
            own = self._coordinated(site)
            if len(own) == site.total:
                return own[site.place]
            aligned = said[-site.total :] if len(said) >= site.total else said
            if site.place < len(aligned):
                return aligned[site.place].indicator
        cut = re.search(r"较|比(?!例|重|率)|同比|环比|与|是|为|相当于", site.between)
        stop = min(stop, cut.start() if cut else stop)
        return self._up_to(site, stop) or state.last or self._done_up_to(site, stop)

    # --- one number and its noun ---

    def _coordinated(self, site: Site) -> list[str]:
        """Return the members of A、B(和C) before 分别 in this clause."""
        found = _RESPECTIVELY.search(site.before)
        if found is None:
            return []
        end = site.clause.start + found.start()
        head = [t for t in site.clause.tokens if t.end <= end and t.tag != "TIME"]
        parts: list[list[Token]] = [[]]
        for token in head:
            if token.text in {"较", "比", "与"}:
                break
            if token.text in {"、", "和", "以及", "及"}:
                parts.append([])
            else:
                parts[-1].append(token)
        phrases = [self._phrases.ending(self._trimmed(part)) for part in parts]
        return phrases if len(phrases) > 1 and all(len(p) > 1 for p in phrases) else []

    def _respectively(self, site: Site, state: State) -> Found | None:
        """甲、乙分别达3人和4人; 两地分别覆盖企业64家、103家."""
        found = _RESPECTIVELY.search(site.before)
        if found is None:
            return None
        numbers = sites(site.clause, self._text)
        if again := self._references.aligned(site, numbers, state):
            return Found("respectively", again)
        own = self._coordinated(site)
        if len(own) == site.total:
            counted = self._phrases.after(numbers[-1])  # 甲厂、乙厂分别有31名和24名青工
            return Found("respectively", counted or own[site.place])
        earlier = levels(state.read[: len(state.read) - site.place])[-site.total :]
        if not own and len(earlier) == site.total and not self._named_behind(site, found.end()):
            return Found("respectively", earlier[site.place].indicator)
        if site.place and state.read:
            return Found("respectively", state.last)
        end = site.clause.start + found.end()
        behind = [t for t in site.left if t.start >= end]
        named = self._phrases.ending(self._trimmed(behind)) if behind else ""
        named = named or self._phrases.after(site) or self._phrases.after(numbers[-1])
        named = named or self._up_to(site, found.start())
        return Found("respectively", named) if named else None

    def _named_behind(self, site: Site, stop: int) -> bool:
        """Whether the clause names what is counted, before or behind its numbers."""
        tokens = [t for t in site.clause.tokens if t.tag != "TIME" and t.mention is None]
        at = site.clause.start + stop
        head = self._trimmed([t for t in tokens if t.end <= at and t.text not in {"累计", "总数", "总量"}])
        behind = [t for t in tokens if t.start >= at]
        loose = self._words["links"] | self._words["reached"] | self._words["growth"]
        return bool(head) or any(t.nominal and t.text not in loose for t in behind)

    def _counted(self, site: Site, state: State) -> Found | None:
        """12家单位; 创新工作室286个; 其中省级39个; 36人晋升高级工; 累计服务7万人次."""
        phrases = self._phrases
        before, after = phrases.before(site), phrases.after(site)
        if not after and state.read and (again := self._references.repeated(before, site, state)):
            return Found("continued", again)
        if phrases.behind_counts(site, before, after):
            return Found("counted-after", after)
        of_which = "其中" in site.before
        if site.left and site.left[-1].text == "等" and (done := phrases.deed(site)):
            return Found("deed", done)
        if before and not (site.left and site.left[-1].text == "的" and not after and phrases.deed(site)):
            return Found("of-which" if of_which else "counted-before", before)
        if purpose := phrases.purpose(site):
            return Found("counted-after", purpose)
        if (deed := phrases.deed(site)) and (site.quantity.unit not in RELATIVE or of_which):
            parts = of_which and site.quantity.unit == "%"
            return Found("deed", self._references.part_done(deed, state) if parts else deed)
        if verb := phrases.verb(site):
            topic = self._references.topic(verb, site, state)
            return Found("counted-before", topic or self._references.of_amount(verb, site, state))
        return None
