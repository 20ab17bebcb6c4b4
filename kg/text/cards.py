"""Repeated elements of markup: cards of other articles, answers and comments, each with its date, name or buttons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.model import BlockKind
from kg.text import furniture
from kg.text.lines import Line

_LEAST_LINES = 2  # of a card
_LEAST_CARDS = 2


def assess_cards(lines: Sequence[Line]) -> None:
    """Lower what stands in elements of one kind that follow one another, each with a date, a name or buttons.

    Where they hold what the page is about, as answers to a question do, the first of them stays.
    """
    for cards in _lists(lines):
        if _are_record(lines, cards):
            continue
        before = sum(1 for line in lines[: cards[0].start] if line.strong and line.section is None)
        told = [_told(lines, card) for card in cards]
        if not any(told):  # a list of names, a table of dates
            told = [_shown(lines, card) for card in cards]
        stays = next((at for at, count in enumerate(told) if 2 * count >= max(told)), -1) if before < 2 else -1
        kind = BlockKind.REPLY if _speaks(lines, cards) else BlockKind.TEASER
        for number, card in enumerate(cards):
            for index in card if number != stays else ():
                if lines[index].section is None:
                    lines[index].section = kind
                    lines[index].score -= 4.0


def _lists(lines: Sequence[Line]) -> list[list[range]]:
    """Return the lists of cards, outermost and in page order, each card with its lines."""
    spans: dict[tuple[int, str], dict[int, list[int]]] = defaultdict(dict)
    for index, line in enumerate(lines):
        within, kinds = line.source.within, line.source.kinds
        for level in range(len(within) - 1):
            span = spans[within[level + 1], kinds[level]].setdefault(within[level], [index, index])
            span[1] = index
    found = []
    for (_, kind), elements in spans.items():
        cards = [range(first, last + 1) for first, last in elements.values()]
        if len(cards) < (_LEAST_CARDS if kind[-1] != "." else _LEAST_CARDS + 1) or kind.split(".")[0] in {
            "p",
            "td",
            "tr",
            "tbody",
            "h2",
            "h3",
        }:
            continue
        if 3 * sum(_is_card(lines[card.start : card.stop]) for card in cards) >= 2 * len(cards):
            found.append(cards)
    return sorted(found, key=lambda cards: cards[0].start)


def _is_card(lines: Sequence[Line]) -> bool:
    """Tell whether an element holds both words of an item and its date, name or buttons."""
    if len(lines) < _LEAST_LINES:
        return False
    marks = sum(1 for line in lines if line.hint in {BlockKind.META, BlockKind.FURNITURE})
    return 0 < marks < len(lines)


def _are_record(lines: Sequence[Line], cards: Sequence[range]) -> bool:
    """Tell whether cards hold one letter and its answer, each below its label."""
    heads = [lines[card.start].text for card in cards]
    return sum(map(furniture.heads_letter, heads)) == 1 and any(map(furniture.heads_answer, heads))


def _told(lines: Sequence[Line], card: range) -> int:
    """Return the length of the paragraphs of a card."""
    return sum(lines[index].chinese for index in card if lines[index].strong and lines[index].section is None)


def _shown(lines: Sequence[Line], card: range) -> int:
    """Return how much a card shows that nothing speaks against."""
    return sum(lines[index].chinese for index in card if lines[index].hint is None and lines[index].source.link < 0.5)


def _speaks(lines: Sequence[Line], cards: Sequence[range]) -> bool:
    """Tell whether most cards hold sentences."""
    speaking = sum(1 for card in cards if any(lines[index].final for index in card))
    return 2 * speaking > len(cards)
