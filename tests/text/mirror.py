"""What a mirror does to a page: the damage that the reader undoes, the other way round.

The Traditional text is handled as GBK bytes: behind every pair of bytes that is a character of the mirror's table it
puts a reading in brackets, one character of the table after the other, also where the pair straddles two characters.
Then the bytes are decoded: a byte that starts no character is lost together with the one behind it and leaves a
question mark; pairs of the user-defined areas leave nothing.
"""

import random

from kg.text.readings import characters_read

_USER_DEFINED = (
    (range(0xA1, 0xA8), range(0x40, 0xA1)),
    ((*range(0xAA, 0xB0), *range(0xF8, 0xFF)), range(0xA1, 0xFF)),
)


def table(share=1.0, seed=0):
    """Return a mirror's table: bytes of characters and their readings, in its own order."""
    rng = random.Random(seed)
    rows = [(character.encode("gbk"), reading) for reading, row in characters_read().items() for character in row]
    rows = [row for row in rows if rng.random() < share]
    rng.shuffle(rows)
    return rows


def damaged(text, rows):
    """Return Traditional `text` as the mirror shows it."""
    data = text.encode("gbk")
    for pair, reading in rows:
        if pair in data:
            data = data.replace(pair, pair + f"({reading})".encode("gbk", "ignore"))
    return decoded(data)


def damaged_at_once(text, rows):
    """Return Traditional `text` as a mirror shows it that looks for all of its table in one pass."""
    readings = dict(rows)
    data, shown, position = text.encode("gbk"), bytearray(), 0
    while position < len(data):
        pair = data[position : position + 2]
        reading = readings.get(pair)
        shown += pair + f"({reading})".encode("gbk", "ignore") if reading else pair[:1]
        position += 2 if reading else 1
    return decoded(bytes(shown))


def decoded(data):
    """Return GBK bytes as text, the way a forgiving decoder does it."""
    shown = []
    position = 0
    while position < len(data):
        first = data[position]
        if first < 0x80:
            shown.append(chr(first))
            position += 1
            continue
        second = data[position + 1] if position + 1 < len(data) else 0
        position += 2
        if any(first in firsts and second in seconds for firsts, seconds in _USER_DEFINED):
            continue
        try:
            shown.append(bytes([first, second]).decode("gbk"))
        except UnicodeDecodeError:
            shown.append("?")
    return "".join(shown)


def narrowed(text):
    """Return text with the half-width punctuation that collections of pages often have."""
    return text.translate(str.maketrans("，：；！？（）", ",:;!?()"))
