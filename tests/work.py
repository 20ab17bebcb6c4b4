"""Work, counted: the number of functions called, which is the same however busy the machine is."""

from __future__ import annotations

import sys
from collections.abc import Callable


def calls(do: Callable[[], object]) -> int:
    """Return how many functions are called to do something, those of C among them."""
    number = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal number
        number += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        do()
    finally:
        sys.setprofile(None)
    return number


def grows_evenly(do: Callable[[int], object], size: int) -> bool:
    """Whether four times as much takes about four times the calls; what takes their square takes sixteen times them.

    Args:
        do: What is done to something of a size.
        size: The smaller of the two sizes.
    """
    do(size)  # what is read once for all
    few, many = (calls(lambda: do(of)) for of in (size, 4 * size))  # noqa: B023 - called at once
    return many < 8 * max(few, 100)
