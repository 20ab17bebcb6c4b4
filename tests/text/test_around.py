"""What sites put around an article changes nothing of it: each line of theirs, put into articles of several kinds."""

from pathlib import Path

import pytest

from kg.model import Page
from kg.text import read_article

AROUND = Path(__file__).parent / "around"
ABOVE = ["江州工会网", "首页 新闻 政务 服务 互动"]
META = "2023-05-06 09:12 来源：江州日报 作者：王晓"
BELOW = ["相关新闻", "县总工会慰问环卫工人", "职工书屋开到工地上", "江州市总工会版权所有 苏ICP备00000001号"]
# Pairs of an article and a line that cannot be told apart by what stands around them.
KNOWN = {
    # names and places alone, which may head a feature
    *(("feature", line) for line in ("■ 王晓", "江州", "王晓 中工网", "王晓 李明", "T大 T小")),
    *(("feature", line) for line in ("江州日报", "江州日报客户端")),
    # whom to call, below answers on how to apply
    *(("qa", f"{label}：0000-1234567") for label in ("联系电话", "电话", "传真")),
    *(("qa", line) for line in ("地址：江州市人民路1号", "邮箱：jz@example.cn", "举报电话：0000-12345")),
    ("honour", "个人观点，仅供参考"),
    ("feature", "广告"),
    ("feature", "相关阅读：县总工会慰问环卫工人"),
    ("press", "相关阅读：县总工会慰问环卫工人"),
}


BOXES_KNOWN = {
    ("honour", "comments with names"),  # a list goes on with lines that end
    ("honour", "tags"),
    ("honour", "question headlines"),
    ("short", "mixed headlines"),  # more headlines than text
    # a title of six characters below headlines that are longer looks like an account below a title
    *(("feature", name) for name in ("question headlines", "four headlines", "mixed headlines", "links")),
}


def _sections(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (AROUND / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            place = found.setdefault(line.removeprefix("== "), [])
        elif line and not line.startswith("# "):
            place.append(line)
    return found


LINES = _sections("lines.txt")
BOXES = _sections("boxes.txt")


def _pages(place: str, line: str, title: str, text: list[str]) -> list[list[str]]:
    """Return the pages that have the line in a place."""
    if place == "above the title":
        return [[*ABOVE, line, title, META, *text, *BELOW]]
    if place == "between the title and the text":
        return [[*ABOVE, title, *lines, *text, *BELOW] for lines in ([META, line], [line])]
    if place == "below the text":
        return [[*ABOVE, title, META, *text, line, *BELOW]]
    stops = [at for at in range(1, len(text)) if text[at - 1].endswith(("。", "？"))][:2] if len(text) > 4 else []
    return [[*ABOVE, title, META, *text[:at], line, *text[at:], *BELOW] for at in stops]


def _bare(lines: list[str]) -> list[str]:
    return ["".join(line.split()) for line in lines]


def _read(lines: list[str]) -> list[str]:
    article = read_article(Page("a.txt", "\n".join(lines), "text/plain", "utf-8", ""))
    return _bare([article.text[block.start : block.end] for block in article.body()])


@pytest.mark.parametrize("path", sorted(AROUND.glob("*.article")), ids=lambda path: path.stem)
@pytest.mark.parametrize("place", LINES)
def test_lines_of_sites_are_no_part_of_the_article(path, place):
    title, *text = path.read_text(encoding="utf-8").splitlines()
    wrong = {
        (path.stem, line)
        for line in LINES[place]
        for page in _pages(place, line, title, text)
        if _read(page) != _bare([title, *text])
    }
    assert wrong <= KNOWN


@pytest.mark.parametrize("path", sorted(AROUND.glob("*.article")), ids=lambda path: path.stem)
def test_boxes_are_no_part_of_the_article(path):
    title, *text = path.read_text(encoding="utf-8").splitlines()
    wrong = set()
    for name, box in BOXES.items():
        bare, _, also = name.partition(" (")
        pages = [
            [*ABOVE, title, META, *text, *foot, *box, BELOW[-1]]
            for foot in ([], ["责任编辑：王晓"], ["分享到：", "微信 微博"])
        ]
        if also:
            pages += [[*ABOVE, *box, *way, title, META, *text, BELOW[-1]] for way in ([], ["首页 > 要闻 > 正文"])]
        if any(_read(page) != _bare([title, *text]) for page in pages):
            wrong.add((path.stem, bare))
    assert wrong <= BOXES_KNOWN
