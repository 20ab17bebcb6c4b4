"""Where a trigger stands, and who acts around it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from kg.extract.clauses import Clause, Group, Sentence, conjunct_before, groups_of, marker_before, words_for
from kg.extract.context import Context
from kg.extract.rulebook.ruleset import Slot
from kg.model import Mention

JOINT_MARKERS = frozenset({"会同", "联合", "携手", "联手", "协同"})
_DEPARTMENTS = re.compile(r"等\s*(?:\d+|[一二两三四五六七八九十]+)余?个(?:部门|科室|处室|车间)")
_BACKS = frozenset({"指导", "支持", "监制", "赞助"})  # of the hosts beside: 由甲指导、乙主办


@dataclass(frozen=True, slots=True)
class Site:
    """Where a trigger stands, from which a slot looks around."""

    slot: Slot
    sentence: Sentence
    index: int
    start: int
    end: int
    context: Context

    @property
    def clause(self) -> Clause:
        """The clause in which the trigger stands."""
        return self.sentence.clauses[self.index]

    def groups(self, clause: Clause) -> list[Group]:
        """Return the coordinations of names of the slot's types in a clause."""
        return groups_of(clause.tokens, lambda m: m.type in self.slot.types and m.start not in clause.embedded)

    def agents(self) -> list[Group]:
        """Return the clause's agent groups before the trigger, members of other types dropped."""
        kept = []
        for group in self.clause.groups:
            members = self.fitting(group)
            if members and group.end <= self.start:
                kept.append(Group(members, group.first, group.last))
        return kept

    def fitting(self, group: Group) -> tuple[Mention, ...]:
        """Return the members of a group that the slot takes.

        Departments of a firm that stand for several (技术中心、财务部等11个部门) are none by name.
        """
        among = _DEPARTMENTS.match(self.context.text, group.end) is not None
        return tuple(m for m in group.members if m.type in self.slot.types and not (among and m.owner is not None))

    def marked(self, markers: frozenset[str], *, own_verb: bool = False) -> tuple[Mention, ...]:
        """Return the nearest agents before the trigger that stand behind one of these words.

        Args:
            markers: The words.
            own_verb: Leave out agents whose verb is another: of 由甲主办、乙承办的 乙 stands before 承办, unmarked.
        """
        later: Group | None = None
        for group in reversed(self.agents()):
            if marker_before(self.clause.tokens, group.first) in markers:
                between = self.clause.tokens[group.last + 1 : later.first] if later and own_verb else ()
                acts = any((t.verbal and t.text not in JOINT_MARKERS) or t.text in _BACKS for t in between)
                if own_verb and later and later.first and self.clause.tokens[later.first - 1].text == "的":
                    return later.members  # 由甲任组长的领导小组统筹
                acts = acts or (own_verb and self.relative(group))
                return () if acts else group.members
            later = later or group
        return ()

    def relative(self, group: Group) -> bool:
        """Whether a group acts in a relative clause that ends before the trigger: 由甲主办的大赛启动."""
        said = [t for t in self.clause.tokens[group.last + 1 :] if t.start < self.start]
        return any(t.text == "的" and before.verbal for before, t in itertools.pairwise(said))

    def with_joint(self, group: Group) -> tuple[Mention, ...]:
        """Return the slot's members of a subject and those that 会同 or 联合 joins to them."""
        own = self.fitting(group)
        joint = self.marked(JOINT_MARKERS)
        return own + tuple(m for m in joint if m not in own) if own else ()

    def someone_else_acts(self) -> bool:
        """Whether the subject does not act: what stands behind 由 does, or the trigger has a subject of its own."""
        said = self.clause.tokens[self.conjunct() :]
        return self.other_conjunct() or any(t.text == "由" and t.start < self.start for t in said)

    def modifies(self) -> bool:
        """Whether the trigger and its object only describe what stands behind them: 牵头“乙”行动的是甲."""
        behind = [t for t in self.clause.tokens if t.start >= self.end]
        named = next((i for i, t in enumerate(behind) if t.mention is not None), None)
        if named is None or any(t.verbal or t.tag == "w" for t in behind[:named]):
            return False
        return named + 1 < len(behind) and behind[named + 1].text == "的"

    def conjunct(self) -> int:
        """Return the index of the token with which the predicate around the trigger begins."""
        return conjunct_before(self.clause.tokens, self.start)

    def other_conjunct(self) -> bool:
        """Whether the trigger is said of someone who acts beside the subject: 甲牵头、各方参与, 甲主办、乙承办."""
        begin = self.conjunct()
        said = [t for t in self.clause.tokens[begin:] if t.start < self.start]
        causing = next((i for i, t in enumerate(said) if i and t.text in words_for("causatives")), None)
        if causing is not None:  # 支持企业开展: the firms do
            said = said[causing + 1 :]
        elif begin == 0:
            return False
        return any(t.nominal and not t.verbal and t.text not in words_for("adverbs") for t in said)
