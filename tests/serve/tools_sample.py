"""A graph for the pages to work with: few places with figures that agree and disagree, names that mean harm."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from records import CITY, HONOUR, PERSON, REFORM, UNION, YEAR, article, evidence, record, second, third

from kg.graph.store import write_store
from kg.model import Entity, Observation, Period, Record, Relation

HOSTILE = (
    '<img src=x onerror="alert(1)">',
    "</script><script>alert(2)</script>",
    "\u202e甲乙\u200f丙\u2066",
    "长" * 10_000,
    "{{ title }}",
    '=HYPERLINK("http://evil.example")',
)

_BODY = """青川市总工会参与以上各项举措。
2022年，青川市技工约1万人；2022年，白石县技工不足5000名。
2023年，白石县技工增长12.5%，高级技工800人。
"""
COUNTY = Entity("Region", "白石县", place="东岭省", adcode="990200")


def fourth() -> Record:
    """A record of another place of the same province, and of initiatives with hostile names."""
    initiatives = tuple(Entity("Programme", name, place="青川市") for name in HOSTILE)
    said = evidence("2022年", _BODY)
    before = Period("2022", "2022-01-01", "2022-12-31")
    return Record(
        article("丁.txt", _BODY, title='<b>丁</b>"', published="2024-06-01"),
        (CITY, UNION, COUNTY, *initiatives),
        (
            *(Relation("participatesIn", UNION.id, one.id, evidence("参与", _BODY)) for one in initiatives),
            Observation(CITY.id, "技工", Decimal(10000), "人", said, "About", period=before),
            Observation(COUNTY.id, "技工", Decimal(5000), "名", said, "Under", period=before),
            Observation(COUNTY.id, "技工", Decimal("12.5"), "%", evidence("增长", _BODY), kind="Growth", period=YEAR),
            Observation(COUNTY.id, "高级技工", Decimal(800), "人", evidence("增长", _BODY), period=YEAR),
        ),
    )


def write_sample(folder: Path) -> Path:
    """Write the graph and return its folder."""
    write_store([record(), second(), third(), fourth()], folder)
    return folder


__all__ = ["CITY", "COUNTY", "HONOUR", "HOSTILE", "PERSON", "REFORM", "UNION", "write_sample"]
