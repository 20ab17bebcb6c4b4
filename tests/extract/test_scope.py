"""Whose 全市, 省总工会 and 该区 it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract.analysis import analyse_article
from kg.extract.reader import read
from kg.extract.rulebook.check import article_of
from kg.extract.scope import fits
from kg.lexicon.places import places_named
from kg.model import Article, BlockKind


def names_in(text: str, place: str = "") -> dict[str, str]:
    """Return each name of the text with its name in full, the place known by its code or told by the text."""
    return {m.text: m.name for m in read(article_of(text), None, place).mentions if m.text}


@pytest.mark.parametrize(
    ("text", "form", "full"),
    [
        ("安徽省出台《匠心条例》。全省走访企业100家。", "全省", "安徽省"),
        ("安徽省出台《匠心条例》。省总工会走访企业。", "省总工会", "安徽省总工会"),
        ("芜湖市召开产改工作推进会。全市走访企业。市总工会到会。", "市总工会", "芜湖市总工会"),
        ("芜湖市召开产改工作推进会。市委组织部、市人社局到会。", "市委组织部", "中共芜湖市委组织部"),
        ("芜湖市召开产改工作推进会。市委组织部、市人社局到会。", "市人社局", "芜湖市人力资源和社会保障局"),
        ("芜湖市召开产改工作推进会，省总工会派人到会。", "省总工会", "安徽省总工会"),
        ("广西壮族自治区出台《匠心条例》。自治区总工会走访企业。", "自治区总工会", "广西壮族自治区总工会"),
        ("延边朝鲜族自治州召开推进会。州总工会走访企业，全州有工匠100人。", "州总工会", "延边朝鲜族自治州总工会"),
        ("北仑区召开推进会。全区有工匠100人。", "全区", "北仑区"),
        ("歙县召开推进会。县总工会走访企业，全县有工匠100人。", "全县", "歙县"),
        ("鄂托克旗召开推进会。全旗有工匠100人。", "全旗", "鄂托克旗"),
    ],
)
def test_a_level_word_means_the_place_of_its_text(text: str, form: str, full: str) -> None:
    assert names_in(text)[form] == full


def test_other_places_that_a_report_cites_keep_their_own() -> None:
    text = "安徽省总工会在全省推进产改。\n浙江省宁波市做法不同，全市有工匠100人。\n全省走访企业300家。"
    reading = read(article_of(text))
    city = next(m for m in reading.mentions if m.text == "全市")
    province = [m for m in reading.mentions if m.text == "全省"][-1]
    assert (city.name, province.name) == ("宁波市", "安徽省")


def test_each_section_of_a_round_up_has_its_own_place() -> None:
    text = "各地推进产改\n湖南省\n省总工会走访企业，全省有工匠100人。\n青海省\n省总工会走访牧区，全省有工匠50人。"
    article = article_of(text)
    kinds = [BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH]
    blocks = tuple(replace(b, kind=k) for b, k in zip(article.blocks, kinds, strict=True))
    article = replace(article, blocks=blocks)
    unions = [m.name for m in read(article).mentions if m.text == "省总工会"]
    wholes = [m.name for m in read(article).mentions if m.text == "全省"]
    assert (unions, wholes) == (["湖南省总工会", "青海省总工会"], ["湖南省", "青海省"])


def test_the_place_known_from_outside_comes_first() -> None:
    assert names_in("省总工会走访企业。", "630000")["省总工会"] == "青海省总工会"


@pytest.mark.parametrize(
    ("text", "outlet", "full"),
    [
        ("市总工会走访企业。", "商丘日报", "商丘市总工会"),
        ("市总工会走访企业。", "无锡市总工会网站", "无锡市总工会"),
        ("芜湖市召开推进会。市总工会走访企业。", "商丘日报", "芜湖市总工会"),  # the text says more than its outlet
        ("市总工会走访企业。", "工人日报", None),
        ("市总工会走访企业。", "安徽日报", None),  # of which city is not said
    ],
)
def test_the_place_of_the_outlet_serves_where_the_text_names_none(text: str, outlet: str, full: str | None) -> None:
    article = replace(article_of(text), publisher=outlet)
    assert {m.text: m.name for m in read(article).mentions}.get("市总工会") == full


def test_a_level_word_without_any_place_is_no_name() -> None:
    assert "全省" not in names_in("全省走访企业100家。")


def test_a_repeated_name_means_the_one_near_by() -> None:
    def of(text: str) -> str:
        article: Article = article_of(text)
        return next(m.scope for m in read(article).mentions if m.text == "鼓楼区")

    assert of("福州市召开推进会，鼓楼区作了发言。") == "350102"
    assert of("徐州市召开推进会，鼓楼区作了发言。") == "320302"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("安徽省", "省"),
        ("广西壮族自治区", "自治区"),
        ("芜湖市", "市"),
        ("上海市", "市"),
        ("延边朝鲜族自治州", "州"),
        ("歙县", "县"),
        ("北仑区", "区"),
        ("锡林郭勒盟", "盟"),
        ("鄂托克旗", "旗"),
    ],
)
def test_which_level_word_fits_a_place(name: str, word: str) -> None:
    (found,) = [p for p in places_named(name) if p.full_name == name]
    assert fits(found, word)
    others = {"自治区", "市", "州", "县", "区"} - {word, "县" if word == "旗" else "", "州" if word == "盟" else ""}
    assert not any(fits(found, other) for other in others)


def test_the_scope_of_an_offset_is_the_articles_place() -> None:
    context = analyse_article(article_of("芜湖市走访企业。职工们很高兴。")).context
    place = context.place(10)
    assert place is not None
    assert place.name == "芜湖市"
