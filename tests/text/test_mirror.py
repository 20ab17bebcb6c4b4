"""The damage that mirrors do, done to texts of our own and undone again."""

import pytest
from mirror import damaged, damaged_at_once, narrowed, table
from work import grows_evenly

from kg.model import Page
from kg.text import read_article, straddled
from kg.text.convert import to_simplified
from kg.text.likelihood import Language

TEXT = """\
雲嶺市總工會召開職工技能提升現場會，總結三年來的經驗，部署下一階段的任務。
會議指出，要發揮企業的主體作用，扶持數字經濟，把實訓基地辦到產業園裡，讓學員學得會、用得上。
據統計，全市現有高技能人才八萬餘人，較三年前增長三成，職業學校與企業結對辦學，開設專業二百多個。
“過去學技術要出遠門，現在廠裡就有師傅。”東河機械廠鉗工王川說，他帶的徒弟已經有九人獲得技師證書。
市人社局負責人介紹，獎章等評選向一線傾斜，對貢獻突出的團隊給予獎勵，經費由財政統籌安排。
下一步，雲嶺市將繼續完善制度，擴大試點範圍，聯合有關部門開展檢查，確保各項措施落實到位。"""
CLEAN = to_simplified(TEXT)


def read(text):
    return read_article(Page("a", text, "text/plain", "utf-8", ""))


def shown(rows, how=damaged):
    return "\n".join(how(line, rows) for line in TEXT.split("\n"))


def marked(article):
    return {index for start, end in article.guessed for index in range(start, end)}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("share", [0.4, 1.0])
@pytest.mark.parametrize("form", [str, narrowed])
@pytest.mark.parametrize("how", [damaged, damaged_at_once])
def test_what_a_mirror_did_is_undone_or_marked(seed, share, form, how):
    article = read(form(shown(table(share, seed), how)))
    clean, found = form(CLEAN).split("\n"), article.text.split("\n")
    assert len(found) == len(clean)
    wrong, unmarked, offset = 0, 0, 0
    for line, expected in zip(found, clean, strict=True):
        if line != expected:
            wrong += 1
            unmarked += not marked(article) & set(range(offset, offset + len(line)))
        offset += len(line) + 1
    assert wrong <= 2
    assert unmarked == 0


@pytest.mark.parametrize(
    ("shown", "clean", "sure"),
    [
        ("扶持?jǐn)?shù)字經(jīng)濟(jì)", "扶持数字经济", True),
        ("勞(láo)動(dòng)獎(jiǎng)?wù)碌仍u(píng)選(xuǎn)", "劳动奖章等评选", True),
        ("新法子用到了每條產線(xiàn)?！彼f，師傅都肯教會(huì)", "新法子用到了每条产线。”他说，师傅都肯教会", False),
        ("技術(shù)成果逐年增加?！笔】偣?huì)負(fù)責(zé)人說(shuō)", "技术成果逐年增加。”省总工会负责人说", False),
    ],
)
def test_runs_are_put_right(shown, clean, sure):
    article = read(
        shown + "。" + "產業(yè)發(fā)展，職(zhí)業(yè)教育，工會(huì)會(huì)員，隊(duì)伍建設(shè)，辦(bàn)法。"
    )
    assert article.text.startswith(clean + "。")
    assert (article.guessed == ()) is sure


@pytest.mark.parametrize(("share", "seed"), [(0.2, 203), (0.7, 206)])
def test_two_characters_that_vanished_one_after_the_other_come_back(share, seed):
    shown = damaged("開展走訪活動，力爭年底全部辦結", table(share, seed))
    assert not set("，力爭") & set(shown)
    article = read(shown + "。" + FEW)
    assert article.text.startswith("开展走访活动,力争年底全部办结。")


def test_what_no_reading_fits_stays_and_is_marked():
    article = read("甲?jǐn)🙂乙。" + FEW)
    assert article.text.startswith("甲?jǐn)")
    assert article.text.index("?") in marked(article)


FEW = "產業(yè)發(fā)展,職(zhí)業(yè)教育,工會(huì)會(huì)員,隊(duì)伍建設(shè),辦(bàn)法。"


def test_a_sign_that_a_lost_byte_took_with_it_comes_back():
    article = read(damaged("三年以來,全省工會拿出資金", table()) + "。" + FEW)
    assert article.text.startswith("三年以来,全省工会拿出资金。")


@pytest.mark.parametrize(("text", "found"), [("2024", "2024"), ("1270", "270")])
def test_of_a_digit_that_a_lost_byte_took_with_it_only_a_years_comes_back(text, found):
    unit = "年起" if text == "2024" else "人"
    article = read(damaged(f"成立以來{text}{unit}", table()) + "。" + FEW)
    assert article.text.startswith(f"成立以来{found}{unit}。")
    at = article.text.index(found)
    assert set(range(at, at + len(found))) <= marked(article)


def test_names_of_places_and_persons_are_found_in_a_run():
    shown = damaged("鞍山市總工會主席林國華在會上介紹經驗", table())
    assert "?" in shown
    assert read(shown + "。" + FEW).text.startswith("鞍山市总工会主席林国华在会上介绍经验。")


def test_a_repaired_run_leads_back_to_all_of_the_damage():
    text = "扶持?jǐn)?shù)字經(jīng)濟(jì)，產業(yè)發(fā)展，職(zhí)業(yè)教育，工會(huì)會(huì)員，辦(bàn)法。"
    article = read(text)
    at = article.text.index("数")
    assert text[slice(*article.page_span(at, at + 1))] == "?jǐn)?shù)"


@pytest.mark.parametrize(
    "text",
    [
        "他問這是什麼?我們用A方案來解決。為什麼?因為B計劃更好。怎麼辦?請看C組的做法?好嗎?X光檢查。",
        "誰來牽頭?工會。誰來負責?政府。要不要辦?要。",
    ],
)
def test_questions_stay_on_a_damaged_page(text):
    page = "產業(yè)發(fā)展，職(zhí)業(yè)教育，工會(huì)會(huì)員，隊(duì)伍建設(shè)，改革實(shí)施，辦(bàn)法。"
    article = read(page + text)
    assert article.text.endswith(to_simplified(text))
    assert article.guessed == ()


@pytest.mark.parametrize("text", [CLEAN, TEXT, narrowed(CLEAN) + "安踏(anta)?是的(shì)。喆(zhé)、垚(yáo)。"])
def test_sound_pages_stay(text):
    assert read(text).text == to_simplified(text)


@pytest.mark.parametrize("seed", range(3))
def test_a_page_may_be_cut_off_in_the_middle_of_damage(seed):
    whole = FEW + shown(table(1.0, seed))
    cuts = [index for index, character in enumerate(whole) if index > len(FEW) and character in "?\ufffd"]
    for cut in cuts[:20]:
        for end in ("", "\ufffd", "定\ufffd"):
            article = read(whole[:cut] + end)
            assert article.ends[-1] == cut + len(end)


def test_endless_damage_is_left_from_some_point_and_marked(monkeypatch):
    monkeypatch.setattr("kg.text.straddled._MOST_SEGMENTS", 1)
    run = "扶持?jǐn)?shù)字"
    article = read(run + "經(jīng)濟(jì)。" + FEW + run + "人才。")
    assert article.text.startswith("扶持数字经济。")
    assert article.text.endswith("字人才。")
    assert marked(article) & set(range(article.text.rindex("扶持"), len(article.text)))


def test_a_page_twice_as_long_is_repaired_with_twice_the_work():
    damage = [shown(table(0.4, seed)) for seed in range(8)]
    assert grows_evenly(lambda size: read("\n".join(damage[:size])), 2)


def test_the_same_damage_in_the_same_place_is_searched_once(monkeypatch):
    searched = []
    search = straddled._Reader._search
    monkeypatch.setattr(straddled._Reader, "_search", lambda *args: searched.append(1) or search(*args))
    page = shown(table(0.4, 5)) + "\n"
    once = read(page).text
    first = len(searched)
    assert read(page * 20).text == "\n".join([once] * 20)
    assert len(searched) < 3 * first


def test_only_what_may_come_out_is_spelled_out(monkeypatch):
    grown, searched = [], []
    grow, search = Language.grown, straddled._Reader._search
    monkeypatch.setattr(Language, "grown", lambda *args: grown.append(1) or grow(*args))
    monkeypatch.setattr(straddled._Reader, "_search", lambda *args: searched.append(1) or search(*args))
    for seed in range(12):
        read(narrowed(shown(table(1.0, seed))))
    assert len(searched) > 50
    assert len(grown) < 60 * len(searched)
