"""Write `kg/text/data/readings.txt`: the first reading of each Traditional character that GBK holds.

Run it where pypinyin (MIT licence) is installed: `python bench/make_readings.py`. The package itself does not need it.
"""

from collections import defaultdict
from pathlib import Path

import pypinyin

from kg.text.convert import simplified_forms

OUT = Path(__file__).parent.parent / "kg" / "text" / "data" / "readings.txt"
HEAD = f"""\
# First readings of the Traditional characters in GBK, as mirror sites insert them: 發(fā).
# Made by bench/make_readings.py from pypinyin {pypinyin.__version__}, (c) mozillazg and contributors, MIT licence.
"""


def main() -> None:
    by_reading: dict[str, list[str]] = defaultdict(list)
    for character in sorted(simplified_forms()):
        if character.encode("gbk", "ignore"):
            reading = pypinyin.pinyin(character, errors="ignore")
            if reading:
                by_reading[reading[0][0]].append(character)
    rows = (f"{reading} {''.join(characters)}\n" for reading, characters in sorted(by_reading.items()))
    OUT.write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
