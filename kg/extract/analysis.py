"""An article taken apart, before any rule is applied: names, numbers, times, sentences, clauses, posts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract import match
from kg.extract.clauses import Group, Posts, Sentence, split_clauses
from kg.extract.data import table
from kg.extract.names import Names, recognise
from kg.extract.names.draft import Draft
from kg.extract.posts import before as posts
from kg.extract.protagonist import protagonist
from kg.extract.quantities import find_quantities
from kg.extract.rulebook.ruleset import GivenName
from kg.extract.sections import Sections, planned_year, reported_year
from kg.extract.segment import Token
from kg.extract.subjects import analyse
from kg.extract.times import Time, find_times
from kg.model import Article, Block, BlockKind, Mention, Quantity
from kg.naming import ORGANISATIONS

# Who speaks, before what is said: 某某：…, 某市人社局 某某：…, 某报记者：….
_LABEL = re.compile(r"([^，,。；;！!？?：:\n“”《》]{0,40}?)([\u4e00-\u9fff·]{2,8})\s*[:：]")
_QUESTIONER = re.compile("记者|主持人|提问|网友|问$")
_DATE_LINE = re.compile(r"(?:20\d\d|二[〇○零]\S{2})年\S{1,3}月\S{1,3}日")
_OURS = frozenset("我局 我会 我委 我厅 我校 我司 我们 我镇 我院".split())
# The title of a notice states who issues what; other titles only repeat the article.
_NOTICE = re.compile(r"关于[^\n]{4,80}的(?:通知|公告|决定|意见|通报|批复)$")


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article taken apart, before rules are applied.

    Attributes:
        names: Its names.
        mentions: Every name, the nested ones too, in order.
        times: Its times, in order.
        sentences: Its sentences with their clauses, block by block.
        posts: The posts that stand before names.
        context: What rules may ask beyond the sentence.
        year: The year that the article as a whole reports on (a yearly summary), or None.
        sections: The time that each passage is of by its heading.
    """

    names: Names
    mentions: Sequence[Mention]
    times: Sequence[Time]
    sentences: Sequence[Sentence]
    posts: Sequence[posts.Post]
    context: match.Context
    year: int | None = None
    sections: Sections | None = None


def analyse_article(article: Article, place: str = "", given: Sequence[GivenName] = ()) -> Analysis:
    """Take an article apart: names (those given too), numbers, times, sentences, clauses, posts."""
    text = article.text
    blocks = list(article.body()) + [b for b in article.blocks if b.kind is BlockKind.META]
    blocks.sort(key=lambda b: b.start)
    quantities: list[Quantity] = []
    times: list[Time] = []
    year, sections = reported_year(article, blocks), Sections(text, blocks, article.published)
    default = year or planned_year(article.title or "")
    anchor = article.published or (f"{year}-12-31" if year else None)
    for block in blocks:
        section = sections.at(block.start)
        said = next((t.period.edtf for t in reversed(times) if t.role != "baseline"), None)
        times.extend(_moved_times(text, block, anchor, section.year if section else default, said))
        quantities.extend(_moved_quantities(text, block.start, block.end))
    inside = {i for t in times for i in range(t.start, t.end)}
    counted = [Token.timed(t) for t in times]
    counted += [Token.counted(q) for q in quantities if not inside & set(range(q.start, q.end))]
    names = recognise(text, blocks, counted, place, given, article.publisher or "")
    sentences, found_posts = _sentences(names, text, article.published or "")
    mentions, everything = names.draft.names(), names.mentions()
    context = match.Context(
        text,
        _place_of(names),
        mentions,
        times,
        protagonist(text, blocks, mentions, sentences),
        next((m for m in everything if m.name in table("names")["reform"]), None),
        names.draft.nested,
        _signer(names.draft),
    )
    return Analysis(names, everything, times, sentences, found_posts, context, year, sections)


def _moved_times(text: str, block: Block, anchor: str | None, year: int | None, said: str | None) -> list[Time]:
    """Return the times of a block; `said` is the time named last before it."""
    before = re.search(r"\d{4}", said[::-1]) if said else None
    found = find_times(text[block.start : block.end], anchor, year, int(before[0][::-1]) if before else None)
    return [time.moved(block.start) for time in found]


def _moved_quantities(text: str, start: int, end: int) -> list[Quantity]:
    return [quantity.moved(start) for quantity in find_quantities(text[start:end])]


def _sentences(names: Names, text: str, published: str) -> tuple[list[Sentence], list[posts.Post]]:
    """Cut the article into analysed sentences, and read the posts that stand before names."""
    draft = names.draft
    pieces: list[tuple[int, int, int, str, list[Token]]] = []
    found_posts: list[posts.Post] = []
    heading = ""
    for start, end, index in draft.sentences:
        block = draft.blocks[index]
        if block.kind is BlockKind.HEADING:
            heading = text[block.start : block.end]
        notice = _NOTICE.search(text, start, end)
        if block.kind is BlockKind.META or (block.kind is BlockKind.TITLE and not notice):
            continue
        if notice and index and _only_bodies(draft, index - 1):
            start = draft.blocks[index - 1].start
        tokens = draft.tokens(start, end)
        found_posts.extend(posts.before_names(tokens, text))
        pieces.append((start, end, index, heading, tokens))
    known = Posts(
        frozenset(m.start for post in found_posts for m in post.covered),
        {post.person.start: post.start for post in found_posts},
        {post.person.start: post.organization for post in found_posts if post.organization is not None},
    )
    speakers = {post.person.name: post.organization for post in reversed(found_posts) if post.organization is not None}
    sentences: list[Sentence] = []
    speaker: Mention | None = None
    for index, group in itertools.groupby(pieces, key=lambda piece: piece[2]):
        block = draft.blocks[index]
        speaker = _speaker(draft, block, speakers, speaker)
        in_block = [
            Sentence(start, end, clauses, index, head, block.start)
            for start, end, _, head, tokens in group
            if (clauses := split_clauses(_with_pronouns(_ours(tokens, speaker), draft, block.start)))
        ]
        analyse(in_block, known, text, Group((speaker,), 0, 0) if speaker else None, published)
        sentences.extend(in_block)
    return sentences, found_posts


def _speaker(draft: Draft, block: Block, speakers: Mapping[str, Mention], before: Mention | None) -> Mention | None:
    """Return the body of the person whose words a paragraph gives: 某某：我局…, 某局 某某：我局….

    A paragraph without a label goes on with the words of the one `before`, up to a heading.
    """
    if block.kind is BlockKind.HEADING:
        return None
    label = _LABEL.match(draft.text, block.start, block.end)
    if label is None:
        return before
    if _QUESTIONER.search(label[0]):
        return None
    if not label[1]:
        return speakers.get(label[2], before)
    bodies = [m for m in draft.within(label.start(), label.end(1)) if m.type in ORGANISATIONS]
    if bodies and bodies[0].start == label.start() and not draft.text[bodies[-1].end : label.end(1)].strip():
        return bodies[-1]
    return speakers.get(label[2], before)


def _ours(tokens: Sequence[Token], speaker: Mention | None) -> list[Token]:
    """Return the tokens; 我局 and 我会 are the speaker's body."""
    found = list(tokens)
    for i, token in enumerate(tokens if speaker is not None else ()):
        if speaker is not None and token.text in _OURS and token.mention is None:
            found[i] = Token.named(replace(speaker, start=token.start, end=token.end, text=token.text))
    return found


def _with_pronouns(tokens: list[Token], draft: Draft, begin: int) -> list[Token]:
    """Let 他 and 她 behind 由 be the person named last in the paragraph: 担子落在甲肩上，由她负总责."""
    for i, token in enumerate(tokens[1:], 1):
        if token.text in {"他", "她"} and tokens[i - 1].text == "由":
            persons = [m for m in draft.within(begin, token.start) if m.type == "Person"]
            if persons:
                named = replace(persons[-1], start=token.start, end=token.end, text=token.text)
                tokens[i] = Token.named(named)
    return tokens


def _signer(draft: Draft) -> Mention | None:
    """Return the body on the line above a line that is a date."""
    for index, block in enumerate(draft.blocks[1:]):
        if _DATE_LINE.fullmatch(draft.text[block.start : block.end].strip()) and _only_bodies(draft, index):
            above = draft.blocks[index]
            return draft.within(above.start, above.end)[0]
    return None


def _only_bodies(draft: Draft, index: int) -> bool:
    """Whether a block holds names of bodies alone: the issuers above the title of a notice."""
    block = draft.blocks[index]
    named = draft.within(block.start, block.end)
    rest = "".join(c for i, c in enumerate(draft.text[block.start : block.end], block.start) if not draft.covering(i))
    return bool(named) and not rest.strip() and all(m.type in ORGANISATIONS for m in named)


def _place_of(names: Names) -> Callable[[int], Mention | None]:
    def place(offset: int) -> Mention | None:
        found = names.scopes.at(offset)
        if found is None:
            return None
        return Mention(offset, offset, "Region", "", scope=found.code, name=found.full_name)

    return place
