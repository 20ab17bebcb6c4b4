"""Tables: each numeric cell is an observation named by the heads of its row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.extract.analysis import Analysis
from kg.extract.names import recognise
from kg.extract.quantities import find_quantities
from kg.extract.rulebook.ruleset import RuleSet
from kg.extract.times import find_times
from kg.extract.times.stretches import month_of, until
from kg.lexicon.places import Place, resolve_place
from kg.model import Block, BlockKind, Cell, Fact, Kind, Mention, Period, Quantity, Table
from kg.naming import ORGANISATIONS

_NUMBER = re.compile(r"[+\-−－]?\s*\d[\d,，]*(?:\.\d+)?\s*[万亿]?[%％]?")
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_UNIT_INSIDE = re.compile(r"[(（]\s*(?:单位[:：])?([^()（）]{1,8})\s*[)）]")
_CHANGE = re.compile(r"增减|增长|增速|增幅|同比|较上年|比上年|变化")
_INDEX_HEAD = re.compile(r"^(?:指标|项目|名称|序号|地区|县市|片区|单位|区县|市州|县区|区域|年份|年度|时间|类别)")
_TOTAL = re.compile(r"^(?:合计|总计|全[省市州县区]|小计)$")
_RELATED = re.compile(
    r"^(?:占比|比重|比例|同比(?:增长|增减|增速)?|增速|增幅|增长率|较上年(?:增减|增长)?|比上年(?:增减|增长)?)$"
)
_BODY = re.compile(r"(?:学院|学校|大学|中学|公司|集团|厂|局|委|委员会|中心|[医法检]院|工会|联合会|协会|园区|矿)$")
_NO_NOUN = re.compile(r"^(?:比率|比例|数值|数量|数|总数|合计|总计|实绩|完成数)$")
_STOCK = re.compile(r"年[末底]|期末|月底|截[至止]")
_SEGMENT = re.compile(r"[，,；;()（）、]")
_CAPTION_REACH = 120  # characters before a table in which its caption is looked for


@dataclass(frozen=True, slots=True)
class _Caption:
    """What the line before a table says of when its numbers hold.

    Attributes:
        period: The time stated for all of them, or None.
        stock: Whether they are counted at the end of their time.
        named: What it says of single columns: words of their heads, and the time.
    """

    period: Period | None
    stock: bool
    named: tuple[tuple[str, Period], ...]

    def of(self, column: str, head: Period | None) -> Period | None:
        """Return the period of a column, from its own head or from the caption."""
        period = head or next((p for words, p in self.named if words in column), None) or self.period
        if period is None:
            return None
        if _CHANGE.search(column):
            return _over(period)
        return until(period) if _STOCK.search(column) or (head is not None and self.stock) else period


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its label, and what the label is."""

    label: str
    place: Place | None
    period: Period | None
    total: bool
    body: Mention | None = None

    @property
    def names_indicator(self) -> bool:
        """Whether the label says what is counted, rather than whose it is or when."""
        return self.place is None and self.body is None and self.period is None and not self.total


def read_table(table: Table, text: str, analysis: Analysis, rules: RuleSet) -> list[Fact]:
    """Return an observation for each numeric cell below and beside the heads of a table."""
    rule = next((r for r in rules.of("observation") if r.construction == "table"), None)
    heads, rows = table.grid[: table.header_rows], table.grid[table.header_rows :]
    if rule is None or not heads or not rows:
        return []
    columns = _columns([_head(head[c].text for head in heads) for c in range(len(rows[0]))])
    units = next((c for c, head in enumerate(columns) if _UNIT_HEAD.match(head) and not _numeric(rows, c)), None)
    caption = _caption(table, text, analysis)
    facts: list[Fact] = []
    for row in rows:
        labels = [c for c, cell in enumerate(row) if not _is_number(cell) and c != units]
        head = _row(row, labels, analysis)
        for c, cell in enumerate(row):
            if c == units or not _is_number(cell) or _INDEX_HEAD.match(columns[c]):
                continue
            unit = row[units].text.strip() if units is not None else ""
            slots = _observation(head, columns[c], unit, cell, caption, analysis)
            if slots is not None:
                facts.append(Fact("observation", slots, cell.start, cell.end, rule.id, rule.confidence))
    return facts


def _observation(
    row: _Row, head: str, unit: str, cell: Cell, caption: _Caption, analysis: Analysis
) -> dict[str, Mention | Quantity | Period | str | tuple[str, ...] | None] | None:
    """Return the slots of the observation in a cell, or None where the cell states none."""
    quantity = _quantity(cell, unit or _unit_of(head))
    about = row.body or _about(row.place, cell.start, analysis)
    when = row.period or _time_in(head)
    column = _untimed(_UNIT_INSIDE.sub("", head))
    indicator = column
    if row.names_indicator:
        indicator = row.label if _time_in(head) is not None and not column else f"{row.label}{column}"
    if quantity is None or about is None or not indicator:
        return None
    kind: Kind = "Level"
    if _CHANGE.search(indicator):
        kind = "Growth"
    elif quantity.unit == "%" and "占" in indicator:
        kind = "Share"
    return {
        "about": about,
        "indicator": indicator,
        "quantity": quantity,
        "kind": kind,
        "period": caption.of(head, when),
    }


def _head(parts: Iterable[str]) -> str:
    """Join the heads above a column, each once.

    >>> _head(["非公企业建会率", "较上年增减"]), _head(["人才", "技能人才(万人)"]), _head(["就业率", "比率(%)"])
    ('非公企业建会率较上年增减', '技能人才(万人)', '就业率(%)')
    """
    joined = ""
    for part in parts:
        clean = re.sub(r"\s+", "", part)
        bare = _UNIT_INSIDE.sub("", clean)
        if joined and bare.endswith(_UNIT_INSIDE.sub("", joined)):
            joined = clean
        elif joined.endswith("率") and _NO_NOUN.match(bare):
            joined += clean[len(bare) :]
        elif clean not in joined:
            joined += clean
    return joined


def _columns(heads: Sequence[str]) -> list[str]:
    """Give a column that only relates to the one before it (占比, 同比增长) that one's name.

    >>> _columns(["地区", "技能人才(人)", "占比(%)"])
    ['地区', '技能人才(人)', '技能人才占比(%)']
    """
    named: list[str] = []
    last = ""
    for head in heads:
        if _RELATED.match(_UNIT_INSIDE.sub("", head)):
            named.append(last + head)
        else:
            named.append(head)
            last = "" if _INDEX_HEAD.match(head) or _time_in(head) else _UNIT_INSIDE.sub("", head)
    return named


def _is_number(cell: Cell) -> bool:
    return _NUMBER.fullmatch(cell.text.strip()) is not None


def _numeric(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    return any(_is_number(row[column]) for row in rows)


def _row(row: Sequence[Cell], labels: Sequence[int], analysis: Analysis) -> _Row:
    """Return what a row is of: a place, a time, all together, or what is counted."""
    main = analysis.names.scopes.main
    names = [re.sub(r"\s+", "", row[c].text) for c in labels]
    for name in reversed(names):
        found = resolve_place(name, main.code if main else None)
        if found is not None:
            return _Row(name, found, None, False)
    for name in names:
        period = _time_in(name)
        if period is not None and len(name) <= 10:
            return _Row(name, None, period, False)
    label = names[0] if names else ""
    body = _body(row[labels[0]], analysis) if labels else None
    if body is not None:
        return _Row(label, None, None, False, body)
    return _Row(label, None, None, _TOTAL.match(label) is not None)


def _body(cell: Cell, analysis: Analysis) -> Mention | None:
    """Return the body whose name a cell is, or None."""
    known = next((m for m in analysis.mentions if m.text == cell.text and m.type in ORGANISATIONS), None)
    if known is None and _BODY.search(cell.text):
        main = analysis.names.scopes.main
        alone = recognise(cell.text, [Block(BlockKind.PARAGRAPH, 0, len(cell.text))], (), main.code if main else "")
        known = next((m for m in alone.mentions() if m.text == cell.text and m.type in ORGANISATIONS), None)
    return replace(known, start=cell.start, end=cell.end) if known is not None else None


def _unit_of(head: str) -> str:
    found = _UNIT_INSIDE.findall(head)
    return found[-1] if found else ""


def _quantity(cell: Cell, unit: str) -> Quantity | None:
    written = cell.text.strip().replace("−", "-").replace("－", "-")
    sign = -1 if written.startswith("-") else 1
    bare = written.lstrip("+-").strip()
    unit = {"百分点": "个百分点", "％": "%"}.get(unit, unit)
    found = find_quantities(f"共{bare}{'' if bare.endswith(('%', '％')) else unit}")
    if not found:
        return None
    quantity = found[0]
    return Quantity(cell.start, cell.end, quantity.value * sign, quantity.unit, quantity.bound, cell.text)


def _about(place: Place | None, offset: int, analysis: Analysis) -> Mention | None:
    if place is not None:
        return Mention(offset, offset, "Region", "", scope=place.code, name=place.full_name)
    return analysis.context.place(offset)


def _untimed(head: str) -> str:
    """Return what a head names, without the time at which it is counted.

    >>> _untimed("2024年毕业生就业率"), _untimed("技能人才2023年末"), _untimed("较上年增减")
    ('毕业生就业率', '技能人才', '较上年增减')
    """
    for time in reversed(find_times(head, None)):
        if time.role != "baseline":
            head = head[: time.start] + head[time.end :]
    return head


def _time_in(head: str) -> Period | None:
    return next((t.period for t in find_times(head, None)), None)


def _caption(table: Table, text: str, analysis: Analysis) -> _Caption:
    """Read the line before the table, piece by piece."""
    end = table.grid[0][0].start
    line = text[max(0, end - _CAPTION_REACH) : end].rstrip("\n|").rpartition("\n")[2]
    begin = text.rfind(line, 0, end) if line else end
    named: list[tuple[str, Period]] = []
    general: Period | None = None
    at = begin
    for piece in _SEGMENT.split(line):
        times = [t for t in analysis.times if at <= t.start < at + len(piece)]
        if times:
            subject = re.sub(r"[为是均系按]+$", "", text[at : times[0].start])
            if general is not None and len(subject) > 1:
                named.append((subject, times[0].period))
            else:
                general = general or month_of(times[0].period) if times[0].role == "span" else times[0].period
        at += len(piece) + 1
    return _Caption(general, _STOCK.search(line) is not None, tuple(named))


def _over(period: Period) -> Period:
    """Return the year that ends with a period, for what changed over it."""
    if period.start is not None or period.end is None:
        return period
    last = period.edtf.rsplit("/", 1)[-1]
    return Period(last, f"{last[:4]}-01-01", period.end) if len(last) == 4 else period
