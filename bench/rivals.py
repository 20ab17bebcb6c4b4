"""What a user would otherwise run to find names in Chinese text: the entity recognition of jiagu and of jionlp.

Neither is needed for anything else: `pip install jiagu jionlp`; where one is missing, the reason is told.
"""

from __future__ import annotations

import contextlib
import functools
import io
import logging
import re
import warnings
from collections.abc import Callable

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")

Run = Callable[[str], object]


@functools.cache
def rivals() -> dict[str, Run | str]:
    """Return what finds names in a text, by what it is; or why it cannot be run here."""
    return {"jiagu, entities": _loaded(_jiagu), "jionlp, places, times and money": _loaded(_jionlp)}


def _loaded(load: Callable[[], Run]) -> Run | str:
    try:
        # What they print and warn of while loading is of no use here.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
            found = load()
            found("哈尔滨市总工会召开会议。")
    except Exception as error:  # of old packages, which have many
        return f"{type(error).__name__}: {error}"
    return found


def _jiagu() -> Run:
    import jiagu

    return lambda text: [jiagu.ner(jiagu.seg(sentence)) for sentence in _SENTENCE.findall(text)]


def _jionlp() -> Run:
    import jionlp

    def run(text: str) -> object:
        found = []
        logging.disable()  # it tells of each sentence that is too much for it
        for sentence in _SENTENCE.findall(text):
            for what in (jionlp.recognize_location, jionlp.ner.extract_time, jionlp.ner.extract_money):
                with contextlib.suppress(ValueError, TypeError):
                    found.append(what(sentence))
        logging.disable(logging.NOTSET)
        return found

    return run
