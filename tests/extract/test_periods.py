"""When a number holds: the time of its sentence, of what it goes on to tell of, of its passage, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.reader import read
from kg.extract.rulebook.check import article_of, values
from kg.lexicon.places import places_named
from kg.model import Article, BlockKind

PLACE = places_named("清远市")[0].code
DATE = "2024-06-20"


def observed(text: str, *slots: str, date: str = DATE) -> list[tuple[str, ...]]:
    """Return the slots asked for of every observation of a text, in the order of the text."""
    return _slots(article_of(text, date), *slots)


def under(heading: str, text: str, *slots: str, title: str = "", date: str = DATE) -> list[tuple[str, ...]]:
    """Return the same for a text whose first line is a heading, in an article with a title."""
    plain = article_of(f"{heading}\n{text}", date)
    first, *rest = plain.blocks
    blocks = (replace(first, kind=BlockKind.HEADING), *rest)
    return _slots(replace(plain, blocks=blocks, title=title or None), *slots)


def _slots(article: Article, *slots: str) -> list[tuple[str, ...]]:
    found = [f for f in read(article, place=PLACE).facts if f.type == "observation"]
    return [
        tuple(next((form for form in values(f).get(slot, ()) if form), "") for slot in slots)
        for f in sorted(found, key=lambda f: f.start)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The time of the clause, and of the sentence across its semicolons.
        ("2023年，全市培训职工4万人次；补贴企业620家。", ["2023", "2023"]),
        ("市总工会2023年培训职工4万人次。补贴企业620家。", ["2023", ""]),
        ("截至2023年底，全市有工匠学院9所。", ["../2023"]),
        ("目前，全市有工匠学院9所。", ["../2024"]),
        ("全市现有工匠学院9所。", ["../2024"]),
        ("2021年以来，全市选树工匠60名。", ["2021/.."]),
        ("近年来，全市选树工匠60名。", [""]),
        # A contest of the sentence before; a meeting spoken of again, to the month.
        ("5月8日，全市焊工技能大赛决赛在清新区举行。来自各县的64名选手参赛。", ["2024-05"]),
        ("5月8日，清远市召开产改工作推进会。会上，9家企业被授予奖牌。", ["2024"]),
        # What each is paid by rule holds at no time of its own.
        ("2023年，清远市奖励技师，每人奖励2000元。", [""]),
        # The date of what is issued is not that of those who act.
        ("2022年，清远市印发《技能津贴办法》，27家成员单位按季会商。", [""]),
        ("2022年，清远市印发《技能津贴办法》，发放津贴300万元。", ["2022"]),
        # Compared with the year before, or with a year further back.
        ("2023年，全市培训职工4万人次，同比增长12%。", ["2023", "2023"]),
        ("2023年，全市培训职工4万人次，比2019年增长52%。", ["2023", "2019/2023"]),
        ("2023年，全市培训职工4万人次，比2022年增长9%。", ["2023", "2022/2023"]),
        ("2023年，全市完成全年目标的68%。", ["2023"]),
        # A time in a title is none of the sentence.
        ("清远市落实《产改三年行动方案（2025—2027年）》，培训职工4万人次。", [""]),
        # The state of things is told up to a day, behind semicolons and full stops too; what was done is not.
        ("截至6月底，全市共有技师9万人；技工4万人。技工院校12所。培训职工3万人次。", ["../2024-06"] * 3 + [""]),
        ("技师由2020年底的3万人增加到今年4月底的9万人；技工4万人。", ["../2020", "../2024-04", "../2024-04"]),
        ("三年来，全市培训职工4万人次。", ["2021/2024"]),
        # What is told since then ends with the sentence.
        ("2021年以来，全市培训职工4万人次。建成工匠学院12所。", ["2021/..", ""]),
        # What is founded in a year counts from then on, in a month it belongs to it.
        ("2017年成立工匠学院，培训职工4万人次。", ["2017/.."]),
        ("5月成立工匠学院，培训职工400人次。", ["2024-05"]),
        # What is aimed at holds behind semicolons and full stops of the paragraph, and below a colon.
        ("方案提出，到2027年，技师突破9万人；力争建成基地20个。要培育工匠100名。", ["../2027"] * 3),
        ("到2027年要实现以下目标：\n一是力争建成基地20个。", ["../2027"]),
        # A report that opens with its year is all about it.
        ("今年以来，市总工会履职尽责。\n新建职工书屋12家。", ["2024"]),
        ("今年，市总工会履职尽责。\n新建职工书屋12家。", [""]),
    ],
)
def test_period(text: str, expected: list[str]) -> None:
    assert [period for (period,) in observed(text, "period")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A time that opens its sentence, behind the label of a speaker or place too, holds behind semicolons.
        ("陈某某：去年，全市签订集体合同4100份；建制率稳定在九成，同比提高2个百分点。", ["2023", "2023", "2023"]),
        ("【英德市：夜校】去年，全市开课46场；听课900人次。", ["2023", "2023"]),
        # A figure of the time compared with.
        ("今年前五个月，全市办理退税12亿元，上年同期为9亿元。", ["2024-01/2024-05", "2023-01/2023-05"]),
        ("今年一季度，全市新登记企业6100户，去年同期5200户。", ["2024-01/2024-03", "2023-01/2023-03"]),
        ("今年一季度，全市新登记企业6100户，比去年同期多900户。", ["2024-01/2024-03", "2024-01/2024-03"]),
        # A part is counted when the whole is, not over the stretch of a change.
        (
            "截至5月末，全市有企业13万户，较2021年末净增2万户，其中外资4000户。",
            ["../2024-05", "2021/2024-05", "../2024-05"],
        ),
        ("截至2023年底，全市建成驿站53个，国家级2个、省级14个。", ["../2023"] * 3),
        ("2023年，全市新建工会218家。其中，百人以上企业12家。", ["2023", "2023"]),
        # What one number became, the next did in the same time.
        ("全市技师由2018年的7万人增至2022年的9万人，占比从26%提升到33%。", ["2018", "2022", "2018", "2022"]),
        ("全市会员由上届末的7万人增至目前的9万人。", ["", "../2024"]),
        # Times and numbers in the same order.
        ("全市2022年、2023年分别新建工会218家、230家。", ["2022", "2023"]),
        ("2022年和2023年，全市新建工会218家。", ["2023"]),
        # From the end of a year on; on the year before.
        ("2023年末，全市参保51万人，比上年末增加3万人。", ["../2023", "2022/2023"]),
        ("截至5月底，全市会员51万人，较年初增加3万人。", ["../2024-05", "2024-01/2024-05"]),
        ("二季度，全市新建工会67家，比一季度多25家。", ["2024-04/2024-06", "2024-04/2024-06"]),
        ("截至5月底，全市会员51万人，比改革之初的2019年多出8万人。", ["../2024-05", "2019/2024-05"]),
        ("2023年，全市技能人才31万人，新增工会会员2万人。", ["2023", "2023"]),
        # Since something began.
        ("2021年启动实施以来，全市培养学徒320人。", ["2021/.."]),
        ("2021年以来，全市技师总量已达9万人。", ["../2024"]),
        ("2021年以来，全市累计建成驿站320个。", ["2021/.."]),
        # What is said of now goes on for what there is, not for what is done.
        ("街道现有网点37个，骑手1260人，去年新发展会员512人。", ["../2024", "../2024", "2023"]),
        # An average is measured in a time, a rate is paid by rule.
        ("今年一季度，全市职工月均工资5800元。", ["2024-01/2024-03"]),
        ("今年一季度，全市技师每月可领津贴800元。", [""]),
        # Who came is counted on the day stated, or in the month where it went on for days.
        ("6月8日，全市产改论坛举行。论坛由市总工会主办，130名职工代表到场。", ["2024-06-08"]),
        ("6月6日至8日，全市焊工技能大赛在清新区举行，41家企业的518名焊工参加。", ["2024-06"] * 2),
        ("6月6日至8日，工会第七次代表大会召开。188名代表参加会议。", ["2024-06"]),
        ("6月8日，清远市召开推进会。12家企业签约。", [""]),
        # An honour is of the year in which it is given.
        ("6月8日，清远市召开表彰大会。会上，授予16名职工“清远工匠”称号。", ["2024"]),
        # A contest named before its date, and one that the sentence behind a day tells of; what was won in it.
        ("焊工精英赛于6月6日至8日在清新区举行。大赛设赛项8个，决出金奖3项。", ["2024-06"] * 2),
        ("6月8日，厂房里焊花四溅。清远市首届焊工邀请赛正在进行。两天赛程，47家企业的选手角逐。", ["2024-06"]),
        ("6月8日，厂房里焊花四溅。47家企业签约。", [""]),
        # Years that run from a year just named, and others.
        ("工作室2018年挂牌，六年来攻克难题159项。", ["2018/.."]),
        ("2021年，清远市启动“暖工”行动，三年下来，结成师徒530对。", ["2021/.."]),
        ("2019年，清远市启动“暖工”行动。三年来，结成师徒530对。", ["2021/2024"]),
        # What changed since a time, without another to compare with, has that time; what something became too.
        ("2022年以来，全市返工成本下降两成，合格率由93%提升至98%。", ["2022/..", "", "2022/.."]),
        # Two numbers of which the one became the other as of a day.
        ("全市技师由2020年的3万人增至去年底的9万人。", ["../2020", "../2023"]),
        ("全市技师由2020年的3万人增至2023年的9万人。", ["2020", "2023"]),
        # What is counted every year is of none, but of those since.
        ("2023年，全市每年服务骑手6万人次。", [""]),
        ("2021年起，全市每年服务骑手6万人次。", ["2021/.."]),
        # A year that is over, told of as the year that has passed.
        ("2023年，全市工会有新气象。一年来，新建工会218家。", ["2023"]),
    ],
)
def test_period_by_construction(text: str, expected: list[str]) -> None:
    assert [period for (period,) in observed(text, "period")] == expected


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("一、2023年工作情况", "全市签订合同3000份。10月，举办培训班12期。", [("Level", "2023"), ("Level", "2023-10")]),
        ("一、2023年工作情况", "全市共有技师9万人。培训职工4万人次。", [("Level", "../2023"), ("Level", "2023")]),
        ("一、2023年工作情况", "同年，市总工会收集建议4600条。", [("Level", "2023")]),
        ("二、2024年重点任务", "全年建成驿站45个。", [("Target", "2024")]),
        ("二、2024年重点任务", "8月底前，发出要约书1200份。", [("Target", "../2024-08")]),
        ("二、2024年重点任务", "领导小组现有成员单位28家。", [("Level", "../2024")]),
        ("那年2023年的春天", "全市签订合同3000份。", [("Level", "")]),
        ("一、健全机制", "全市签订合同3000份。", [("Level", "")]),
    ],
)
def test_period_by_heading(heading: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert under(heading, text, "kind", "period") == expected


def test_heading_holds_over_those_below_it() -> None:
    text = "（一）强技能\n培训职工900人次。\n二、下步打算\n全市有工会320家。"
    plain = article_of(f"一、2023年工作情况\n{text}", DATE)
    kinds = [BlockKind.HEADING, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]
    blocks = tuple(replace(block, kind=kind) for block, kind in zip(plain.blocks, kinds, strict=True))
    assert _slots(replace(plain, blocks=blocks), "period") == [("2023",), ("",)]


def test_decision_that_names_who_is_honoured_is_of_its_year() -> None:
    title = "清远市人民政府关于表彰第六届劳动模范的决定"
    text = "市政府决定，授予60名同志“清远市劳动模范”称号。\n此次表彰的劳动模范中，女性17名。"
    assert under("正文", text, "period", title=title) == [("2024",), ("2024",)]
    assert under("正文", text.replace("此次表彰的劳动模范中", "全市劳动模范中"), "period", title=title)[1] == ("",)
