"""Tables: each numeric cell is an observation named by the heads of its row and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.quantities import find_quantities
from kg.extract.ruleset import RuleSet
from kg.extract.times import find_times
from kg.lexicon.places import Place, resolve_place
from kg.model import Cell, Fact, Kind, Mention, Period, Quantity, Table

if TYPE_CHECKING:
    from kg.extract.reader import Analysis

_NUMBER = re.compile(r"[+\-−－]?\s*\d[\d,，]*(?:\.\d+)?\s*[万亿]?%?")
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_UNIT_INSIDE = re.compile(r"[(（]\s*(?:单位[:：])?([^()（）]{1,8})\s*[)）]")
_CHANGE = re.compile(r"增减|增长|增速|增幅|同比|较上年|比上年|变化")
_INDEX_HEAD = re.compile(r"^(?:指标|项目|名称|序号|地区|县市|片区|单位|区县|市州|县区|区域)")


def read_table(table: Table, text: str, analysis: Analysis, rules: RuleSet) -> list[Fact]:
    """Return an observation for each numeric cell below and beside the heads of a table."""
    rule = next((r for r in rules.of("observation") if r.construction == "table"), None)
    if rule is None or not table.grid:
        return []
    heads = table.grid[: table.header_rows]
    rows = table.grid[table.header_rows :]
    if not heads or not rows:
        return []
    columns = [_join(head[c].text for head in heads) for c in range(len(rows[0]))]
    unit_column = next((c for c, head in enumerate(columns) if _UNIT_HEAD.match(head) and not _numeric(rows, c)), None)
    caption_period = _caption_period(table, analysis)
    facts: list[Fact] = []
    for row in rows:
        labels = [c for c in range(len(row)) if not _NUMBER.fullmatch(row[c].text.strip()) and c != unit_column]
        name, place = _row_head(row, labels, columns, analysis)
        for c, cell in enumerate(row):
            if (
                c in labels
                or c == unit_column
                or not _NUMBER.fullmatch(cell.text.strip())
                or _INDEX_HEAD.match(columns[c])
            ):
                continue
            unit = row[unit_column].text.strip() if unit_column is not None else ""
            quantity = _quantity(cell, unit or _unit_of(columns[c]))
            about = _about(place, cell.start, analysis)
            if quantity is None or about is None:
                continue
            period = _period(columns[c]) or caption_period
            column = _UNIT_INSIDE.sub("", columns[c])
            indicator = column if place is not None else name
            if place is None and not _period(columns[c]):
                indicator = f"{name}{column}"
            kind: Kind = (
                "Growth"
                if _CHANGE.search(indicator)
                else "Share"
                if quantity.unit == "%" and "占" in indicator
                else "Level"
            )
            facts.append(
                Fact(
                    "observation",
                    {"about": about, "indicator": indicator, "quantity": quantity, "kind": kind, "period": period},
                    cell.start,
                    cell.end,
                    rule.id,
                    rule.confidence,
                )
            )
    return facts


def _join(parts: object) -> str:
    """Join the heads above a column, each once: 非公企业建会率 + 较上年增减."""
    seen: list[str] = []
    for part in parts:  # type: ignore[attr-defined]
        clean = re.sub(r"\s+", "", part)
        if clean and clean not in seen:
            seen.append(clean)
    return "".join(seen)


def _numeric(rows: tuple[tuple[Cell, ...], ...], column: int) -> bool:
    return any(_NUMBER.fullmatch(row[column].text.strip()) for row in rows)


def _row_head(
    row: tuple[Cell, ...], labels: list[int], columns: list[str], analysis: Analysis
) -> tuple[str, Place | None]:
    main = analysis.names.scopes.main
    for c in reversed(labels):
        found = resolve_place(re.sub(r"\s+", "", row[c].text), main.code if main else None)
        if found is not None:
            return found.full_name, found
    return (re.sub(r"\s+", "", row[labels[0]].text), None) if labels else ("", None)


def _unit_of(head: str) -> str:
    found = _UNIT_INSIDE.findall(head)
    return found[-1] if found else ""


def _quantity(cell: Cell, unit: str) -> Quantity | None:
    written = cell.text.strip().replace("−", "-").replace("－", "-")
    sign = -1 if written.startswith("-") else 1
    bare = written.lstrip("+-").strip()
    unit = {"百分点": "个百分点", "％": "%"}.get(unit, unit)
    found = find_quantities(f"共{bare}{'' if bare.endswith('%') else unit}")
    if not found:
        return None
    quantity = found[0]
    return Quantity(cell.start, cell.end, quantity.value * sign, quantity.unit, quantity.bound, cell.text)


def _about(place: Place | None, offset: int, analysis: Analysis) -> Mention | None:
    if place is not None:
        return Mention(offset, offset, "Region", "", scope=place.code, name=place.full_name)
    return analysis.context.place(offset)


def _period(head: str) -> Period | None:
    found = [t for t in find_times(head, None) if t.period is not None]
    return found[0].period if found else None


def _caption_period(table: Table, analysis: Analysis) -> Period | None:
    """The time stated in the line before the table."""
    start = table.grid[0][0].start
    before = [t for t in analysis.times if start - 120 <= t.start < start and t.period is not None]
    return before[-1].period if before else None
