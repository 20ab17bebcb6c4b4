"""Observations: what is counted, whose number it is, when it holds, and whether it is reached or aimed at."""

from __future__ import annotations

import pytest

from kg.extract.reader import read
from kg.extract.rulebook.check import article_of, values
from kg.lexicon.places import places_named

PLACE = places_named("清远市")[0].code
DATE = "2024-06-20"


def observed(text: str, *slots: str, date: str = DATE, place: str = PLACE) -> list[tuple[str, ...]]:
    """Return the slots asked for of every observation of a text, in the order of the text."""
    found = [f for f in read(article_of(text, date), place=place).facts if f.type == "observation"]
    return [tuple(next((form for form in values(f).get(slot, ()) if form), "") for slot in slots) for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("企业内部提拔技师31人。", [("提拔技师", "31")]),
        ("全市职工合理化建议采纳率为六成。", [("职工合理化建议采纳率", "60")]),
        ("全市重点产业匹配度达89%。", [("重点产业匹配度", "89")]),
        ("24个示范培训基地挂了牌。", [("示范培训基地", "24")]),
        ("新建职工书屋12家，总数达到140家。", [("新建职工书屋", "12"), ("职工书屋总数", "140")]),
        ("技师津贴每月500元至900元。", [("技师津贴", "500"), ("技师津贴", "900")]),
        ("全市技能人才有31.6万，高级工以上约8.2万。", [("技能人才", "316000"), ("高级工以上", "82000")]),
        ("占3.2亿职工的16%。", [("职工", "320000000")]),
        ("集体合同在档2946份。", [("集体合同", "2946")]),
        ("560余名企业家、干部参会。", [("企业家、干部", "560")]),
        ("区财政每年安排800万元。", [("区财政", "8000000")]),
        ("全年发放创业担保贷款6.42亿元。", [("创业担保贷款", "642000000")]),
        ("14个县（市、区）组队。", [("县（市、区）", "14")]),
        ("新就业形态劳动者入会新增1.5万人。", [("新就业形态劳动者入会", "15000")]),
        ("职工成果申报量突破10万项。", [("成果申报量", "100000")]),
        ("她先后带徒43人，19人当上了技师。", [("带徒", "43"), ("技师", "19")]),
        ("选树岭南工匠73名、清远大工匠170名。", [("岭南工匠", "73"), ("清远大工匠", "170")]),
        ("城镇新增就业8.9万人，完成年度任务的127.6%。", [("城镇新增就业", "89000"), ("完成年度任务", "127.6")]),
        (
            "培训职工4.7万人次，发放补贴6120万元，后者增长12.4%。",
            [("培训职工", "47000"), ("补贴", "61200000"), ("补贴", "12.4")],
        ),
        ("审批时限由86个工作日压减到19个工作日。", [("审批时限", "86"), ("审批时限", "19")]),
        ("清城区、英德市分别有54家和37家企业签约。", [("企业", "54"), ("企业", "37")]),
    ],
)
def test_indicator(text: str, expected: list[tuple[str, str]]) -> None:
    found = observed(text, "indicator", "value")
    assert len(found) >= len(expected)
    for (indicator, value), (wanted, number) in zip(found, expected, strict=False):
        assert value == number
        assert wanted in indicator or indicator in wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2027年，全市技师要达到9万人。", [("Target", "../2027")]),
        ("全市计划培训职工4万人次。", [("Target", "")]),
        (
            "全市要把试点扩到100家企业，目前有16家，去年增加9家。",
            [("Target", ""), ("Level", "../2024"), ("Level", "2023")],
        ),
        ("到2027年，全市技师由目前的6万人增至9万人。", [("Level", "../2024"), ("Target", "../2027")]),
        ("实训中心可容纳1200人。", [("Level", "")]),
        ("职工提出合理化建议860条，创造效益90万元。", [("Level", ""), ("Level", "")]),
        ("八成以上学员实现就业。", [("Share", "")]),
        ("完成年度任务的68%。", [("Share", "")]),
        ("企业建会率比全省平均水平低3个百分点。", [("Level", "")]),
        ("专精特新企业翻了一番。", [("Growth", "")]),
    ],
)
def test_kind(text: str, expected: list[tuple[str, str]]) -> None:
    found = observed(text, "kind", "period")
    assert [kind for kind, _ in found] == [kind for kind, _ in expected]
    assert [period for _, period in found if period] == [period for _, period in expected if period]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("英德市培训职工900人。", ["英德市"]),
        ("在英德市，12家企业结成对子。", ["英德市"]),
        ("清城区、英德市分别培训焊工310人、270人。", ["清城区", "英德市"]),
        ("英德市推行“班组课堂”机制，佛冈县启动“百企”计划，两地分别覆盖企业64家、53家。", ["英德市", "佛冈县"]),
        ("清城区、英德市企业建会率均达到九成。", ["清城区", "英德市"]),
        ("清远市总工会启动“暖工”行动，慰问职工900人次。", ["“暖工”行动"]),
        ("清远市总工会启动“暖工”行动，英德市总工会发放慰问金12万元。", ["“暖工”行动", "英德市总工会"][1:]),
        ("清远市举办技能竞赛12场，参赛职工3万人次。", ["清远市", "清远市"]),
        ("甘塘钢铁集团有限公司是试点企业。集团拥有专利160件。", ["甘塘钢铁集团有限公司"]),
        ("全市有创新工作室41家（其中英德市5家、佛冈县3家）。", ["清远市", "英德市", "佛冈县"]),
        ("甘塘钢铁集团有限公司推行师带徒。累计结对160对。", ["甘塘钢铁集团有限公司"]),
        ("甘塘钢铁集团有限公司推行师带徒。全市结对160对。", ["清远市"]),
        ("甘塘钢铁集团有限公司等7家企业获奖。", ["清远市"]),
        ("甘塘钢铁集团有限公司是试点企业。我们集团有专利160件。", ["甘塘钢铁集团有限公司"]),
        # The place as a whole, whoever acted before; a part of it.
        ("清城区、英德市启动改革。各级大厅配备专员816名。", ["清远市"]),
        ("英德市总工会主席李向前说，该市有工会320家，全省有9000家。", ["英德市", "广东省"]),
        # A workshop named after a person, and meant again.
        ("以首席技师李向前名字命名的创新工作室，现有成员21人。", ["李向前创新工作室"]),
        ("以李向前名字命名的工作室有成员21人。仅2023年，工作室就改良工序53道。", ["李向前工作室"] * 2),
        # Who came to what is held, also where those who hold it are named in between.
        ("6月8日，清远市工会第七次代表大会在清新区举行。188名正式代表参加会议。", ["清远市工会第七次代表大会"]),
        ("清远市举办第五届“北江杯”技能大赛。大赛由英德市总工会承办，96名选手参赛。", ["第五届“北江杯”技能大赛"]),
        ("清远市举办第五届“北江杯”技能大赛。英德市总工会培训职工120人。", ["英德市"]),
        # A place compared with is none of which more is told.
        ("全市教师占比58%，比佛山低6个百分点。市总工会建成基地60个。", ["清远市"] * 3),
        ("全市新增技师2万人，其中英德市占七成；评价机构达428家。", ["清远市", "英德市", "清远市"]),
        # Labels of paragraphs: a place's own, and one that ends it.
        (
            "【清城区：夜校】开课46场。\n【英德市：补短板】建会320家。\n【下步打算】全市新建基地30个。",
            ["清城区", "英德市", "清远市"],
        ),
        # Of one person; of the firms named together; by what something is done.
        ("甘塘钢铁集团有限公司焊工李向前先后带徒43人。", ["李向前"]),
        (
            "成果在清远北江钢构厂、清远连江钛材有限公司应用后，分别节约成本386万元和512万元。",
            ["清远北江钢构厂", "清远连江钛材有限公司"],
        ),
        ("清远市总工会召开推进会，以“暖工”劳动竞赛为主线，带动1300家企业。", ["“暖工”劳动竞赛"]),
        ("在岗的“清远工匠”每月领津贴1500元。", ["清远市"]),
        # A title that begins with a place is what is counted.
        ("全市累计培育广东工匠41名。", ["清远市"]),
    ],
)
def test_about(text: str, expected: list[str]) -> None:
    assert [about for (about,) in observed(text, "about")] == expected


def test_numbers_that_refer_back_to_the_sentence_before() -> None:
    found = observed("全市培训职工4万人次。同比增长12%。", "indicator", "value")
    assert found == [("培训职工", "40000"), ("培训职工", "12")]


def test_the_nation_where_an_article_has_no_place() -> None:
    assert observed("全国有技师900万人。", "about", place="") == [("中国",)]
    assert observed("有技师900万人。", "about", place="") == []
