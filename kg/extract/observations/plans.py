"""Whether a number is reached or only aimed at."""

from __future__ import annotations

from kg.extract.clauses import Clause, Sentence
from kg.extract.observations.words import Words

_NOW = frozenset({"现在", "目前", "眼下", "如今", "现有", "已", "已经"})
_FROM = frozenset({"由", "从", "在"})


def planned_from(sentence: Sentence, words: Words, published: str, carried: bool) -> int | None:
    """Return the offset from which the numbers of a sentence are aims, or None.

    Args:
        sentence: The sentence.
        words: The words of the rules; `ability` only says that something can be done.
        published: Date of the article as `YYYY-MM-DD`, or "".
        carried: Whether the sentence goes on, behind a semicolon, with one that states aims.
    """
    if carried:
        return sentence.start
    first = sentence.clauses[0]
    if "目标" in sentence.heading:
        return sentence.start
    if first.plan == first.start and first.tokens[0].text not in words["aims"] and first.tokens[0].tag != "TIME":
        return first.start  # its heading announces plans
    for clause in sentence.clauses:
        deadline = _deadline(clause, published)
        if deadline is not None:
            return deadline
        intention = _intention(clause)
        if intention is not None:
            return intention
        if clause.plan is not None and _demands(clause, clause.plan, words):
            return clause.plan
    return None


def looks_back(clause: Clause, offset: int, planned: int, published: str) -> bool:
    """Whether a clause behind plans turns to what is or was: 要扩到100家，现在有16家，去年增加9家.

    Args:
        clause: The clause of a number.
        offset: Where the number begins.
        planned: From where its sentence states aims.
        published: Date of the article as `YYYY-MM-DD`, or "".
    """
    if clause.start <= planned:
        return False
    before = ""
    for token in clause.tokens:
        if token.start >= offset:
            break
        if before in _FROM:
            return False  # 由目前的16家扩到100家
        if token.text in _NOW:
            return True
        before = token.text
        time = token.time
        if time is not None and time.role != "baseline" and time.period.end is not None and published:
            return time.period.end < published
    return False


def _demands(clause: Clause, offset: int, words: Words) -> bool:
    index = next((i for i, t in enumerate(clause.tokens) if t.start == offset), None)
    if index is None:
        return False
    token = clause.tokens[index]
    if token.text in words["ability"] or token.text not in words["aims"]:
        return False
    return not any(t.text in {"已", "已经", "了"} for t in clause.tokens[index + 1 : index + 4])


def _intention(clause: Clause) -> int | None:
    """Return where a clause says that someone plans to do something: 全市计划培训…, not 招生计划完成…."""
    tokens = clause.tokens
    for i, token in enumerate(tokens[:-1]):
        if token.text != "计划" or not tokens[i + 1].verbal:
            continue
        before = tokens[i - 1] if i else None
        if before is None or before.mention is not None or before.tag in {"TIME", "d", "r"}:
            return token.start
    return None


def _deadline(clause: Clause, published: str) -> int | None:
    """Return where a clause names a time to come by which something is to be so: 到2027年."""
    for token in clause.tokens:
        if token.time is not None and token.time.role == "until" and published:
            end = token.time.period.end
            if (
                end is not None
                and end[:10] > published
                and not token.text.startswith("截")
                and token.text[0] in "到至2"
            ):
                return token.start
    return None
