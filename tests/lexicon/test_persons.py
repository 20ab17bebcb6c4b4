import pytest

from kg.lexicon.persons import posts, surnames, titles, word_sections


@pytest.mark.parametrize(
    "name", ["李", "欧阳", "丛", "覃", "阎", "冉", "佟", "普", "敖敦", "诸葛", "于", "关", "金", "栾"]
)
def test_surnames(name):
    assert name in surnames()


@pytest.mark.parametrize("name", ["和", "国", "通", "有"])
def test_surnames_that_are_mostly_other_words_come_on_demand(name):
    assert name not in surnames()
    assert name in surnames(rare=True)


TITLES = """
书记 副书记 党组书记 党组副书记 党组成员 常务副主席 主席 主任 副主任 市长 代市长 局长 厅长 部长 班长 车间主任 技师
工程师 董事长 总经理 队长 院长 校长 委员 代表 秘书长 副秘书长 处长 科长 召集人 组长 纪委书记 工会主席 高级技师 钳工
"""


@pytest.mark.parametrize("title", TITLES.split())
def test_titles(title):
    assert title in titles()


def test_callings_are_no_posts():
    assert "钳工" not in posts()
    assert "副部长" in posts()


def test_sections_hold_no_word_twice():
    assert word_sections("titles.txt").keys() == {"prefixes", "organs", "party", "posts", "callings"}
