"""Who acts in the clauses of a text, from one to the next, and which of them state a plan rather than a fact."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from kg.extract.clauses import Clause, Group, Posts, Sentence, groups_of, is_agent, joined, marker_before, words_for
from kg.extract.data import table
from kg.extract.segment import Token

_ADVERBIAL = re.compile(r"^(d|ad|t|f|p|c|m|r|TIME|NUM|zg|y|u)")


def analyse(
    sentences: Sequence[Sentence], posts: Posts, text: str, carried: Group | None = None, published: str = ""
) -> None:
    """Fill in groups, subjects and modality of the sentences of one block, clause by clause.

    Args:
        sentences: The sentences of one block in order.
        posts: The posts in the article.
        text: The article's text.
        carried: Who acts where the block does not begin by saying so.
        published: Date of the article as `YYYY-MM-DD`, or "".
    """
    before_enumeration: Group | None = None
    enumerating = planning = False
    for number, sentence in enumerate(sentences):
        past = _tells_of_past(sentence, published)
        heads = not past and _heads_plans(sentence.heading)
        if _enumerators().match(text[sentence.start : sentence.end].lstrip()):
            if not enumerating:
                before_enumeration, enumerating = carried, True
            carried = before_enumeration
        speaker = _speaker_of_quote(sentences, number, posts, text)
        carried = speaker or carried
        planned = planning and not past and not _says_who(sentence, posts)
        topic: Group | None = None
        asks = text[sentence.start : sentence.end].rstrip("”』」 \n").endswith(("？", "?"))
        assigned = any(c.remark for s in sentences[number : number + 2] for c in s.clauses)
        for clause in sentence.clauses:
            carried = _analyse_clause(clause, posts, carried)
            if clause.own_subject and topic is None and not _says(clause):
                topic = clause.subject
            clause.plan = clause.start if heads or planned else _plan_from(clause)
            if clause.plan is None and asks:
                clause.plan = next((t.start for t in clause.tokens if t.text in words_for("questions")), None)
            if clause.remark:  # who is responsible is settled also where what is to be done lies ahead
                clause.plan = None
            elif assigned and not clause.own_subject:
                clause.plan = clause.start
            planned = planned or (clause.plan is not None and not asks and not _may_close(clause))
        planning = not asks and any(c.plan is not None and not _may_close(c) for c in sentence.clauses[:3])
        # What the sentence began with, not what its last clause was about, is spoken of on.
        carried = topic or carried or speaker


def _says(clause: Clause) -> bool:
    """Whether a clause only says who speaks: 某某在会上通报，…."""
    return clause.tokens[-1].text in words_for("speech")


@functools.lru_cache(maxsize=256)
def _heads_plans(heading: str) -> bool:
    return any(word in heading for word in words_for("plan_heads"))


@functools.cache
def _enumerators() -> re.Pattern[str]:
    return re.compile(table("clauses")["enumerators"])


def _analyse_clause(clause: Clause, posts: Posts, carried: Group | None) -> Group | None:
    """Fill in a clause; return the subject that carries on."""
    clause.embedded = posts.embedded
    groups = groups_of(clause.tokens, lambda m: is_agent(m) and m.start not in posts.embedded)
    clause.groups = _rejoined([_with_posts(g, clause, posts) for g in groups], clause.tokens)
    clause.carried = carried
    own, other = _own_subject(clause)
    clause.own_subject = own is not None
    clause.other_subject = other
    clause.subject = own or carried
    return own or carried


def _with_posts(group: Group, clause: Clause, posts: Posts) -> Group:
    """Let a person's group begin with the posts before the name: 由市委书记某某 is marked by 由."""
    begin = posts.begins.get(group.start)
    if begin is None:
        return group
    first = next((i for i, t in enumerate(clause.tokens) if t.start >= begin), group.first)
    return group._replace(first=min(first, group.first))


def _rejoined(groups: Sequence[Group], tokens: Sequence[Token]) -> list[Group]:
    """Join persons between whom only the posts of the second and a 、 stand: 市委书记甲、市长乙."""
    found: list[Group] = []
    for group in groups:
        if found and group.start != tokens[group.first].start and joined(tokens, found[-1].last, group.first):
            found[-1] = Group(found[-1].members + group.members, found[-1].first, group.last)
        else:
            found.append(group)
    return found


@functools.cache
def _before_no_subject() -> frozenset[str]:
    return words_for("oblique") | words_for("passive") | words_for("joint")


def _own_subject(clause: Clause) -> tuple[Group | None, bool]:
    """Return the group that acts, and whether something that is no name stands in its place."""
    tokens = clause.tokens
    in_post = {i for g in clause.groups for i in range(g.first, g.last + 1)}
    verb = next(
        (
            i
            for i, t in enumerate(tokens)
            if t.verbal and i not in in_post and not (i and tokens[i - 1].text in {"的", "所"})
        ),
        len(tokens),
    )
    shunned = _before_no_subject()
    best: Group | None = None
    for group in clause.groups:
        if group.first > verb:
            break
        if marker_before(tokens, group.first) in shunned:
            continue
        after = tokens[group.last + 1].text if group.last + 1 < len(tokens) else ""
        if after == "的" and best is None:
            continue
        if after in words_for("people_of"):  # not 市委, its 主要领导 act
            return None, True
        best = group
        break
    if best is None:
        return None, _other_subject(tokens[:verb], shunned)
    # 重庆市总工会 may stand behind the place that it belongs to: the last name before the verb acts.
    for group in clause.groups:
        if best.last < group.first <= verb and group.first == best.last + 1:
            best = group
    return best, False


def _other_subject(head: Sequence[Token], shunned: frozenset[str]) -> bool:
    """Whether a noun stands before the verb that is not behind a preposition (在全国, 以职工为中心)."""
    oblique, adverbs = False, words_for("adverbs")
    for token in head:
        if token.text in shunned:
            oblique = True
        elif token.text in adverbs:
            continue
        elif token.nominal and token.mention is None and not _ADVERBIAL.match(token.tag):
            if not oblique:
                return True
        elif token.tag in {"d", "ad"}:
            oblique = False
    return False


def _tells_of_past(sentence: Sentence, published: str) -> bool:
    """Whether a sentence begins with a time that was over when the article appeared: 去年10月, 2023年."""
    for token in sentence.clauses[0].tokens[:3]:
        if token.time is not None and token.time.role in {"point", "span"}:
            end = token.time.period.end
            return bool(published) and end is not None and end < published
    return False


def _says_who(sentence: Sentence, posts: Posts) -> bool:
    """Whether a sentence begins with a name that acts."""
    first = sentence.clauses[0]
    return any(t.mention is not None and is_agent(t.mention) for t in first.tokens[:3])


def _speaker_of_quote(sentences: Sequence[Sentence], number: int, posts: Posts, text: str) -> Group | None:
    """Return the body of the speaker of a sentence in quotes: “…。”某会主席某某说, or 某某说：“…”."""
    sentence = sentences[number]
    written = text[sentence.start : sentence.end].strip()
    if not written.startswith("“"):
        return None
    around = [c for s in sentences[number + 1 : number + 2] for c in s.clauses[:1]]
    around += sentence.clauses[-1:]
    around += [c for s in sentences[max(0, number - 1) : number] for c in s.clauses[-1:]]
    for clause in around:
        if not any(t.text in words_for("speech") for t in clause.tokens):
            continue
        for token in clause.tokens:
            if token.mention is not None and token.mention.type == "Person":
                body = posts.bodies.get(token.mention.start)
                if body is not None:
                    return Group((body,), 0, 0)
    return None


def _plan_from(clause: Clause) -> int | None:
    """Return where a plan begins in a clause, or None."""
    tokens, plans = clause.tokens, words_for("plans")
    for i, token in enumerate(tokens):
        if token.text in plans and not (token.text in words_for("plans_or_nouns") and _is_noun(tokens, i)):
            return token.start
        if token.text == "将" and _is_future(tokens, i):
            return token.start
        if i == 0 and token.time is not None and token.text[0] in "到至" and token.time.role == "until":
            return token.start
    return None


def _is_noun(tokens: Sequence[Token], index: int) -> bool:
    """Whether 计划 ends a noun (培养计划, 合理化建议3条) rather than says what is planned (总工会计划启动)."""
    if index + 1 == len(tokens):
        return True
    before, after = tokens[index - 1] if index else None, tokens[index + 1]
    if before is None:
        return False
    if before.tag == "NUM" or after.tag == "NUM":
        return True
    described = before.nominal and (before.mention is None or not is_agent(before.mention))
    return described and not after.verbal


def _is_future(tokens: Sequence[Token], index: int) -> bool:
    """Whether 将 says "will": a verb or adverb follows, not the object that 将 fronts."""
    if index + 1 >= len(tokens):
        return False
    following = tokens[index + 1]
    return following.verbal or following.tag in {"d", "ad", "p", "TIME"} or following.text in words_for("joint")


def _may_close(clause: Clause) -> bool:
    """Whether the plan may end with its clause, where it is only a 可 or 需 inside a statement."""
    return any(t.text in {"可", "可以", "能够", "计划", "请"} for t in clause.tokens)
