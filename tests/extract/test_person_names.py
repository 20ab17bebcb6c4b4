"""Persons: where their names begin and end."""

import pytest

from kg.extract.names.name_model import name_at
from kg.extract.reader import read
from kg.extract.rulebook.check import article_of


def persons(text: str) -> list[str]:
    found = {m.name for m in read(article_of(text)).mentions if m.type == "Person"}
    return sorted(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("清远市总工会主席鲁娟主持会议。", ["鲁娟"]),
        ("清远市总工会主席程立新出席并讲话。", ["程立新"]),
        ("市领导马跃、欧阳文、王立英出席。", ["欧阳文", "王立英", "马跃"]),
        ("班长阿不都热依木·买买提说，活儿越干越细。", ["阿不都热依木·买买提"]),
        ("工段长敖敦其其格获一等奖。", ["敖敦其其格"]),
        ("高建华表示，要把好事办好。", ["高建华"]),
        ("南山集团孙立、清河重工集团周小满等5人获二等奖。", ["周小满", "孙立"]),
        ("本报讯（记者 李明 通讯员 王小芳）清远市召开会议。", ["李明", "王小芳"]),
        ("如今，车间里人人都认得熊志刚。", ["熊志刚"]),
        ("龙利钜能、清远电缆公司签约。", []),
        ("要因企施策，开展普惠服务，让老师傅带徒。", []),
        ("全市书记高度重视，各单位组织工人安全生产。", []),
        ("成员单位由市发改委牵头，代表团抵达清远。", []),
    ],
)
def test_persons_of_a_text(text: str, expected: list[str]) -> None:
    assert persons(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("康瑞兼任", "康瑞"), ("方面军", ""), ("任组长", ""), ("司马明远说", "司马明远"), ("李向前荣获", "李向前")],
)
def test_the_model_weighs_a_name_against_words(text: str, expected: str) -> None:
    assert name_at(text, 0, 0.9) == expected
