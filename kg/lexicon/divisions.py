"""The administrative divisions of China: codes, names, levels, and who lies within whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

from kg.errors import KgError
from kg.lexicon.tables import rows, rows_under

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|"
    "柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|"
    "京|塔塔尔|独龙|鄂伦春|门巴|珞巴|基诺|各"
)
# Peoples that stand before 自治… without 族 as well.
_WITHOUT_ZU = "蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|维吾尔"
_AUTONOMOUS = re.compile(rf"^(.+?)(?:(?:{_PEOPLES})族|{_WITHOUT_ZU})+自治([州县旗])$")
_AUTONOMOUS_PEOPLE = re.compile(r"^(.+?)族?自治([县旗])$")
_WING = re.compile(r"^(科|察|喀)(?:尔沁|哈尔|喇沁)([左右])翼([前中后])旗$")
_PART = re.compile(r"([前中后左右]|联合)旗$")
_SUFFIX = {
    "province": re.compile(r"(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)$"),
    "prefecture": re.compile(r"(市|地区|盟)$"),
    "county": re.compile(r"(市|新区|林区|特区|区|县|旗)$"),
}
_KIND_WORD = re.compile(r"(特别行政区|自治区|街道|地区|苏木|开发区|园区|新区|管理区|示范区|[省市州盟区县旗镇乡])$")


@dataclass(frozen=True)
class Place:
    """A division of the country.

    Attributes:
        code: GB/T 2260, six digits; townships nine digits as in the statistics' codes; `100000` for the whole nation.
        name: Official name, e.g. 芜湖市, 鸠江区; counties by their own name alone.
        level: nation, province, prefecture, county, zone (development zones and the like, which GB/T 2260 does not
            have; their codes are those of the statistics) or township.
        parent: Code of the division it lies in directly; "" for the nation.
        common: 0; 1 where a short form is also an ordinary word (和平区); 2 where the full name is (城区).
    """

    code: str
    name: str = field(compare=False)
    level: str = field(compare=False)
    parent: str = field(compare=False)
    common: int = field(default=0, compare=False)

    @property
    def full_name(self) -> str:
        """The official name."""
        return self.name

    @cached_property
    def province(self) -> Place:
        """The province-level division it lies in or is; the nation itself for the nation."""
        for candidate in (self, *self.ancestors):
            if candidate.level == "province":
                return candidate
        return self

    @cached_property
    def ancestors(self) -> tuple[Place, ...]:
        """The divisions it lies in, nearest first, without the nation."""
        above: list[Place] = []
        code = self.parent
        while code and code != NATION.code:
            above.append(place(code))
            code = above[-1].parent
        return tuple(above)

    @cached_property
    def short_names(self) -> tuple[str, ...]:
        """Shorter forms of the name, the most usual first (黔南布依族苗族自治州: 黔南州, 黔南)."""
        return tuple(dict.fromkeys((*short_names_of(self.name, self.level), *_aliases().get(self.code, ()))))

    @property
    def abbreviation(self) -> str:
        """The one-character abbreviation of a province (皖), which stands in compounds only; "" where there is none."""
        return _abbreviations().get(self.code, "")

    @cached_property
    def kind_word(self) -> str:
        """What kind of division its name says it is: 省, 自治区, 市, 州, 盟, 区, 县, 街道, 乡, …; "" if nothing."""
        found = _KIND_WORD.search(self.name)
        return found[1] if found else ""

    def within(self, other: Place) -> bool:
        """Whether it is `other` or lies in it."""
        return other in (self, NATION, *self.ancestors)


NATION = Place("100000", "中国", "nation", "")
NATION_NAMES = ("中国", "全国", "我国", "中华人民共和国")


def short_names_of(name: str, level: str) -> tuple[str, ...]:
    """Return the short forms that follow from the name itself by rule; none where less than two characters remain.

    >>> short_names_of("红河哈尼族彝族自治州", "prefecture")
    ('红河州', '红河')
    >>> short_names_of("科尔沁左翼中旗", "county")
    ('科左中旗',)
    """
    if level not in _SUFFIX:
        return ()
    autonomous = "自治" in name and (_AUTONOMOUS.match(name) or _AUTONOMOUS_PEOPLE.match(name))
    if autonomous:
        stem, kind = autonomous.groups()
        return tuple(s for s in (stem + kind, stem) if len(s) > 1)
    if name[-1] == "旗":
        if banner := _WING.match(name):
            return ("".join(banner.groups()) + "旗",)
        if _PART.search(name):
            return ()
    stem = _SUFFIX[level].sub("", name)
    return (stem,) if 1 < len(stem) < len(name) else ()


def place(code: str) -> Place:
    """Return the place of this code.

    Raises:
        KgError: There is no such code.
    """
    found = places().get(code)
    if found is None and len(code) == 9:
        found = next(iter(_townships(code)), None)
    if found is None:
        raise KgError(f"no place has the code {code!r}", remedy="use a code of kg/lexicon/data/places.tsv")
    return found


@cache
def places() -> dict[str, Place]:
    """Return all places but the townships, by code, in order of codes."""
    return {
        code: Place(code, name, level, parent, int(common or 0))
        for code, name, level, parent, common in rows("places.tsv", 5)
    }


def townships_of(code: str) -> tuple[Place, ...]:
    """Return the townships that lie in the division with this code of six digits, in order of codes.

    >>> townships_of("330206")[0].name
    '大榭街道'
    """
    return _townships(code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code)


@lru_cache(maxsize=1024)
def _townships(prefix: str) -> tuple[Place, ...]:
    """Return the townships whose codes begin so; of a table of forty thousand, places are made of these alone."""
    return tuple(Place(code, name, "township", code[:6]) for code, name in rows_under(prefix, "townships.tsv", 2))


def children(code: str) -> tuple[Place, ...]:
    """Return the divisions directly below that of this code, townships left out."""
    return _children().get(code, ())


@cache
def _children() -> dict[str, tuple[Place, ...]]:
    below: dict[str, list[Place]] = {}
    for found in places().values():
        below.setdefault(found.parent, []).append(found)
    return {code: tuple(members) for code, members in below.items()}


@cache
def _alias_rows() -> tuple[tuple[str, str, str], ...]:
    return tuple((code, alias, form) for code, alias, form in rows("place-aliases.tsv", 3))


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    return _grouped("short")


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """Return the literary names of places by code (八桂 for 广西), which stand in names of things rather than alone."""
    return _grouped("nickname")


@cache
def _abbreviations() -> dict[str, str]:
    return {code: alias for code, alias, form in _alias_rows() if form == "abbr"}


def abbreviations() -> dict[str, Place]:
    """Return the places that one-character abbreviations stand for."""
    return {alias: place(code) for code, alias in _abbreviations().items()}


def _grouped(form: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, alias, its_form in _alias_rows():
        if its_form == form:
            found[code] = (*found.get(code, ()), alias)
    return found
