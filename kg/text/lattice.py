"""The possible beginnings of a damaged segment, followed side by side: the best of those that go on alike is kept."""

from __future__ import annotations

from heapq import heappush, heappushpop
from math import inf

from kg.text.likelihood import START, Beginning, Language

CLEAR = 3.5  # how much likelier than any other a possibility is, as a natural logarithm, to be no guess
_HOPELESS = 9.0  # how much likelier the best one is than one that is dropped
_SIFTED = 3  # for each state that is followed, how many are looked into


class Step:
    """One step of a possibility: what it wrote at an item, and how."""

    __slots__ = ("count", "guess", "item", "previous", "repaired", "text")

    def __init__(self, previous: Step | None, text: str, item: int, repaired: bool, guess: bool) -> None:
        self.previous = previous
        self.text = text
        self.item = item
        self.repaired = repaired
        self.guess = guess
        self.count: int = previous.count + 1 if previous else 1


class Doubt:
    """The items `[first, last]` at which another possibility, nearly as likely, wrote something else."""

    __slots__ = ("first", "last", "previous")

    def __init__(self, first: int, last: int, previous: Doubt | None) -> None:
        self.first = first
        self.last = last
        self.previous = previous


class State:
    """A possible beginning of what the segment was.

    Attributes:
        weights: Of its characters, as `Language.grown` wants them.
        recent: Its last characters, Simplified.
        cost: What speaks against it besides its language.
        pending: The bytes that its next character may start with, none where the bytes are in step.
        step: Its last step.
        last: Its last character as the page has it.
        alone: How many characters more it may be out of step because of a question mark without a reading.
        first: Whether the character that is to come was itself cut through.
        doubts: Where it is uncertain.
        score: Its likelihood, as a natural logarithm, cost included.
        ahead: The same as the beginning of something longer.
    """

    __slots__ = ("ahead", "alone", "cost", "doubts", "first", "last", "pending", "score", "step", "text")

    def __init__(
        self,
        text: Beginning,
        cost: float,
        pending: bytes,
        step: Step | None,
        last: str,
        doubts: Doubt | None = None,
        alone: int = 0,
        *,
        first: bool = False,
    ) -> None:
        self.text = text
        self.cost = cost
        self.pending = pending
        self.step = step
        self.last = last
        self.alone = alone
        self.first = first
        self.doubts = doubts
        self.score = text[0] - cost
        self.ahead = text[1] - cost

    def path(self) -> list[Step]:
        """Return its steps in order."""
        found: list[Step] = []
        step = self.step
        while step is not None:
            found.append(step)
            step = step.previous
        return found[::-1]

    def doubted(self, first: int, last: int) -> bool:
        """Tell whether what it wrote at the items `[first, last]` is uncertain."""
        doubt = self.doubts
        while doubt is not None:
            if doubt.first <= last and first <= doubt.last:
                return True
            doubt = doubt.previous
        return False


def begin(language: Language, before: str, last: str) -> State:
    """Return the state behind sound text."""
    text = START
    for character in before:
        text = language.grown(text, character)
    return State(text, 0.0, b"", None, last)


class Front:
    """The states that are most worth following out of those that come of an item.

    Args:
        width: How many are wanted.

    Attributes:
        floor: How likely a state must be, as a beginning, to be one of them.
    """

    def __init__(self, width: int) -> None:
        self.floor = self._best = -inf
        self._width = width
        self._found: list[tuple[float, int, State]] = []
        self._most = _SIFTED * width
        self._count = 0

    def add(self, state: State) -> None:
        """Add a state, unless it is too far behind."""
        if state.ahead < self.floor:
            return
        self._count -= 1  # of equals the first is the better
        row = (state.ahead, self._count, state)
        if len(self._found) < self._most:
            heappush(self._found, row)
        else:
            heappushpop(self._found, row)
        self._best = max(self._best, state.ahead)
        full = len(self._found) == self._most
        self.floor = max(self._best - _HOPELESS, self._found[0][0] if full else -inf)

    def pruned(self) -> list[State]:
        """Return the best states, the best first; of those that go on alike only the best."""
        kept: dict[tuple[str, str, bytes, int, bool], State] = {}
        found: list[State] = []
        for ahead, _, state in sorted(self._found, reverse=True):
            if ahead < self._best - _HOPELESS:
                break
            key = (state.text[2], state.last, state.pending, state.alone, state.first)
            better = kept.get(key)
            if better is None:
                if len(found) < self._width:
                    kept[key] = state
                    found.append(state)
            elif better.score - state.score < CLEAR:
                _note_difference(better, state)
        return found


def _note_difference(better: State, other: State) -> None:
    one, two = better.step, other.step
    ones: list[Step] = []
    twos: list[Step] = []
    while one is not two:
        first, second = one.count if one else 0, two.count if two else 0
        if one is not None and first >= second:
            ones.append(one)
            one = one.previous
        if two is not None and second >= first:
            twos.append(two)
            two = two.previous
    # They are the other way round here: what both end in is no difference.
    same = 0
    while same < min(len(ones), len(twos)) and (ones[same].item, ones[same].text) == (twos[same].item, twos[same].text):
        same += 1
    different = ones[same:] + twos[same:]
    if different:
        items = [step.item for step in different]
        better.doubts = Doubt(min(items), max(items), better.doubts)
