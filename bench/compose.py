"""Composes pages of policy reporting of our own, any number of them, the same for the same seed.

python bench/compose.py FOLDER NUMBER [SEED]
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

_PLACES = (
    "黑龙江省哈尔滨市 黑龙江省大庆市 黑龙江省齐齐哈尔市 湖北省武汉市 湖北省宜昌市 湖北省襄阳市 "
    "江苏省南京市 江苏省苏州市 江苏省无锡市 浙江省杭州市 浙江省宁波市 浙江省温州市 "
    "广东省广州市 广东省深圳市 广东省佛山市 四川省成都市 四川省绵阳市 山东省济南市 "
    "山东省青岛市 山东省烟台市 河南省郑州市 河南省洛阳市 陕西省西安市 陕西省宝鸡市 "
    "福建省福州市 福建省厦门市 湖南省长沙市 湖南省株洲市 辽宁省沈阳市 辽宁省大连市 "
    "安徽省合肥市 安徽省芜湖市 江西省南昌市 江西省赣州市 吉林省长春市 河北省石家庄市 "
    "河北省唐山市 山西省太原市 云南省昆明市 "
).split()
_OFFICES = "教育局 人力资源和社会保障局 工业和信息化局 科学技术局 财政局 发展和改革委员会 民政局 商务局".split()
_TASKS = (
    "技能人才培养 产业工人队伍建设 职业教育产教融合 数字经济 乡村人才振兴 制造业升级 营商环境优化 科技成果转化"
).split()
_COUNTED = "高技能人才 技能人才 技术工人 职业院校 实训基地 工会会员 创新工作室 规模以上企业".split()
_UNITS = {"职业院校": "所", "实训基地": "个", "创新工作室": "个", "规模以上企业": "家"}
_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "明华建国志强丽娟晓东海燕文斌春梅立新永生"
_FILLING = (
    "各级各部门要把这项工作摆在重要位置，压实责任，细化措施。",
    "与会人员围绕下一步安排进行了交流，对难点逐项研究。",
    "有关做法将在总结经验后逐步推开，让更多劳动者得到实惠。",
)


def page(number: int, seed: int = 0) -> str:
    """Return the text of one page: a title, a date line and six to nine paragraphs with a fact or two each."""
    rng = random.Random(f"{seed}/{number}")
    province, _, rest = rng.choice(_PLACES).partition("省")
    province, city = province + "省", rest
    task, year = rng.choice(_TASKS), rng.randint(2019, 2025)
    office, other = rng.sample(_OFFICES, 2)
    counted = rng.sample(_COUNTED, 3)
    person = rng.choice(_FAMILY) + "".join(rng.sample(_GIVEN, 2))
    figures = "，".join(
        f"{name}达到{rng.randint(12, 9800)}{_UNITS.get(name, '人')}"
        + (f"，同比增长{rng.randint(2, 40)}.{rng.randint(1, 9)}%" if rng.random() < 0.5 else "")
        for name in counted
    )
    paragraphs = [
        f"{year}年{rng.randint(1, 12)}月，{city}{office}印发《{city}{task}实施方案（{year}年第{number}号）》。",
        f"由{city}总工会牵头推进{task}改革，{city}{other}参与{task}改革。",
        f"截至{year}年底，{city}{figures}。",
        f"{person}任{city}总工会副主席。",
        f"{province}{office}组织实施{task}提升行动，{city}实施{task}提升行动。",
        f"{rng.choice(_FAMILY)}{rng.choice(_GIVEN)}{rng.choice(_GIVEN)}获评“{province}五一劳动奖章”。",
        *rng.sample(_FILLING, rng.randint(1, 3)),
    ]
    rng.shuffle(paragraphs)
    title = f"{city}推进{task}（第{number}期）"
    return "\n".join([title, f"{year}-06-{rng.randint(10, 28)}　来源：{city}日报", *paragraphs]) + "\n"


def write(folder: Path, count: int, seed: int = 0) -> None:
    """Write pages `000/000000.txt` and so on into a folder, a thousand to each folder below it."""
    for number in range(count):
        path = folder / f"{number // 1000:03d}" / f"{number:06d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(number, seed), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
