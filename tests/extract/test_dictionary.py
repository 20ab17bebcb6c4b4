"""Words are jieba's, whatever stands in the text."""

import math
import random
import re
from typing import Any

import jieba
import pytest

from kg.extract.dictionary import cut, domain_words, entry, fluency

_SIGNS = [
    *"，。、“”〇０ＡＢ　 \n·〔〕—…\r\t+#&._%-㐀𠮷鿿豈é",
    "\r\n",
    "ab",
    "3",
    "12",
    "2019-3",
    "x_y",
    "A+",
    "C+",
    "T恤",
    "C语言",
]


@pytest.fixture(scope="module")
def reference() -> Any:
    tokenizer = jieba.Tokenizer()
    jieba.setLogLevel(60)
    tokenizer.initialize()
    for word, tag in domain_words().items():
        tokenizer.add_word(word, 50_000, tag)
    return tokenizer


@pytest.fixture(scope="module")
def texts(reference: Any) -> list[str]:
    chance = random.Random(7)
    known = list(reference.FREQ)
    han = [chr(code) for code in range(0x4E00, 0x9FD6)]
    pools = [known] * 6 + [han] * 2 + [_SIGNS] * 2
    made = ["".join(chance.choice(chance.choice(pools)) for _ in range(chance.randint(1, 12))) for _ in range(20_000)]
    # Of 八八|八 and 八|八八, which are equally likely, either may be taken.
    return [text for text in made if re.search(r"(.)\1\1", text) is None]


def test_words_are_those_of_jieba(reference: Any, texts: list[str]) -> None:
    assert [cut(text) for text in texts] == [reference.lcut(text) for text in texts]


def test_words_close_in_frequency_to_their_parts_are_those_of_jieba(reference: Any) -> None:
    assert cut("(国发〔2019〕4号)") == reference.lcut("(国发〔2019〕4号)")
    assert cut("国发") == ["国发"]


def test_fluency_is_the_weight_of_the_route_that_jieba_takes(reference: Any, texts: list[str]) -> None:
    for text in texts:
        if text.isascii() or not all("\u4e00" <= character <= "\u9fd5" for character in text):
            continue
        route: dict[int, tuple[float, int]] = {}
        reference.calc(text, reference.get_DAG(text), route)
        assert math.isclose(fluency(text), route[0][0], abs_tol=1e-9)


def test_every_word_has_its_entry(reference: Any) -> None:
    chance = random.Random(3)
    for word in chance.sample(list(reference.FREQ), 5_000):
        known = entry(word)
        assert (known[0] if known else 0) == reference.FREQ[word]
    assert entry("产改") == (50_000, domain_words()["产改"])
    assert entry("nosuchword") is None
