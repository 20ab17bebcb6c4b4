"""Posts: which body each title belongs to."""

import pytest

from kg.extract.reader import read
from kg.extract.rulebook.check import article_of
from kg.lexicon.places import places_named


def posts(text: str, place: str = "清远市") -> set[tuple[str, str, str]]:
    facts = read(article_of(text, "2025-05-01"), place=places_named(place)[0].code).facts
    return {
        (f.slots["person"].name, f.slots["organization"].name, "、".join(f.slots["titles"]))
        for f in facts
        if f.type == "post"
    }


PARTY, CITY, UNION = "中共清远市委员会", "清远市人民政府", "清远市总工会"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("市委副书记、市长李晓东出席。", {("李晓东", PARTY, "副书记"), ("李晓东", CITY, "市长")}),
        (
            "市委常委、统战部部长、市总工会主席王建成讲话。",
            {("王建成", PARTY, "常委"), ("王建成", "中共清远市委统战部", "部长"), ("王建成", UNION, "主席")},
        ),
        (
            "市总工会党组书记、常务副主席李子荣主持会议，党组成员、副主席周梅、孙强出席。",
            {
                ("李子荣", UNION, "党组书记、常务副主席"),
                ("周梅", UNION, "党组成员、副主席"),
                ("孙强", UNION, "党组成员、副主席"),
            },
        ),
        (
            "市人社局副局长、市就业中心主任钱建华发言。",
            {("钱建华", "清远市人力资源和社会保障局", "副局长"), ("钱建华", "清远市就业中心", "主任")},
        ),
        (
            "市优化营商环境工作专班由常务副市长邢志刚任召集人。",
            {
                ("邢志刚", CITY, "常务副市长"),
                ("邢志刚", "清远市优化营商环境工作专班", "召集人"),
            },
        ),
        (
            "计划由市协调劳动关系三方委员会主任、副市长周建国负责。",
            {("周建国", "清远市协调劳动关系三方委员会", "主任"), ("周建国", CITY, "副市长")},
        ),
        ("市劳动人事争议仲裁院仲裁员韦丽萍说。", {("韦丽萍", "清远市劳动人事争议仲裁院", "仲裁员")}),
        (
            "市委成立领导小组，由市中级人民法院院长王建成任组长。",
            {
                ("王建成", "清远市中级人民法院", "院长"),
                ("王建成", "清远市领导小组", "组长"),
            },
        ),
        ("清远电缆公司的一线工人何小勇说。", {("何小勇", "清远电缆公司", "工人")}),
        (
            "清远重工集团成立三十年。集团党委书记、董事长郝志平介绍情况。",
            {("郝志平", "清远重工集团", "党委书记、董事长")},
        ),
        (
            "市总工会第十届委员会选举张红为主席，李明、王芳为副主席。",
            {("张红", UNION, "主席"), ("李明", UNION, "副主席"), ("王芳", UNION, "副主席")},
        ),
        ("石岭模具行业工会联合会主席卢敏发言。", {("卢敏", "石岭模具行业工会联合会", "主席")}),
        ("市第一医院护士长陈丽萍说。", {("陈丽萍", "清远市第一医院", "护士长")}),
        (
            "市总工会选举张红为主席，李明（女）、王芳当选副主席，张红、孙强当选常委，王芳当选经审会主任。",
            {
                ("张红", UNION, "主席"),
                ("李明", UNION, "副主席"),
                ("王芳", UNION, "副主席"),
                ("张红", UNION, "常委"),
                ("孙强", UNION, "常委"),
                ("王芳", f"{UNION}经费审查委员会", "主任"),
            },
        ),
        ("清远市劳动模范周大山走进校园。", set()),
        ("班组长应当管好班组。", set()),
    ],
)
def test_posts_of_a_text(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert posts(text) == expected


def test_a_sentence_without_a_full_stop_is_read() -> None:
    assert posts("陈国栋  清远重工集团焊工") == {("陈国栋", "清远重工集团", "焊工")}
