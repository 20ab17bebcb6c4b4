import pytest
from work import grows_evenly

from kg.errors import KgError
from kg.lexicon.divisions import NATION, places
from kg.lexicon.places import (
    children,
    confirmed,
    find_places,
    find_townships_in,
    place,
    places_named,
    resolve_place,
    townships_of,
)


@pytest.mark.parametrize(
    ("code", "name", "level", "parent"),
    [
        ("110000", "北京市", "province", "100000"),
        ("110101", "东城区", "county", "110000"),  # no 市辖区 in between
        ("500229", "城口县", "county", "500000"),  # no 县 in between
        ("429004", "仙桃市", "county", "420000"),  # directly below the province
        ("440300", "深圳市", "prefecture", "440000"),
        ("441900", "东莞市", "prefecture", "440000"),
        ("340271", "芜湖经济技术开发区", "zone", "340200"),
        ("710000", "台湾省", "province", "100000"),
        ("810000", "香港特别行政区", "province", "100000"),
        ("820000", "澳门特别行政区", "province", "100000"),
        ("100000", "中国", "nation", ""),
        ("330206005", "霞浦街道", "township", "330206"),
    ],
)
def test_places_have_codes_levels_and_parents(code, name, level, parent):
    found = place(code)
    assert (found.name, found.full_name, found.level, found.parent) == (name, name, level, parent)


def test_pseudo_levels_are_no_places():
    names = {p.name for p in places().values()}
    assert not names & {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def test_every_parent_is_a_place():
    assert all(p.parent in places() for p in places().values() if p != NATION)


def test_unknown_code_is_an_error():
    with pytest.raises(KgError, match="999999"):
        place("999999")


@pytest.mark.parametrize(
    ("name", "shorts"),
    [
        ("安徽省", {"安徽"}),
        ("芜湖市", {"芜湖"}),
        ("黔南布依族苗族自治州", {"黔南州", "黔南"}),
        ("红河哈尼族彝族自治州", {"红河州", "红河"}),
        ("内蒙古自治区", {"内蒙古"}),
        ("广西壮族自治区", {"广西"}),
        ("新疆维吾尔自治区", {"新疆"}),
        ("信丰县", {"信丰"}),
        ("科尔沁左翼中旗", {"科左中旗"}),
        ("融水苗族自治县", {"融水县", "融水"}),
        ("龙胜各族自治县", {"龙胜县", "龙胜"}),
        ("巴音郭楞蒙古自治州", {"巴音郭楞州", "巴州"}),
        ("兴安盟", {"兴安"}),
        ("滨海新区", {"滨海"}),
        ("鄂温克族自治旗", {"鄂温克旗", "鄂温克"}),
    ],
)
def test_short_names(name, shorts):
    (found,) = places_named(name)
    assert shorts <= set(found.short_names)


def test_short_names_never_shrink_to_one_character():
    assert places_named("歙县")[0].short_names == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("黔南布依族苗族自治州", "州"), ("内蒙古自治区", "自治区"), ("信丰县", "县"), ("兴安盟", "盟"), ("正蓝旗", "旗")],
)
def test_kind_word(name, kind):
    assert places_named(name)[0].kind_word == kind


def test_ancestors_and_province():
    county = place("340207")
    assert [p.name for p in county.ancestors] == ["芜湖市", "安徽省"]
    assert county.province.name == "安徽省"
    assert county.province.abbreviation == "皖"
    assert county in children("340200")
    assert county.within(place("340000"))
    assert not county.within(place("330000"))


def test_risky_short_names_are_left_out_on_demand():
    assert len(places_named("和平")) > 1
    assert places_named("和平", safe=True) == ()
    assert places_named("城区", safe=True) == ()
    assert places_named("日照", safe=True) == ()
    assert [p.name for p in places_named("长沙", safe=True)] == ["长沙市"]
    assert [p.name for p in places_named("信丰", safe=True)] == ["信丰县"]


@pytest.mark.parametrize(
    ("name", "near", "code"),
    [
        ("鼓楼区", "320100", "320106"),  # same prefecture
        ("鼓楼区", "320102", "320106"),
        ("鼓楼区", "350000", "350102"),  # same province, one only
        ("鼓楼区", "320000", None),  # two in the province
        ("鼓楼区", None, None),
        ("鼓楼区", "110000", None),
        ("吉林", None, "220000"),  # the higher level
        ("吉林", "220200", "220200"),
        ("海南", None, "460000"),
        ("长沙", "430100", "430100"),
        ("朝阳", "110105", "110105"),
        ("朝阳", None, "211300"),
        ("城区", "140500", "140502"),
        ("仙桃", None, "429004"),
        ("信丰", "110000", "360722"),
        ("湖北", "340200", "420000"),
        ("红河州", "530000", "532500"),
        ("全国", "530000", "100000"),
        ("霞浦街道", "330206", "330206005"),
        ("霞浦街道", "330200", "330206005"),
        ("霞浦街道", None, None),
        ("无此地", "110000", None),
    ],
)
def test_resolution_by_context(name, near, code):
    found = resolve_place(name, near)
    assert (found.code if found else None) == code


def names_in(text):
    return [m.text for m in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("安徽省芜湖市鸠江区", ["安徽省", "芜湖市", "鸠江区"]),
        ("广东深圳", ["广东", "深圳"]),
        ("内蒙古鄂尔多斯市", ["内蒙古", "鄂尔多斯市"]),
        ("红河州个旧市", ["红河州", "个旧市"]),
        ("从江苏省来安徽", ["江苏省", "安徽"]),  # 从江 and 来安 are counties
        ("大同市场", ["大同"]),
        ("山东城区", ["山东", "城区"]),
        ("京津冀", ["京", "津", "冀"]),
        ("粤港澳大湾区", ["粤", "港", "澳"]),
        ("黔南州", ["黔南州"]),
        ("上海南站", ["上海"]),
        ("越南通过", []),
        ("中山西路", []),
        ("南京东路", []),
        ("推广安全知识", []),
        ("确保定期检查", []),
        ("十四平方米", []),
        ("建设新乡村", []),
        ("长治久安", []),
        ("朝阳产业", []),
        ("拿出真金白银", []),
        ("亲自贡献", []),
        ("重大连续", []),
        ("县域经济", []),
        ("建设示范县", []),
        ("沛县", ["沛县"]),
        ("四川泸县", ["四川", "泸县"]),
        ("湖南山区", ["湖南"]),
        ("城市北区", []),
        ("西南山区", []),
        ("三八红旗手", ["红旗"]),
        ("东北海岸", []),
        ("中国共产党", []),
    ],
)
def test_places_in_text(text, expected):
    assert names_in(text) == expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("芜湖市", "full"),
        ("芜湖", "short"),
        ("信丰", "short-county"),
        ("城区", "short-county"),
        ("科左中旗", "short"),
        ("全国", "nation"),
        ("八桂", "nickname"),
    ],
)
def test_forms(text, form):
    assert [m.form for m in find_places(f"在{text}，")] == [form]


def test_offsets_are_those_of_the_text():
    text = "据悉，湖北省黄石市与广西柳州交流。"
    assert all(text[m.start : m.end] == m.text for m in find_places(text))


def test_a_chain_narrows_the_candidates():
    *_, last = find_places("江苏省南京市鼓楼区")
    assert [p.code for p in last.candidates] == ["320106"]
    assert len(find_places("鼓楼区")[0].candidates) == 4


def test_county_short_forms_need_confirmation():
    def kept(text):
        return [(m.text, [p.code for p in m.candidates]) for m in confirmed(find_places(text)) if len(m.text) == 2]

    assert kept("和平年代，信丰工会。") == []
    assert kept("信丰县的工会，信丰有很多。") == [("信丰", ["360722"])]
    assert kept("赣州市下辖信丰。") == [("信丰", ["360722"])]
    assert kept("天津市热爱和平。") == []
    assert kept("天津和平的职工") == [("天津", ["120000"]), ("和平", ["120101"])]


def test_townships():
    assert {p.name for p in townships_of("330206")} >= {"霞浦街道", "大榭街道"}
    assert all(p.province.code == "330000" for p in townships_of("330206"))
    (found,) = find_townships_in("位于霞浦街道的企业", near="330200")
    assert (found.text, found.candidates[0].code) == ("霞浦街道", "330206005")


def test_four_times_as_much_text_is_four_times_the_work():
    sentence = "安徽省芜湖市鸠江区的改革由市总工会牵头，广东深圳同步开展，参加技能竞赛的职工人数不断增加。"
    assert grows_evenly(lambda number: find_places(sentence * number), 2_000)
    assert len(find_places(sentence * 8_000)) == 5 * 8_000
