"""Numbers that describe something: what is counted, of whom, when, and whether it is a level, growth, share or target.

Each quantity of a clause is tried against the constructions that `rules/observation.yaml` declares, in this order:

    share           甲占乙的28.7%             from-to     由120家扩展到460家
    growth          同比增长17.4%             of-which    其中省级以上39个
    counted-after   12家单位, 1.2万名职工      counted-before  创新工作室286个
    deed            36人晋升高级工, 累计服务7万人  continued   (nothing named: the indicator before)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.clauses import Clause, Group, Sentence
from kg.extract.match import Context
from kg.extract.ruleset import Rule, RuleSet
from kg.extract.segment import Token
from kg.extract.times import Time
from kg.model import Fact, Kind, Mention, Period, Quantity
from kg.naming import INITIATIVES, ORGANISATIONS

# Units that count persons or money by themselves and take no noun behind them, unlike 家, 项, 个.
_SELF_SUFFICIENT = frozenset(
    {"人", "人次", "元", "%", "倍", "个百分点", "美元", "吨", "亩", "平方米", "公里", "人日", "千瓦时"}
)
_RELATIVE = frozenset({"%", "倍", "个百分点"})


@dataclass(slots=True)
class _Read:
    """An observation of this sentence, to which later ones refer back."""

    indicator: str
    unit: str
    kind: Kind
    about: Mention | None
    period: Period | None
    clause: int


@dataclass(slots=True)
class _State:
    """What carries over from clause to clause."""

    read: list[_Read] = field(default_factory=list)
    period: Period | None = None
    about: Mention | None = None


@dataclass(frozen=True, slots=True)
class _Site:
    """A quantity in its clause, with the stretch of words on either side that may belong to it."""

    clause: Clause
    index: int  # of the quantity among the clause's tokens
    left: tuple[Token, ...]
    right: tuple[Token, ...]
    quantity: Quantity
    before: str  # the clause up to the quantity, as written
    row: tuple[int, int]  # which of how many quantities of the clause this is


class ObservationReader:
    """Reads the observations of a sentence by the declared constructions."""

    def __init__(self, rules: RuleSet, text: str) -> None:
        self._rules = {rule.construction: rule for rule in rules.of("observation")}
        self._text = text
        words = {k: v for rule in self._rules.values() for k, v in rule.words.items()}
        self._words = {k: frozenset(v) for k, v in words.items()}
        self._growth = _either(words.get("growth", ()))
        self._share = _either(words.get("share", ()))
        self._reached = _either(words.get("reached", ()))
        self._baseline = re.compile(r"(?:较|比|同比|环比|与[^,，]{2,12}相比|是)")

    def read(self, sentence: Sentence, context: Context, subject_of: dict[int, Mention]) -> list[Fact]:
        """Return the observations of a sentence.

        Args:
            sentence: The sentence, analysed.
            context: The article around it.
            subject_of: By index of clause, the initiative or event that the clause before it set going.
        """
        state = _State()
        facts: list[Fact] = []
        for number, clause in enumerate(sentence.clauses):
            if number in subject_of:
                state.about = subject_of[number]
            self._take_time(clause, clause.start, state, context)
            quantities = [i for i, t in enumerate(clause.tokens) if t.quantity is not None]
            for n, index in enumerate(quantities):
                site = self._site(clause, quantities, n, index)
                self._take_time(clause, site.quantity.start, state, context)
                fact = self._observe(site, number, sentence, state, context)
                if fact is not None:
                    facts.append(fact)
        return facts

    # --- the surroundings of a quantity ---

    def _site(self, clause: Clause, quantities: Sequence[int], n: int, index: int) -> _Site:
        tokens = clause.tokens
        begin = quantities[n - 1] + 1 if n else 0
        end = quantities[n + 1] if n + 1 < len(quantities) else len(tokens)
        quantity = tokens[index].quantity
        assert quantity is not None
        return _Site(
            clause,
            index,
            tuple(tokens[begin:index]),
            tuple(tokens[index + 1 : end]),
            quantity,
            self._text[clause.start : quantity.start],
            (n, len(quantities)),
        )

    def _take_time(self, clause: Clause, upto: int, state: _State, context: Context) -> None:
        for time in context.times:
            if clause.start <= time.start < max(upto, clause.start + 1) and time.role != "baseline":
                if time.period is not None and not self._compares(clause, time):
                    state.period = time.period

    def _compares(self, clause: Clause, time: Time) -> bool:
        """Whether a time is what something is compared with (较2020年底, 是2018年的)."""
        before = self._text[clause.start : time.start]
        after = self._text[time.end : time.end + 2]
        return before.endswith(("较", "比", "是", "为", "与")) and (
            not before.endswith(("是", "为")) or after[:1] == "的"
        )

    # --- one quantity ---

    def _observe(self, site: _Site, number: int, sentence: Sentence, state: _State, context: Context) -> Fact | None:
        kind: Kind = "Level"
        found = (
            self._as_share(site, state)
            or self._as_from_to(site, state)
            or self._as_growth(site, state)
            or self._as_counted(site, state)
            or self._as_continued(site, state)
        )
        if found is None:
            return None
        construction, indicator, kind = found
        rule = self._rules.get(construction)
        indicator = _tidy(indicator)
        if rule is None or not indicator:
            return None
        if site.clause.is_plan(site.quantity.start) and kind != "Growth":
            kind = "Target"
        about = self._about(site, sentence, state, context)
        if about is None:
            return None
        baseline = self._baseline_of(site, context)
        period = self._period(state, kind, baseline)
        state.read.append(_Read(indicator, site.quantity.unit, kind, about, state.period, number))
        return Fact(
            "observation",
            {
                "about": about,
                "indicator": indicator,
                "quantity": site.quantity,
                "kind": kind,
                "period": period,
                "baseline": baseline,
                "of_which": state.read[-2].indicator if construction == "of-which" and len(state.read) > 1 else None,
            },
            site.quantity.start,
            site.quantity.end,
            rule.id,
            rule.confidence,
        )

    def _as_share(self, site: _Site, state: _State) -> tuple[str, str, Kind] | None:
        """甲占乙的28.7%; 占比31.3%."""
        if site.quantity.unit not in {"%", "倍"}:
            return None
        before = self._text[site.left[0].start : site.quantity.start] if site.left else ""
        match = None
        for match in self._share.finditer(before):
            pass
        if match is None:
            return None
        subject = _noun_phrase(before[: match.start()], self._words.get("adverbs", frozenset()))
        named = subject or self._last_level(state)
        if not named:
            return None
        return "share", named if named.endswith(("占比", "比重")) else f"{named}占比", "Share"

    def _as_from_to(self, site: _Site, state: _State) -> tuple[str, str, Kind] | None:
        """由2021年的47%升至近七成; 由120家扩展到460家."""
        before = self._text[site.clause.start : site.quantity.start]
        if site.row[0] == 0 and site.row[1] > 1:
            following = self._text[site.quantity.end : site.right[-1].end] if site.right else ""
            head = re.search(r"(?:由|从)(?:\S{0,12}?)$", before)
            if head and self._reached.search(following):
                named = _noun_phrase(before[: head.start()], self._words.get("adverbs", frozenset()))
                named = named or self._last_level(state)
                return ("from-to", named, "Level") if named else None
        if site.row[0] > 0 and state.read:
            between = self._text[site.left[0].start : site.quantity.start] if site.left else ""
            head = re.search(r"(?:由|从)[^,，]*$", before)
            if head and self._reached.match(between.lstrip("的")):
                return "from-to", state.read[-1].indicator, state.read[-1].kind
        return None

    def _as_growth(self, site: _Site, state: _State) -> tuple[str, str, Kind] | None:
        """同比增长17.4%; 较2020年底分别增长1.1倍和1.2倍; 是去年的1.8倍; 比上年增加10万元."""
        before = self._text[site.left[0].start : site.quantity.start] if site.left else ""
        whole = site.before
        multiple = site.quantity.unit == "倍" and re.search(r"(?:是|为|达到?)[^,，]*的$", whole)
        verb = re.search(rf"(?:{self._growth.pattern})了?(?:近|约|超|超过|逾|不到|大约)?$", before)
        listed = (
            site.row[0] > 0 and before in {"和", "、", "及", "与"} and state.read and state.read[-1].kind == "Growth"
        )
        compared = re.search(r"(?:较|比|同比)", whole)
        if not (multiple or listed or (verb and (site.quantity.unit in _RELATIVE or compared))):
            return None
        levels = [r for r in state.read if r.kind != "Growth"]
        if listed or (verb and re.search("分别|各|依次", whole)):
            # As many as there are numbers in this clause, in the same order.
            total = site.row[1]
            aligned = levels[-total:] if len(levels) >= total else levels
            own = self._coordinated(site)
            if own and len(own) == total:
                return "growth", own[site.row[0]], "Growth"
            if site.row[0] < len(aligned):
                return "growth", aligned[site.row[0]].indicator, "Growth"
        head = before[: verb.start()] if verb else before
        head = re.split(r"(?:较|比|同比|环比|与|是|为)", head, maxsplit=1)[0]
        named = _noun_phrase(head, self._words.get("adverbs", frozenset()))
        if not named and state.read:
            named = state.read[-1].indicator
        return ("growth", named, "Growth") if named else None

    def _as_counted(self, site: _Site, state: _State) -> tuple[str, str, Kind] | None:
        of_which = any(t.text == "其中" for t in site.left) or (
            not site.row[0] and site.clause.tokens[0].text == "其中"
        )
        if "分别" in site.before:
            aligned = self._aligned(site, state)
            if aligned:
                return "respectively", aligned, "Level"
        after = self._noun_after(site)
        left = self._noun_before(site)
        unit = site.quantity.unit
        if left and not (after and self._attributive(site)):
            if of_which:
                return "of-which", self._completed(left, state), "Level"
            return "counted-before", left, "Level"
        if after:
            return "counted-after", after, "Level"
        deed = self._deed(site)
        if deed and unit not in _RELATIVE:
            return "deed", deed, "Level"
        verb = self._verb_before(site)
        if verb:
            return "counted-before", verb, "Level"
        return None

    def _as_continued(self, site: _Site, state: _State) -> tuple[str, str, Kind] | None:
        if state.read:
            last = state.read[-1]
            return "continued", re.sub(r"^(?:新建|新增|净增)", "", last.indicator), "Level"
        return None

    # --- what is counted ---

    def _noun_after(self, site: _Site) -> str:
        """The noun that the measure word counts: 12家单位, 1.2万名一线职工."""
        if not site.right or (site.quantity.unit in {"%", "倍", "个百分点"} and site.right[0].text != "的"):
            if not (
                site.quantity.unit == "%"
                and site.right
                and site.right[0].nominal
                and not site.right[0].tag.startswith("f")
            ):
                return ""
        tokens = list(site.right)
        if tokens and tokens[0].text == "的":
            tokens = tokens[1:]
        taken: list[Token] = []
        for i, token in enumerate(tokens):
            if (
                token.text in "“”"
                or (token.mention is not None and token.mention.type not in {"Person", "Region"})
                or (token.text == "的" and taken and i + 1 < len(tokens) and tokens[i + 1].nominal)
                or (
                    token.text in {"和", "、"}
                    and taken
                    and i + 1 < len(tokens)
                    and tokens[i + 1].nominal
                    and site.row[0] + 1 == site.row[1]
                )
                or (token.nominal and not token.tag.startswith(("f", "s")) and not token.verbal)
                or token.text in self._words.get("modifiers", frozenset())
            ):
                taken.append(token)
            else:
                break
            if len(taken) > 8:
                break
        while taken and taken[-1].text in {"的", "和", "、", "“"}:
            taken.pop()
        if not taken or (len(taken) == 1 and len(taken[0].text) < 2 and taken[0].tag not in {"n"}):
            return ""
        return self._text[taken[0].start : taken[-1].end]

    def _attributive(self, site: _Site) -> bool:
        """Whether the noun behind the quantity, rather than that before it, is what is counted."""
        if site.quantity.unit in _SELF_SUFFICIENT:
            return False
        following = self._noun_after(site)
        if not following:
            return False
        before = site.left[-1] if site.left else None
        # 创新工作室286个 ends where the clause or the member of the list ends; 覆盖64家企业 has a verb before it.
        return before is None or not before.nominal or before.verbal or before.tag.startswith(("v", "d", "p", "t", "f"))

    def _noun_before(self, site: _Site) -> str:
        """The noun phrase that ends before the quantity, with the verb that narrows it."""
        tokens = [t for t in site.left if t.tag != "TIME"]
        while tokens and (
            tokens[-1].tag in {"d", "ad", "p", "c", "u", "ul", "uj"}
            or tokens[-1].text in self._words.get("links", frozenset())
            or tokens[-1].text in {"“", "分别", "其中"}
        ):
            tokens.pop()
        taken: list[Token] = []
        verb: Token | None = None
        depth = 0
        for token in reversed(tokens):
            if token.text in "”":
                depth += 1
            elif token.text in "“":
                depth -= 1
            elif depth > 0:
                pass
            elif token.text == "其中" or token.tag == "NUM":
                break
            elif token.mention is not None and token.mention.type in {"Region", "Person"} | ORGANISATIONS:
                if token.mention.type not in {"School", "Organization", "Enterprise"} or not taken:
                    pass
                break
            elif token.tag == "w" and token.text not in "、/+-":
                break
            elif (
                token.text in {"的", "和", "与", "及", "、", "以上", "以下", "/"} and taken
            ) or token.text in self._words.get("modifiers", frozenset()):
                pass
            elif token.verbal:
                if taken and token.text in self._words.get("light", frozenset()):
                    break
                if taken and token.text in self._words.get("narrowing", frozenset()):
                    verb = token
                    break
                if taken and not self._inside_noun(token, taken):
                    break
                if not taken:
                    return ""
            elif not (token.nominal or token.tag in {"m", "q", "x", "eng", "nz"}):
                break
            taken.append(token)
            if len(taken) > 12:
                break
        taken.reverse()
        while taken and (
            taken[0].text in {"的", "和", "与", "及", "、", "并", "其", "以上", "”", "等"}
            or taken[0].tag in {"d", "f", "t"}
        ):
            taken.pop(0)
        if not taken:
            return ""
        start = verb.start if verb is not None else taken[0].start
        return self._text[start : taken[-1].end]

    def _inside_noun(self, token: Token, taken: Sequence[Token]) -> bool:
        """Whether a verb modifies the noun behind it (参赛选手, 创新项目) rather than governing it."""
        return token.text in self._words.get("modifying", frozenset()) or (len(token.text) == 1 and token.tag == "x")

    def _verb_before(self, site: _Site) -> str:
        """The verb that ends before the quantity, where nothing else is counted: 累计服务7万人次."""
        tokens = list(site.left)
        while tokens and (
            tokens[-1].tag in {"d", "ad", "u", "ul", "uj", "p", "c"}
            or tokens[-1].text in self._words.get("links", frozenset())
        ):
            tokens.pop()
        if not tokens or tokens[-1].tag in {"w", "NUM", "TIME"}:
            return ""
        last = tokens[-1]
        start = last.start
        i = len(tokens) - 2
        while (
            i >= 0
            and (tokens[i].nominal or tokens[i].tag in {"d", "r", "q"})
            and tokens[i].mention is None
            and len(tokens) - i < 5
        ):
            start = tokens[i].start
            i -= 1
        return self._text[start : last.end]

    def _deed(self, site: _Site) -> str:
        """What so many did, behind the quantity: 36人现场晋升高级工."""
        if not site.right or site.quantity.unit not in {"人", "名", "家", "人次", "个", "位", "户", "支", "对"}:
            return ""
        tokens = list(site.right)
        while tokens and tokens[0].tag in {"d", "ad", "s", "p", "TIME"}:
            tokens.pop(0)
        if not tokens or not tokens[0].verbal:
            return ""
        end = next((t.start for t in tokens if t.tag == "w" and t.text not in "“”、"), tokens[-1].end)
        return self._text[tokens[0].start : min(end, tokens[0].start + 24)]

    def _coordinated(self, site: _Site) -> list[str]:
        """The members of A、B(和C) before 分别 in this clause."""
        head = site.before.split("分别")[0] if "分别" in site.before else ""
        head = re.split(r"(?:较|比|与)", head)[0]
        parts = [p for p in re.split(r"[、和]|以及", head) if p]
        parts = [_noun_phrase(p, self._words.get("adverbs", frozenset())) for p in parts]
        return parts if len(parts) > 1 and all(parts) else []

    def _aligned(self, site: _Site, state: _State) -> str:
        """With 分别, the member of the list that has the same place as the number: A、B分别达3人和4人."""
        own = self._coordinated(site)
        total = site.row[1]
        if len(own) == total and not any(len(p) < 2 for p in own):
            tail = ""
            return own[site.row[0]] + tail
        behind = site.before.split("分别", 1)[1] if "分别" in site.before else ""
        common = _noun_phrase(re.sub(r"[\d.,万亿余多、和]+\S*$", "", behind), frozenset())
        if site.row[0] and state.read:
            return state.read[-1].indicator
        return common

    def _completed(self, part: str, state: _State) -> str:
        """其中省级以上39个: the part takes the noun of the whole where it has none."""
        last = self._last_level(state)
        if last and re.fullmatch(
            r"(?:国家|省|市|县|区|州|部|自治区)?(?:[、和]?(?:国家|省部|省|市|县|区|州|部))*级(?:以上|及以上)?|\S{0,4}以上",
            part,
        ):
            return part + re.sub(r"^(?:新建|新增|建成|累计|各级)", "", last)
        return part

    @staticmethod
    def _last_level(state: _State) -> str:
        for read in reversed(state.read):
            if read.kind in {"Level", "Target"} and read.unit not in _RELATIVE:
                return read.indicator
        return state.read[-1].indicator if state.read else ""

    # --- whose, and when ---

    def _about(self, site: _Site, sentence: Sentence, state: _State, context: Context) -> Mention | None:
        subject = self._subject(site.clause, site.quantity.start)
        place = context.place(site.quantity.start)
        if subject is not None and subject.type == "Region":
            return subject
        if state.about is not None and not (subject is not None and site.clause.own_subject):
            return state.about
        if subject is not None and subject.type in {"Enterprise", "School", "Organization", "CoordinationBody"}:
            return subject
        if subject is not None and subject.type in ORGANISATIONS and site.quantity.unit == "元":
            return subject
        return place or subject

    @staticmethod
    def _subject(clause: Clause, upto: int) -> Mention | None:
        group: Group | None = clause.subject
        if group is not None and group.start < upto:
            member = group.members[-1] if len(group.members) == 1 else group.members[0]
            return member
        return None

    def _baseline_of(self, site: _Site, context: Context) -> Period | None:
        for time in context.times:
            if site.clause.start <= time.start < site.quantity.start and time.period is not None:
                if time.role == "baseline" or self._compares(site.clause, time):
                    return time.period
        return None

    @staticmethod
    def _period(state: _State, kind: Kind, baseline: Period | None) -> Period | None:
        period = state.period
        if kind == "Growth" and baseline is not None and period is not None and baseline.end and period.end:
            if "/" in baseline.edtf or len(baseline.edtf) == 4:
                start = baseline.edtf.rsplit("/", 1)[-1]
                end = period.edtf.rsplit("/", 1)[-1]
                if end not in {"..", ""} and start < end:
                    return Period(f"{start}/{end}", baseline.end, period.end)
        return period


def _either(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)")


_PRONOUN = re.compile(
    r"^(?:其中|目前|截至目前|全省|全市|全县|全区|全州|我省|我市|我区|我县|本市|该市|该县|该区|当地|共|已|累计|并|而|且|也|均|都|又|还)+"
)


def _noun_phrase(text: str, adverbs: frozenset[str]) -> str:
    """Return the noun phrase at the end of a stretch of text: what follows its last comma, without adverbials."""
    text = re.split(r"[，,；;：:。]", text)[-1].strip("、和与及的 ")
    text = _PRONOUN.sub("", text)
    for word in sorted(adverbs, key=len, reverse=True):
        text = text.removesuffix(word)
    return _PRONOUN.sub("", text).strip("、和与及的 ")


def _tidy(indicator: str) -> str:
    """Return an indicator without what belongs to the place, the time or the bound."""
    text = _PRONOUN.sub("", indicator.strip("、，,和与及的了 "))
    if text.count("“") != text.count("”"):
        text = text.strip("“”") if text.count("“") + text.count("”") == 1 else text.replace("“", "").replace("”", "")
    return text


def about_after(sentence: Sentence, facts: Sequence[Fact]) -> dict[int, Mention]:
    """Return, by index of clause, the initiative or event that an earlier clause of the sentence set going."""
    found: dict[int, Mention] = {}
    for fact in facts:
        for slot in ("initiative", "event"):
            mention = fact.slots.get(slot)
            if fact.type in {"implements", "organises", "leads"} and isinstance(mention, Mention):
                if mention.type == "Reform" or mention.type not in INITIATIVES | {"Event"}:
                    continue
                for number, clause in enumerate(sentence.clauses):
                    if clause.start <= mention.start < clause.end:
                        found[number] = mention
    return found


def rule_for(rules: RuleSet, construction: str) -> Rule | None:
    """Return the rule that declares a construction."""
    return next((r for r in rules.of("observation") if r.construction == construction), None)
