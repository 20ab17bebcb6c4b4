"""Bytes to text: marks, declarations, and the choice between encodings that all decode."""

import codecs

import pytest

from kg.source.decoding import declared_charset, decode

SIMPLIFIED = "近日，云岭市召开职工技能提升现场会，总结了三年来的做法。会议指出，要把企业的主体作用发挥好。\n"
TRADITIONAL = "近日，雲嶺市召開職工技能提升現場會，總結了三年來的做法。會議指出，要把企業的主體作用發揮好。\n"
RARE = "镕喆㛃𠮷镕喆。"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, SIMPLIFIED * 400, SIMPLIFIED + RARE])
def test_unmarked_text_is_decoded(codec, text):
    found = decode(text.encode(codec))
    assert found is not None
    assert (found.text, found.encoding) == (text, codec)


@pytest.mark.parametrize("text", [TRADITIONAL, TRADITIONAL * 400, "市政府公布新的辦法"])
def test_big5_is_told_from_gb18030(text):
    found = decode(text.encode("big5"))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("text", ["改革见效", "产业工人", "由甲市总工会牵头", "發展"])
def test_short_gb18030_is_told_from_big5(text):
    found = decode(text.encode("gb18030"))
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_byte_order_mark_decides_and_goes(mark, codec):
    found = decode(mark + SIMPLIFIED.encode(codec))
    assert found is not None
    assert (found.text, found.encoding) == (SIMPLIFIED, codec)


@pytest.mark.parametrize("name", ["gb2312", "GBK", "gb18030", "GB-2312"])
def test_declared_gb_is_gb18030(name):
    page = f'<html><head><meta charset="{name}"></head><body>{SIMPLIFIED}{RARE}</body>'
    found = decode(page.encode("gb18030"))
    assert found is not None
    assert (found.text, found.encoding) == (page, "gb18030")


def test_wrong_declaration_does_not_mislead():
    page = f"<meta http-equiv=Content-Type content='text/html; charset=gb2312'>{SIMPLIFIED}"
    found = decode(page.encode())
    assert found is not None
    assert found.text == page
    page = f"<meta charset=utf-8>{SIMPLIFIED}"
    found = decode(page.encode("gbk"))
    assert found is not None
    assert found.text == page


def test_declaration_of_another_language_is_followed():
    page = "<meta charset='shift_jis'><p>これは職人の技能についての記事です。</p>"
    found = decode(page.encode("shift_jis"))
    assert found is not None
    assert found.text == page


@pytest.mark.parametrize("name", [b"", b"rot13", b"zlib", b"nonsense", b"hex"])
def test_unknown_charsets_are_no_charsets(name):
    assert declared_charset(b"<meta charset=" + name + b">") == ""


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_page_cut_within_its_last_character_is_read(codec):
    data = (SIMPLIFIED * 5).strip().encode(codec)[:-1]
    found = decode(data)
    assert found is not None
    assert found.text.startswith(SIMPLIFIED * 4)


def test_a_broken_byte_does_not_lose_the_page():
    data = (SIMPLIFIED * 60).encode()
    found = decode(data[:900] + b"\xff" + data[900:])
    assert found is not None
    assert found.text.count("\ufffd") == 1


def test_noise_decodes_as_nothing():
    noise = bytes(range(128, 256)) * 40
    assert decode(noise) is None
