"""Who a clause is about, what is coordinated, and whether it states a fact."""

from __future__ import annotations

import pytest

from kg.extract.analysis import analyse_article
from kg.extract.clauses import sentence_spans
from kg.extract.rulebook.check import article_of
from kg.extract.rulebook.explain import explain_sentence

PLACE = "清远市"

# Each clause as: subject (own subjects plain, carried ones in brackets, - for none), ! in front where it is a plan.
SUBJECTS = [
    ("清远市总工会印发《匠心办法》，启动“星火”行动。", "清远市总工会 | (清远市总工会)"),
    ("2023年，清远市总工会启动“星火”行动。", "- | 清远市总工会"),
    ("清远市总工会、清远市教育局和清远市科学技术局启动“星火”行动。", "清远市总工会、清远市教育局、清远市科学技术局"),
    ("在清远市总工会指导下，清远市教育局启动“星火”行动。", "- | 清远市教育局"),
    ("由清远市总工会牵头的“星火”行动启动。", "-"),
    ("围绕“星火”行动，清远市总工会走访企业。", "- | 清远市总工会"),
    (
        "清远市总工会走访企业。清远市教育局办学，市科技局派人。",
        "清远市总工会 | 清远市教育局 | 清远市科学技术局",
    ),
    ("清远市总工会走访企业。随后启动“星火”行动。", "清远市总工会 | (清远市总工会)"),
    ("清远市总工会会同清远市教育局开办夜校。", "清远市总工会、清远市教育局"),
    ("清远市总工会的经验得到推广。", "-"),
    ("清远市总工会走访企业，职工反映良好。", "清远市总工会 | -"),
    ("市总工会启动“星火”行动（见图），走访企业。", "清远市总工会 | (清远市总工会)"),
    ("清远市启动“星火”行动。", "清远市"),
]

PLANS = [
    ("清远市总工会将启动“星火”行动。", "!"),
    ("清远市总工会启动“星火”行动。", "."),
    ("清远市总工会应当启动“星火”行动，走访企业。", "! !"),
    ("下一步，清远市总工会启动“星火”行动。", "! !"),
    ("清远市总工会建议由行业协会牵头制定指引。", "!"),
    ("清远市总工会启动“百人”计划。", "."),
    ("清远市总工会力争走访企业100家。", "!"),
    ("清远市总工会走访企业，明年将启动“星火”行动。", ". !"),
    ("到2027年，清远市建成工匠学院。", "! !"),
    ("清远市总工会计划启动“星火”行动。", "!"),
    ("各单位要抓好落实。清远市总工会启动“星火”行动。", "! ."),
]

MISREAD = [
    ("清远市总工会将培训送进车间。", ".", "a noun that is a verb too behind 将 is taken for what will be done"),
]


@pytest.mark.parametrize(("text", "expected"), SUBJECTS, ids=[text for text, _ in SUBJECTS])
def test_who_acts_in_each_clause(text: str, expected: str) -> None:
    found = []
    for clause in explain_sentence(text, PLACE).clauses:
        names = "、".join(clause.subject)
        found.append({"own": names, "carried": f"({names})", "none": "-"}[clause.origin])
    assert " | ".join(found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(pytest.param(text, expected, id=text) for text, expected in PLANS),
        *(
            pytest.param(text, expected, id=text, marks=pytest.mark.xfail(reason=why, strict=True))
            for text, expected, why in MISREAD
        ),
    ],
)
def test_what_is_only_planned(text: str, expected: str) -> None:
    clauses = explain_sentence(text, PLACE).clauses
    assert " ".join("." if clause.plan_from is None else "!" for clause in clauses) == expected


def test_a_plan_begins_at_its_word() -> None:
    text = "清远市总工会启动“星火”行动并将走访企业。"
    (clause,) = explain_sentence(text, PLACE).clauses
    assert clause.plan_from == text.index("将")


def test_a_section_of_plans_states_no_facts() -> None:
    from dataclasses import replace

    from kg.model import BlockKind

    article = article_of("下一步工作打算\n清远市总工会启动“星火”行动。")
    heading, paragraph = article.blocks
    article = replace(article, blocks=(replace(heading, kind=BlockKind.HEADING), paragraph))
    analysis = analyse_article(article, "441800")
    clause = analysis.sentences[-1].clauses[0]
    assert analysis.sentences[-1].heading == "下一步工作打算"
    assert clause.is_plan(clause.start)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("清远市总工会、清远市教育局和清远市科学技术局走访企业。", [3]),
        ("清远市总工会会同清远市教育局走访企业。", [2]),
        ("清远市总工会走访清远市教育局。", [1, 1]),
        ("清远市总工会以及清远市教育局走访企业。", [2]),
    ],
)
def test_coordinated_names_are_one_group(text: str, groups: list[int]) -> None:
    (sentence,) = analyse_article(article_of(text), "441800").sentences
    assert [len(group.members) for group in sentence.clauses[0].groups] == groups


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲来了。乙走了！丙呢？", ["甲来了。", "乙走了！", "丙呢？"]),
        ("甲来了；乙走了", ["甲来了；", "乙走了"]),
        ("“甲来了。”乙说。", ["“甲来了。”", "乙说。"]),
        ("甲办实事（牵头单位：乙；责任单位：丙）。丁", ["甲办实事（牵头单位：乙；责任单位：丙）。", "丁"]),
        ("  \n甲\n", ["甲\n"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text, 0, len(text))] == expected


def test_remarks_in_brackets_are_no_part_of_the_clause() -> None:
    (sentence,) = analyse_article(article_of("清远市总工会（地址：北江路）走访企业，看望职工。"), "441800").sentences
    written = ["".join(t.text for t in clause.tokens) for clause in sentence.clauses]
    assert written[0].startswith("清远市总工会走访企业")
    assert not any("北江路" in clause for clause in written)
