"""Pages of our own with something of everything that the explorer shows, and builds made by hand."""

from __future__ import annotations

from pathlib import Path

from kg.archive import ArchiveWriter, packed
from kg.graph.store import write_store
from kg.model import Record

PAGES = {
    "figures.txt": """哈尔滨市技能人才逐年增加
来源：冰城试样报 2024年3月8日
2021年，哈尔滨市技能人才达到80万人。2022年，哈尔滨市技能人才约92万人。截至2023年底，哈尔滨市技能人才超过101万人。
2023年，哈尔滨市试样机床厂获评“黑龙江省试样先进单位”。哈尔滨市总工会主席何大川出席了会议。
""",
    "damaged.txt": """黑龍江省總工會推進(jìn)產(chǎn)業(yè)工人隊伍建設(shè)改革
來源：龍江試樣報 2023年4月6日
2023年4月，由黑龍江省總工會牽頭推進(jìn)產(chǎn)業(yè)工人隊伍建設(shè)改革，各市分頭抓落實(shí)。
黑龍江省總工會啟動“試樣工匠培育行動”，面向全省的企業(yè)職工。
""",
}
"""By their names; read beside `serving.PAGES`."""


def write_build(records: list[Record], out: Path) -> Path:
    """Write records made by hand as a build would."""
    out.mkdir()
    writer = ArchiveWriter(out)
    for number, record in enumerate(records):
        writer.put(str(number), 0, packed(record.article.page, [record], [""]))
    writer.commit()
    writer.close()
    write_store(records, out)
    return out
