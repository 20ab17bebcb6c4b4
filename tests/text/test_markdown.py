"""Markdown pages: marks go, headings and places stay."""

from kg.model import Page
from kg.text import read_article

TEXT = """# 松江区技能提升简报

2022-03-01 来源：江岸晚报

松江区总工会牵头的**技能提升行动**进展顺利，详见[行动方案](https://example.org/plan)，参加职工3200人次。

## 一、重点工作

- 区人社局举办培训班12期，培训职工860人次。
- 区教育局与5所学校签订协议。
"""


def test_marks_go_and_headings_stay():
    article = read_article(Page("a/b.md", TEXT, "text/plain", "utf-8", ""))
    assert [(block.kind.value, article.text[block.start : block.end]) for block in article.body()] == [
        ("title", "松江区技能提升简报"),
        ("paragraph", "松江区总工会牵头的技能提升行动进展顺利，详见行动方案，参加职工3200人次。"),
        ("heading", "一、重点工作"),
        ("paragraph", "- 区人社局举办培训班12期，培训职工860人次。"),
        ("paragraph", "- 区教育局与5所学校签订协议。"),
    ]
    assert (article.title, article.published, article.publisher) == ("松江区技能提升简报", "2022-03-01", "江岸晚报")
    at = article.text.index("行动方案")
    assert TEXT[slice(*article.page_span(at, at + 4))] == "行动方案"
