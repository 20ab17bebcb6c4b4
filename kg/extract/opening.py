"""Patterns that are tried only at the characters with which they can begin."""

from __future__ import annotations

import re


def opening(first: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    r"""Compile a pattern of which every match begins with one of the characters `first`.

    `re` tries the branches of a pattern one by one at each character of a text. Where few characters can begin a
    match, naming them makes the search several times as fast.

    Args:
        first: The characters, as between the brackets of a class: `0-9第`.
        pattern: The pattern.
        flags: Those of `re.compile`.

    >>> opening("0-9第", r"第[一二三]届|\d+届").findall("第三届和12届")
    ['第三届', '12届']
    """
    return re.compile(f"(?=[{first}])(?:{pattern})", flags)
