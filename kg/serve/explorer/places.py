"""Where things belong: the places of a graph, their provinces, and a schematic map of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.serve.explorer.lookup import Lookup
from kg.vocabulary import KG, RDF

NATION: Final = "10"

TILES: Final = {
    "23": (6, 0, "黑", "HL"),
    "15": (3, 1, "蒙", "NM"),
    "22": (6, 1, "吉", "JL"),
    "65": (0, 2, "新", "XJ"),
    "62": (1, 2, "甘", "GS"),
    "64": (2, 2, "宁", "NX"),
    "14": (3, 2, "晋", "SX"),
    "11": (4, 2, "京", "BJ"),
    "12": (5, 2, "津", "TJ"),
    "21": (6, 2, "辽", "LN"),
    "54": (0, 3, "藏", "XZ"),
    "63": (1, 3, "青", "QH"),
    "61": (2, 3, "陕", "SN"),
    "41": (3, 3, "豫", "HA"),
    "13": (4, 3, "冀", "HE"),
    "37": (5, 3, "鲁", "SD"),
    "51": (1, 4, "川", "SC"),
    "50": (2, 4, "渝", "CQ"),
    "42": (3, 4, "鄂", "HB"),
    "34": (4, 4, "皖", "AH"),
    "32": (5, 4, "苏", "JS"),
    "31": (6, 4, "沪", "SH"),
    "53": (1, 5, "云", "YN"),
    "52": (2, 5, "贵", "GZ"),
    "43": (3, 5, "湘", "HN"),
    "36": (4, 5, "赣", "JX"),
    "33": (5, 5, "浙", "ZJ"),
    "45": (2, 6, "桂", "GX"),
    "44": (3, 6, "粤", "GD"),
    "35": (4, 6, "闽", "FJ"),
    "71": (5, 6, "台", "TW"),
    "46": (2, 7, "琼", "HI"),
    "82": (3, 7, "澳", "MO"),
    "81": (4, 7, "港", "HK"),
}
"""First two digits of a province's code: column and row on the map, its short name, its letters (GB/T 2260)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the graph: IRI, label, code ("" if unknown), first two digits of its province's code ("" likewise)."""

    iri: str
    label: str
    code: str
    province: str


class Places:
    """All places of a graph, by IRI."""

    def __init__(self, lookup: Lookup) -> None:
        self._above = dict(lookup.pairs(KG.within))
        self._codes = dict(lookup.pairs(KG.adcode))
        self._places = {
            iri: Place(iri, lookup.label(iri), self._codes.get(iri, ""), self._province(iri))
            for iri in lookup.subjects(RDF.type, KG.Region)
        }

    def get(self, iri: str) -> Place | None:
        """Return the place of that IRI, or None if it is none."""
        return self._places.get(iri)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def _province(self, iri: str) -> str:
        seen: set[str] = set()  # a chain that leads back into itself ends
        while iri and iri not in seen:
            code = self._codes.get(iri, "")[:2]
            if code in TILES or code == NATION:
                return code
            seen.add(iri)
            iri = self._above.get(iri, "")
        return ""
