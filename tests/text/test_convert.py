"""Traditional to Simplified: the words that a table of characters gets wrong, and texts that stay."""

import pytest

from kg.text.convert import is_traditional, to_simplified


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("帶著任務", "带着任务"),
        ("著力建設", "着力建设"),
        ("著名學者的著作", "著名学者的著作"),
        ("這部專著", "这部专著"),
        ("成效顯著", "成效显著"),
        ("乾部與幹部，乾隆年間", "干部与干部，乾隆年间"),
        ("臺灣、台階、檯面", "台湾、台阶、台面"),
        ("一瞭解便明瞭", "一了解便明了"),
        ("為爲啟啓", "为为启启"),
        ("幹什么、抬頭、吃飯", "干什么、抬头、吃饭"),
        ("佔比、裡面、羣眾", "占比、里面、群众"),
    ],
)
def test_words(traditional, simplified):
    assert to_simplified(traditional) == simplified


@pytest.mark.parametrize("text", ["深化改革，着力提升职工素质。", "后里干面系", "朱镕基、喆、著名", "Plain words", ""])
def test_simplified_text_is_left_alone(text):
    assert not is_traditional(text * 30)


def test_a_traditional_name_does_not_make_a_page_traditional():
    assert not is_traditional("演员張藝謀、鞏俐出席了在云岭市举行的电影节开幕式，并与观众见面交流，介绍拍摄经过。" * 3)


def test_length_is_kept():
    every = "".join(chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x2A6E0)))
    assert len(to_simplified(every)) == len(every)
