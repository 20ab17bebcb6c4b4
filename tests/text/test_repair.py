"""Readings that mirrors insert go; glosses that writers put stay."""

import pytest

from kg.model import Page
from kg.text import read_article

DAMAGED = "產業(yè)發(fā)展，職(zhí)業(yè)教育，工會(huì)會(huì)員，隊(duì)伍建設(shè)，改革實(shí)施，辦(bàn)法。"


def clean(text):
    return read_article(Page("a", text, "text/plain", "utf-8", "")).text


def test_readings_go():
    assert clean(DAMAGED) == "产业发展，职业教育，工会会员，队伍建设，改革实施，办法。"


def test_a_gloss_beside_them_stays():
    assert clean(DAMAGED + "他叫王喆(zhé)，在安踏(anta)工作。").endswith("他叫王喆(zhé)，在安踏(anta)工作。")


@pytest.mark.parametrize(
    "text",
    [
        "安踏(anta)集团的王喆(zhé)说，陈垚(yáo)也来了。",
        "他(tā)们(men)在(zài)学(xué)校(xiào)读(dú)书(shū)，老(lǎo)师(shī)教(jiāo)生(shēng)字(zì)。",
        "老師(shī)教(jiāo)生(shēng)字(zì)，他(tā)們(men)在(zài)學(xué)校(xiào)讀(dú)書(shū)，寫(xiě)作(zuò)業(yè)。",
        "職(zhí)業教育與產業(yè)發展。",
        "發(zhé)展業(zhé)務，學(zhé)員會(zhé)員，書(zhé)記辦(zhé)公，實(zhé)訓隊(zhé)伍，獎(zhé)勵產(zhé)業。",
    ],
)
def test_glosses_stay(text):
    assert clean(text).count("(") == text.count("(")
