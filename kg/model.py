"""What the stages hand to each other.

    Page ── text ──▶ Article ── extract ──▶ Reading ── resolve ──▶ Record ── graph ──▶ quads

All offsets are half-open and count Unicode code points. `Page` offsets count in the text as decoded, `Article`
offsets in the clean text; `Article.page_span` leads from the second to the first.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

# --- source -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it came: decoded, otherwise untouched.

    Attributes:
        identifier: Path below the folder given, with `/`; the file's name where a file was given. What lies in a
            container stands behind it: `archive.zip/inner/page.txt`, `records.jsonl#12`.
        text: The decoded text. For HTML this is the markup, for PDF and Word documents what was extracted, as text
            and as simple markup: all offsets count in it. No byte-order mark.
        media_type: `text/plain` or `text/html`.
        encoding: The Python codec that decoded it.
        digest: SHA-256 of the bytes, hexadecimal; of a record, of its text as UTF-8.
        url: Where it was published, if the source says so.
        title: Its headline, if its container says so.
        date: When it was published, `YYYY-MM-DD`, if its container says so.
    """

    identifier: str
    text: str
    media_type: str
    encoding: str
    digest: str
    url: str | None = None
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One document that could not be read, or only in part: a line of the report."""

    identifier: str
    what: str
    remedy: str = ""


# --- text -------------------------------------------------------------------------------------------------------


class BlockKind(enum.StrEnum):
    """What a line or element of a page is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    META = "meta"  # date line, source line, byline
    TEASER = "teaser"  # of another article
    REPLY = "reply"  # comment below an article
    FURNITURE = "furniture"  # navigation, share buttons, copyright, spam


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: `[start, end)` in the article's text; repeated in the grid where it spans rows or columns."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a full rectangular grid; the first `header_rows` rows are headers."""

    grid: tuple[tuple[Cell, ...], ...]
    header_rows: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page: `[start, end)` in the article's text, without the line break that ends it."""

    kind: BlockKind
    start: int
    end: int
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A page repaired, in Simplified Chinese, split into blocks, each character mapped back to the page.

    Attributes:
        text: The clean text of all blocks in page order, joined by line breaks. Half-width punctuation between
            Chinese characters is left as it is.
        starts: `starts[i]` is where character `i` of `text` begins in `page.text`.
        ends: `ends[i]` is where it ends (behind an inserted reading, if one followed).
        title: The headline, or None.
        published: Publication date of this article as `YYYY-MM-DD`, or None where the page does not say.
        publisher: Outlet or source named, or None.
        authors: Reporters and writers named.
        guessed: Half-open spans of `text` whose characters are a best guess.
        teaser_of: Identifier of the page on which it is shown as a teaser, "" of a page's own article.
        truncated: Whether the page shows a part of it only.
    """

    page: Page
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    blocks: tuple[Block, ...]
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    guessed: tuple[tuple[int, int], ...] = ()
    teaser_of: str = ""
    truncated: bool = False

    def page_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the page from which the clean span `[start, end)` (not empty) was read."""
        return self.starts[start], self.ends[end - 1]

    def body(self) -> Iterator[Block]:
        """Yield the blocks that make up the article itself: title, headings, paragraphs, tables."""
        kinds = {BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE}
        return (block for block in self.blocks if block.kind in kinds)


# --- extract ----------------------------------------------------------------------------------------------------

Bound = Literal["Exact", "About", "Over", "Under"]
Kind = Literal["Level", "Growth", "Share", "Target"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands.

    Attributes:
        start, end: Span in the article's text.
        type: Local name of an ontology class, e.g. `TradeUnion`.
        text: The characters of the span.
        scope: GB/T 2260 code of the place in whose scope it stands ("" = unknown): 省总工会 under 230000 is
            黑龙江省总工会.
        name: The name in full where the reader already knows it, else "".
        owner: The mention of the body it belongs to (集团工会 -> the group), if the text says so by position.
    """

    start: int
    end: int
    type: str
    text: str
    scope: str = ""
    name: str = ""
    owner: Mention | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time.

    Attributes:
        edtf: As in the graph: `2023`, `2023-06`, `2020/..`, `../2021`, `2018/2023`.
        start, end: ISO dates of the first and last day, None where open.
    """

    edtf: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit where it stands, in base units (万 and 亿 multiplied out).

    Attributes:
        start, end: Span in the article's text, from the first word of the bound (近, 超过) to the unit or its
            trailing bound (余人, 以上).
        value: In base units; 67.3% is 67.3 with unit %; 七成 is 70, %.
        unit: Measure word or currency as written without 万/亿; "" where none follows.
        bound: Exact, About, Over or Under.
        text: The characters of the span.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    bound: Bound
    text: str

    def moved(self, by: int) -> Quantity:
        """Return it as it stands so many characters further on."""
        return Quantity(self.start + by, self.end + by, self.value, self.unit, self.bound, self.text)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as read: its slots are filled by mentions or plain values, not yet by entities.

    Attributes:
        type: leads, implements, participatesIn, issues, organises, post, honour or observation.
        slots: Slot name to filler; the names are those of the rules.
        start, end: The evidence, a span in the article's text.
        rule: Id of the rule that read it.
        confidence: Between 0 and 1.
    """

    type: str
    slots: Mapping[str, Mention | Quantity | Period | str | tuple[str, ...] | None]
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one article."""

    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]


# --- resolve: one entity per thing, statements between entities ---------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A thing of the graph, named in full.

    Attributes:
        type: Local name of its ontology class.
        name: Preferred label, Simplified Chinese.
        aliases: Other forms found for it (sorted, without `name`).
        place: Name in full of the region it belongs to (jurisdiction, inRegion, within), or "".
        adcode: GB/T 2260 code, for a Region.
        parent: `id` of the body or initiative that it is part of, or of the indicator that it narrows, or "".
        concerns: `id`s of the initiatives that a policy document concerns.
        date: EDTF date of an event, or date of issue of a policy document, or "".
        related: `id` of the indicator that an indicator is a part or a change of, or "".
        mentioned: False for a place that the document does not name itself, only something that lies in it.
    """

    type: str
    name: str
    aliases: tuple[str, ...] = ()
    place: str = ""
    adcode: str = ""
    parent: str = ""
    concerns: tuple[str, ...] = ()
    date: str = ""
    related: str = ""
    mentioned: bool = True

    @property
    def id(self) -> str:
        """The last two segments of its IRI, `<kind>/<name>`, e.g. `org/黑龙江省总工会`; see `kg.naming`."""
        from kg.naming import entity_id

        return entity_id(self.type, self.name)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement was read: the characters of the page, and the clean sentence."""

    start: int
    end: int
    exact: str
    sentence: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    """`subject predicate object`, predicate one of leads, implements, participatesIn, issues, organises.

    Like every statement it holds in a `place`, the id of a region, or "" where none is known.
    """

    predicate: str
    subject: str
    object: str
    evidence: Evidence
    date: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """A person holds posts in an organisation."""

    person: str
    organization: str
    titles: tuple[str, ...]
    evidence: Evidence
    place: str = ""


@dataclass(frozen=True, slots=True)
class Conferral:
    """An honour was given to a recipient."""

    recipient: str
    honour: str
    evidence: Evidence
    conferred_by: tuple[str, ...] = ()
    date: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """A number describes something. `about` and `of_which` are entity ids; `indicator` is a preferred label."""

    about: str
    indicator: str
    value: Decimal
    unit: str
    evidence: Evidence
    bound: Bound = "Exact"
    kind: Kind = "Level"
    period: Period | None = None
    baseline: Period | None = None
    of_which: str = ""  # label of the indicator of which this one is a part
    place: str = ""


Statement = Relation | Membership | Conferral | Observation


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one document contributes to the graph. Ids are `Entity.id`s; all occur in `entities`."""

    article: Article
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = field(default=())
