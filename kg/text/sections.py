"""Lists of other articles and of comments: where they begin and end."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import BlockKind
from kg.text.lines import Line


def assess_sections(lines: Sequence[Line]) -> None:
    """Lower what stands in a list of other articles or of comments, until paragraphs follow one another again."""
    section: BlockKind | None = None
    container: tuple[int, ...] = ()
    told = False  # whether there has been anything to comment on
    for index, line in enumerate(lines):
        told = told or (line.final and line.score > 0)
        if line.opens is BlockKind.REPLY and not told:
            continue  # 评论 in a navigation
        if line.opens is not None and line.source.region >= 0:
            section, container = line.opens, line.source.within
            continue
        if section is None:
            continue
        enough = 1 if line.source.region > 0 else 2
        if line.strong and sum(1 for other in lines[index : index + 4] if other.strong) >= enough:
            section = None
            continue
        if line.source.tag and not set(container[1:3]) & set(line.source.within):
            section = None  # another part of the page
            continue
        line.score -= 2.5
        line.section = section
