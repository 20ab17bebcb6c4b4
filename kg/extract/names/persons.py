"""Persons: behind a post, a calling or a byline word, in coordination with others, or before a verb of speech."""

from __future__ import annotations

import functools
import re
from collections import Counter

from kg.extract.names.draft import Draft
from kg.lexicon import persons
from kg.model import Mention

_HAN = r"[\u4e00-\u9fff]"
# What can follow a name; a name of two characters before one of these is whole.
_FOLLOW = re.compile(
    r"$|[^\u4e00-\u9fff]|表示|表态|说|介绍|出席|主持|任|在|被|获|等|作|为|带|向|告诉|的|和|与|及|以|也|便|就|还|则|已|正|则|从|把|将|对|于|是|有|又|今|去|凭|"
    r"当选|荣获|入选|拿|摘|夺|捧|挂帅|领衔|牵头|担任|兼|坦言|认为|强调|要求|指出|透露|笑|代表|参加|宣布|致辞|讲话|回答|通报|同志|"
    r"受|感|接受|率|一行|先后|深有|翻开|掏出|换班|刚|曾|随|来|到|分|双|指|负责|总结|建议|提出|解释|讲|谈|回忆|自|这|那|他|她|并|成|用|参|建|创|看|想|算"
)
_BYLINE = re.compile(
    rf"(?:记者|通讯员|实习生|特约记者|本报记者|编辑|责编|摄影)[ \u3000]*[:：]?[ \u3000]*((?:{_HAN}{{2,3}}(?:[ \u3000、]+|(?=[)）\]】\s，,。:：]|$|通讯员|报道|摄))){{1,5}})"
)
_SPEECH = re.compile(r"(?:表示|介绍|说|坦言|认为|指出|透露|强调|告诉记者|感慨)")
_CALLINGS = "选手|徒弟|师傅|职工|代表|委员|工人|劳模|工匠|技师|焊工|钳工|电工|车工|党员|先进|人才|学员|匠人|教师|医生|护士|司机|同志|作家|院士|教授|研究员"


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    surnames = sorted(persons.surnames(), key=len, reverse=True)
    surname = "(?:" + "|".join(map(re.escape, surnames)) + ")"
    titles = "|".join(sorted({*map(re.escape, persons.titles()), *_CALLINGS.split("|")}, key=len, reverse=True))
    behind = re.compile(rf"(?:{titles})({surname}{_HAN}{{1,2}})")
    listed = re.compile(
        rf"((?:{surname}{_HAN}{{1,2}}、)*{surname}{_HAN}{{1,2}})(?=当选|荣获|获评|入选|被授予|被评为|被命名|获|等\d|、)"
    )
    return behind, listed


def find(draft: Draft) -> list[str]:
    """Add the persons of the article and return their names."""
    behind, _ = _patterns()
    seen: Counter[str] = Counter()
    text = draft.text
    for match in behind.finditer(text):
        name = _whole(text, match.start(1), match[1])
        if name and not _is_word(name) and draft.covering(match.start(1)) is None:
            seen[name] += 1
    for match in _BYLINE.finditer(text):
        for name in re.split(r"[ \u3000、]+", match[1].strip()):
            if 2 <= len(name) <= 4:
                seen[name] += 1
    for name in _speakers(draft) | _minority(draft):
        seen[name] += 1
    names = _consistent(seen)
    _add_all(draft, names)
    for name in _coordinated(draft):
        if name not in names:
            names.append(name)
    _add_all(draft, names)
    return names


def _add_all(draft: Draft, names: list[str]) -> None:
    for name in names:
        for match in re.finditer(re.escape(name), draft.text):
            draft.add(Mention(match.start(), match.end(), "Person", name, name=name))


def _whole(text: str, start: int, longest: str) -> str:
    """Decide where a name ends whose surname is at `start`; "" where it is none."""
    surname = 2 if longest[:2] in persons.surnames() else 1
    full = text[start : start + surname + 2]
    short = text[start : start + surname + 1]
    if len(full) < surname + 2 or not re.fullmatch(_HAN + "+", full):
        return short if re.fullmatch(_HAN + "+", short) and _FOLLOW.match(text, start + len(short)) else ""
    if _FOLLOW.match(text, start + len(full)) and text.count(full) > 1:
        return full
    if _FOLLOW.match(text, start + len(short)) and not _FOLLOW.match(text, start + len(full)):
        return short
    if _FOLLOW.match(text, start + len(full)):
        return full
    return short if _FOLLOW.match(text, start + len(short)) else ""


def _consistent(seen: Counter[str]) -> list[str]:
    """Drop names that are another name with a character too many or too few, the rarer of the two."""
    kept = []
    for name in sorted(seen, key=lambda n: (-seen[n], -len(n), n)):
        if not any(name != other and (name.startswith(other) or other.startswith(name)) for other in kept):
            kept.append(name)
    return sorted(kept)


def _speakers(draft: Draft) -> set[str]:
    """Names at the head of a sentence or clause, directly before a verb of speech, or before a colon in an interview."""
    surnames = persons.surnames()
    found = set()
    for match in re.finditer(rf"(?:^|[\n。，,”\"!?！？；])({_HAN}{{2,4}})(?={_SPEECH.pattern}|[:：])", draft.text):
        name = match[1]
        if (name[:2] in surnames and 3 <= len(name) <= 4) or (name[0] in surnames and 2 <= len(name) <= 3):
            if not _is_word(name) and draft.covering(match.start(1)) is None:
                found.add(name)
    return found


def _is_word(name: str) -> bool:
    from kg.extract.segment import words

    tokens = list(words(name))
    return len(tokens) == 1 and tokens[0].tag not in {"x", "nr", "nrt", "nrfg"}


_MINORITY = re.compile(rf"{_HAN}{{1,6}}[·•]{_HAN}{{1,6}}(?:[·•]{_HAN}{{1,6}})?")


def _minority(draft: Draft) -> set[str]:
    """Names with a middle dot, as Uyghurs, Kazakhs and others write them."""
    return {m[0] for m in _MINORITY.finditer(draft.text) if len(m[0]) <= 14}


def _coordinated(draft: Draft) -> set[str]:
    """Names joined by 、 to a known name or standing in a row before a verb of honour."""
    _, listed = _patterns()
    found: set[str] = set()
    for match in listed.finditer(draft.text):
        if "、" not in match[1] and not re.match(r"当选|荣获|获评|被授予|被评为|被命名", draft.text[match.end() :]):
            continue
        for name in match[1].split("、"):
            if not _is_word(name) and draft.covering(match.start(1)) is None:
                found.add(name)
    return found
