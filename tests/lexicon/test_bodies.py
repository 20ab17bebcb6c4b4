import pytest
from work import grows_evenly

from kg.errors import KgError
from kg.lexicon.bodies import alias_names, body_kinds, canonical_name, find_bodies
from kg.lexicon.places import confirmed, find_places, find_townships_in, place
from kg.naming import ORGANISATIONS


def bodies(text):
    return find_bodies(text, confirmed(find_places(text)))


def read(text):
    """Text, kind, and place or level, of each body; `+` marks what was inherited."""
    return [
        f"{m.text} {m.kind} {m.places[0].name if m.places else m.level or '-'}{'+' if m.inherited else ''}"
        for m in bodies(text)
    ]


def test_types_are_organisations_and_parents_are_kinds():
    assert all(kind.type in ORGANISATIONS for kind in body_kinds().values())
    assert all(not kind.parent or kind.parent in body_kinds() for kind in body_kinds().values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a place, in full, in short, in a chain
        ("芜湖市总工会", ["芜湖市总工会 总工会 芜湖市"]),
        ("广西总工会", ["广西总工会 总工会 广西壮族自治区"]),
        ("广西区总工会", ["广西区总工会 总工会 广西壮族自治区"]),
        ("云南省红河州个旧市总工会", ["云南省红河州个旧市总工会 总工会 个旧市"]),
        ("安徽省工会", ["安徽省工会 总工会 安徽省"]),
        # a level word
        ("省总工会", ["省总工会 总工会 省"]),
        ("自治区人力资源社会保障厅", ["自治区人力资源社会保障厅 人社 自治区"]),
        ("区管委会", ["区管委会 管委会 区"]),
        ("集团工会", ["集团工会 工会 集团"]),
        ("信丰县的信丰高新区工会联合会", ["信丰高新区工会联合会 工会联合会 信丰县"]),
        ("全省产业工人队伍建设改革领导小组", ["省产业工人队伍建设改革领导小组 产改领导小组 省"]),
        # nothing
        ("人社局", ["人社局 人社 -"]),
        ("各级工会", ["工会 工会 -"]),
        # the nation
        ("全总", ["全总 总工会 中国"]),
        ("人社部、工信部", ["人社部 人社 中国", "工信部 工信 中国"]),
        ("全国人大代表", ["全国人大 人大 中国"]),
        ("中宣部", ["中宣部 党委宣传部 中国"]),
        ("国务院国资委", ["国务院国资委 国资委 中国"]),
        # short forms
        ("市总召开会议", ["市总 总工会 市"]),
        ("河南省总党组", ["河南省总 总工会 河南省"]),
        ("重庆市人力社保局", ["重庆市人力社保局 人社 重庆市"]),
        ("市市场监管局", ["市市场监管局 市场监管 市"]),
        ("市产改办", ["市产改办 产改办 市"]),
        ("县财政安排", ["县财政 财政 县"]),
        # party committees and their parts
        ("中共芜湖市委员会", ["中共芜湖市委员会 党委 芜湖市"]),
        ("中国共产党芜湖市委员会", ["中国共产党芜湖市委员会 党委 芜湖市"]),
        ("中共黑龙江省委宣传部", ["中共黑龙江省委宣传部 党委宣传部 黑龙江省"]),
        ("省委组织部", ["省委组织部 党委组织部 省"]),
        ("内蒙古自治区党委组织部", ["内蒙古自治区党委组织部 党委组织部 内蒙古自治区"]),
        ("州委办", ["州委办 党委办公厅 州"]),
        ("市委常委、组织部部长", ["市委 党委 市", "组织部 党委组织部 市+"]),
        # parts of other bodies
        ("市政府新闻办公室", ["市政府新闻办公室 新闻办公室 市"]),
        ("市总工会女职工部", ["市总工会女职工部 总工会女职工部 市"]),
        ("市总工会经济工作部部长", ["市总工会 总工会 市"]),
        ("省产改工作领导小组办公室", ["省产改工作领导小组办公室 产改工作领导小组办公室 省"]),
        # names around the place
        ("黄石团市委", ["黄石团市委 团委 黄石市"]),
        ("共青团黄石市委", ["共青团黄石市委 团委 黄石市"]),
        ("团市委、市妇联", ["团市委 团委 市", "市妇联 妇联 市"]),
        ("政协湖南省委员会", ["政协湖南省委员会 政协 湖南省"]),
        ("中国人民政治协商会议湖南省委员会", ["中国人民政治协商会议湖南省委员会 政协 湖南省"]),
        ("国家税务总局芜湖市税务局", ["国家税务总局芜湖市税务局 税务 芜湖市"]),
        # coordination
        ("省人社厅、总工会、国资委", ["省人社厅 人社 省", "总工会 总工会 省+", "国资委 国资委 省+"]),
        ("哈尔滨市发改委、人社局", ["哈尔滨市发改委 发改 哈尔滨市", "人社局 人社 哈尔滨市+"]),
        ("芜湖市委、市政府", ["芜湖市委 党委 芜湖市", "市政府 政府 芜湖市+"]),
        ("芜湖市委、区政府", ["芜湖市委 党委 芜湖市", "区政府 政府 区"]),
        ("市委市政府", ["市委 党委 市", "市政府 政府 市"]),
        ("自治区党委、政府", ["自治区党委 党委 自治区", "政府 政府 自治区+"]),
        ("县总工会会同县人社局、财政局", ["县总工会 总工会 县", "县人社局 人社 县", "财政局 财政 县+"]),
        ("省总工会。财政局", ["省总工会 总工会 省", "财政局 财政 -"]),
    ],
)
def test_bodies_in_text(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "市总量增加",
        "城市总体规划",
        "全市总人数",
        "省总体方案",
        "安全总监",
        "教育部门",
        "公安部队",
        "市委员",
        "全市工会",
        "工会会员",
        "政府采购",
        "省财政资金",
        "十四届人大五次会议",
        "公安局面",
    ],
)
def test_other_words_are_no_bodies(text):
    assert read(text) == []


def test_streets_and_towns_have_bodies():
    text = "霞浦街道党工委"
    (found,) = find_bodies(text, find_places(text))
    assert (found.text, found.places, found.level) == (text, (), "霞浦街道")
    (found,) = find_bodies(text, find_townships_in(text, near="330206"))
    assert (found.text, found.places[0].code) == (text, "330206005")


def test_a_part_says_where_its_parent_ends():
    (found,) = bodies("由省委组织部牵头")
    assert (found.start, found.end, found.parent, found.parent_end) == (1, 6, "党委", 3)


@pytest.mark.parametrize(
    ("kind", "code", "name"),
    [
        ("总工会", "340200", "芜湖市总工会"),
        ("总工会", "532500", "红河哈尼族彝族自治州总工会"),
        ("总工会", "100000", "中华全国总工会"),
        ("党委", "340200", "中共芜湖市委员会"),
        ("党委", "150000", "中共内蒙古自治区委员会"),
        ("党委组织部", "360722", "中共信丰县委组织部"),
        ("党委组织部", "150000", "中共内蒙古自治区党委组织部"),
        ("党委办公厅", "610300", "中共宝鸡市委办公室"),
        ("党委办公厅", "410000", "中共河南省委办公厅"),
        ("人社", "340200", "芜湖市人力资源和社会保障局"),
        ("人社", "230000", "黑龙江省人力资源和社会保障厅"),
        ("人社", "110000", "北京市人力资源和社会保障局"),
        ("人社", "100000", "人力资源和社会保障部"),
        ("科技", "110000", "北京市科学技术委员会"),
        ("新闻办公室", "230000", "黑龙江省人民政府新闻办公室"),
        ("国资委", "610300", "宝鸡市人民政府国有资产监督管理委员会"),
        ("政协", "430000", "政协湖南省委员会"),
        ("团委", "420200", "共青团黄石市委员会"),
        ("产改工作领导小组", "340200", "芜湖市产业工人队伍建设改革工作领导小组"),
    ],
)
def test_names_in_full(kind, code, name):
    assert canonical_name(kind, place(code)) == name


def test_the_unit_of_the_text_outweighs_the_usual_one():
    (found,) = bodies("信丰县的县发改局")
    assert found.name_at(place("360722")) == "信丰县发展和改革局"


def test_a_body_of_a_part_is_named_by_the_part():
    (found,) = bodies("高新区工会联合会")
    assert found.name_at(place("360722")) == "信丰高新区工会联合会"


def test_other_names():
    assert {"芜湖市人社局", "市人社局", "市人力资源社会保障局"} <= set(alias_names("人社", place("340200")))
    assert {"芜湖市委", "市委"} <= set(alias_names("党委", place("340200")))
    assert {"团市委", "黄石团市委", "市团委"} <= set(alias_names("团委", place("420200")))
    assert "市团省委" not in alias_names("团委", place("420200"))
    assert {"红河州总工会", "州总工会", "州总"} <= set(alias_names("总工会", place("532500")))
    assert {"内蒙古自治区党委", "自治区党委"} <= set(alias_names("党委", place("150000")))


@pytest.mark.parametrize("code", ["110000", "150000", "230000", "340200", "360722", "532500"])
def test_every_alias_is_read_as_its_kind(code):
    where = place(code)
    for kind in body_kinds().values():
        for alias in alias_names(kind.key, where):
            if alias.startswith(where.name):
                assert [m.kind for m in bodies(alias)] == [kind.key], alias


def test_unknown_kind_and_missing_national_body_are_errors():
    with pytest.raises(KgError, match="杂务"):
        canonical_name("杂务", place("340200"))
    with pytest.raises(KgError, match="教体"):
        canonical_name("教体", place("100000"))


def test_four_times_as_much_text_is_four_times_the_work():
    sentence = "安徽省芜湖市鸠江区的改革由市总工会牵头，市委组织部、人社局同步开展，参加技能竞赛的职工不断增加。"
    texts = {number: sentence * number for number in (2_000, 8_000)}
    places = {number: find_places(text) for number, text in texts.items()}
    assert grows_evenly(lambda number: find_bodies(texts[number], places[number]), 2_000)
    assert len(find_bodies(texts[8_000], places[8_000])) == 3 * 8_000
