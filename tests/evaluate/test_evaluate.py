"""What was read is measured against references as the guideline for them has it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import GoldError, StoreError
from kg.evaluate import Evaluation, evaluate, show
from kg.evaluate.built import read_graph
from kg.evaluate.draft import draft, to_json
from kg.evaluate.items import Item, Place
from kg.evaluate.names import alike, same, same_agent
from kg.evaluate.passages import documents
from kg.evaluate.reference import read_references
from kg.extract.reader import read
from kg.extract.rulebook.check import article_of
from kg.model import Article
from kg.resolve import resolve
from kg.source import read_pages
from kg.text import read_article

SHARED = Path(__file__).parents[2].parent / "shared"

PAGE = """芜湖市推进产改
来源：江城试样报 2024年5月6日
芜湖市总工会牵头推进产业工人队伍建设改革，启动“星火”行动，惠及职工3000余人。
芜湖市总工会主席程立新走访企业。截至2023年底，全市建成创新工作室286个，<b>不算</b>新的。
"""
REFERENCE = {
    "document": "page.txt",
    "region": "芜湖市",
    "facts": [
        {"type": "leads", "agent": ["芜湖市总工会", "市总工会"], "initiative": ["产业工人队伍建设改革", "产改"]},
        {"type": "implements", "agent": ["芜湖市总工会"], "initiative": ["“星火”行动"]},
        {"type": "issues", "agent": ["芜湖市总工会"], "document": ["星火办法"]},
        {"type": "post", "person": ["程立新"], "organization": ["芜湖市总工会"], "title": ["主席"]},
        {"type": "observation", "about": ["芜湖市"], "indicator": ["创新工作室"], "value": 286, "unit": "个",
         "bound": "over", "period": "/2023"},
    ],
    "entities": [{"type": "TradeUnion", "name": ["芜湖市总工会"]}, {"type": "Person", "name": ["某某某"]}],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page, its reference and a build."""
    folder = tmp_path_factory.mktemp("evaluate")
    (folder / "pages").mkdir()
    (folder / "pages" / "page.txt").write_text(PAGE, "utf-8")
    (folder / "gold").mkdir()
    (folder / "gold" / "page.json").write_text(json.dumps(REFERENCE, ensure_ascii=False), "utf-8")
    kg.build(folder / "pages", folder / "out")
    return folder


def result_of(folder: Path) -> Evaluation:
    return evaluate(read_graph(folder / "out"), read_references(folder / "gold"))


# --- names ---


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("《匠心·办法》", "匠心办法", True),
        ("ＡＩ 行动", "ai行动", True),
        ("匠心办法", "匠心细则", False),
        ("", "", True),
    ],
)
def test_the_same_name(left: str, right: str, expected: bool) -> None:
    assert same([left], [right]) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("产业工人队伍建设改革", "新时代产业工人队伍建设改革", True),
        ("产改", "产业工人队伍建设改革", False),
        ("技能人才", "高技能人才", True),
        ("职工创新工作室", "职工工作室创新", True),
        ("星火行动", "灯塔行动", False),
        ("工", "工人", True),
        ("“”", "某", False),
    ],
)
def test_names_alike(left: str, right: str, expected: bool) -> None:
    assert alike([left], [right]) is alike([right], [left]) is expected


@pytest.mark.parametrize(
    ("reference", "built", "expected"),
    [
        (["芜湖市总工会", "市总工会"], ["芜湖市总工会"], True),
        (["芜湖市总工会", "市总工会"], ["市总工会"], False),
        (["芜湖市总工会", "市总工会"], ["马鞍山市总工会", "芜湖市总工会"], False),
        (["芜湖市总工会"], ["安徽省芜湖市总工会"], True),
        (["芜湖市人民政府", "芜湖市"], ["芜湖市"], True),
        (["芜湖市人民政府"], ["芜湖市"], False),
        (["市总工会"], ["市总工会"], True),
        (["芜湖市总工会"], [], False),
    ],
)
def test_agents_are_held_to_more(reference: list[str], built: list[str], expected: bool) -> None:
    assert same_agent(reference, built) is expected


# --- counting ---


def item(indicator: str, value: float, **more: Any) -> Item:
    return Item("observation", {"indicator": (indicator,)}, value, "个", **more)


def test_each_reference_is_matched_once() -> None:
    result = evaluate({"a": [item("工作室", 3), item("工作室", 3)]}, {"a": [item("工作室", 3)]})
    score = result.types["observation"]
    assert (score.right, score.predicted, score.reference) == (1, 2, 1)
    assert (score.precision, score.recall) == (0.5, 1.0)


def test_the_largest_pairing_is_taken() -> None:
    # The first reference fits both, the second only the first.
    built = [item("创新工作室", 3), item("职工创新工作室", 3)]
    result = evaluate({"a": built}, {"a": [item("创新工作室", 3), item("工作室", 3)]})
    assert result.types["observation"].right == 2


def test_pairs_agree_in_attributes_where_they_can() -> None:
    built = [item("工作室", 3, period="2022"), item("工作室", 3, period="2023")]
    reference = [item("工作室", 3, period="2023"), item("工作室", 3, period="2022")]
    assert evaluate({"a": built}, {"a": reference}).attributes["period"].precision == 1


def test_documents_without_reference_do_not_count() -> None:
    result = evaluate({"a": [], "b": [item("工作室", 3)]}, {"a": [item("工作室", 3)]})
    assert (result.headline.predicted, result.headline.reference, result.headline.f1) == (0, 1, 0.0)
    assert list(result.documents) == ["a"]


def test_what_is_sure_is_counted_apart() -> None:
    sure, unsure = Place(0, 1, "", "r", 0.9), Place(0, 1, "", "r", 0.65)
    built = [item("工作室", 3, place=sure), item("工作室", 4, place=unsure)]
    result = evaluate({"a": built}, {"a": [item("工作室", 3)]})
    assert {band: score.precision for band, score in result.confidence.items()} == {0.9: 1.0, 0.6: 0.0}


def test_a_build_against_its_reference(folder: Path) -> None:
    result = result_of(folder)
    counts = {kind: (score.right, score.predicted, score.reference) for kind, score in result.types.items()}
    assert counts["leads"] == (1, 1, 1)
    assert counts["implements"] == (1, 1, 1)
    assert counts["responsible"] == (2, 2, 2)
    assert counts["issues"] == (0, 0, 1)
    assert counts["post"] == (1, 1, 1)
    assert counts["observation"] == (1, 2, 1)
    assert counts["entities"][0] == 1
    assert result.attributes["title"].precision == result.attributes["period"].precision == 1
    assert result.attributes["bound"].precision == 0


def test_a_build_and_its_turtle_are_scored_alike(folder: Path) -> None:
    assert read_graph(folder / "out") == read_graph(folder / "out" / "graph.ttl")


@pytest.mark.skipif(not (SHARED / "score" / "score.py").exists(), reason="the reference pages are not here")
def test_scores_agree_with_those_of_another_implementation(tmp_path: Path) -> None:
    kg.build([SHARED / "seeds", SHARED / "dev"], tmp_path / "out")
    graph, gold = tmp_path / "out" / "graph.ttl", SHARED / "gold"
    command = [sys.executable, str(SHARED / "score" / "score.py"), str(graph), str(gold), "--json"]
    other = json.loads(subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout)
    result = evaluate(read_graph(graph), read_references(gold))
    for kind, score in {**result.types, "headline": result.headline}.items():
        assert (score.predicted, score.reference) == (other[kind]["predicted"], other[kind]["gold"])
        found = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
        assert found == pytest.approx({name: other[kind][name] for name in found}), kind
    assert {name: score.f1 for name, score in result.documents.items()} == pytest.approx(other["documents"])
    for name, share in other["attributes"].items():
        # Which of several equal partners is taken is open there.
        assert result.attributes[name].precision == pytest.approx(share, abs=0.03), name


# --- showing ---


def marked(folder: Path, with_pages: bool) -> tuple[Evaluation, Any]:
    built, references = read_graph(folder / "out"), read_references(folder / "gold")
    result = evaluate(built, references)
    articles: dict[str, Article] = {}
    if with_pages:
        (page,) = read_pages([folder / "pages"])
        articles["page"] = read_article(page)  # type: ignore[arg-type]
    return result, documents(built, articles, result.differences, result.paired)


@pytest.mark.parametrize("with_pages", [True, False])
def test_errors_stand_below_their_sentence(folder: Path, with_pages: bool) -> None:
    _, found = marked(folder, with_pages)
    lines = list(show.errors(found))
    spurious = next(i for i, line in enumerate(lines) if "+ observation" in line)
    assert "惠及职工3000余人" in "".join(line for line in lines[:spurious] if line.startswith("page: "))
    assert "[observation." in lines[spurious]
    assert any("- issues: agent 芜湖市总工会, document 星火办法" in line for line in lines)


def test_what_no_sentence_names_is_told_apart() -> None:
    from kg.evaluate.passages import Document
    from kg.evaluate.scoring import Difference

    document = Document(article_of("职工满意。企业建成工作室5个。"), [])
    assert document.add(Difference("a", item("工作室", 286), True)) is None
    assert len(document.elsewhere) == 1
    where = document.add(Difference("a", item("工作室", 5), True))
    assert where is not None
    assert where.text == "企业建成工作室5个。"
    assert {where.text[a:b] for a, b, _ in where.marks} == {"工作室", "5个"}


@pytest.mark.parametrize("with_pages", [True, False])
def test_the_page_marks_texts_and_runs_nothing(folder: Path, with_pages: bool) -> None:
    result, found = marked(folder, with_pages)
    page = show.page(result, found)
    assert '<mark class="spurious">' in page
    assert '<mark class="missed">' in page
    assert '<mark class="right">' in page
    assert "<b>" not in page
    assert "<script" not in page
    assert "http" not in page


def test_tables_name_every_type_and_document(folder: Path) -> None:
    lines = list(show.table(result_of(folder)))
    heads = {line.split("  ")[0] for line in lines}
    assert {"type", "leads", "observation", "responsible", "entities", "all facts", "document", "page"} <= heads


# --- references ---


def test_a_draft_says_what_was_read(folder: Path, tmp_path: Path) -> None:
    (page,) = read_pages([folder / "pages"])
    article = read_article(page)  # type: ignore[arg-type]
    reference = draft(resolve(article, read(article)))
    (tmp_path / "page.json").write_text(to_json(reference), "utf-8")
    assert (reference["document"], reference["region"]) == ("page.txt", "芜湖市")
    result = evaluate(read_graph(folder / "out"), read_references(tmp_path))
    assert result.headline.f1 == result.types["entities"].f1 == 1
    assert all(score.precision == 1 for score in result.attributes.values())


def test_a_draft_of_nothing() -> None:
    article = article_of("大家都很高兴。")
    reference = draft(resolve(article, read(article)))
    assert json.loads(to_json(reference)) == {"document": "example", "region": "", "facts": [], "entities": []}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", r"page\.json:1: not valid JSON \(.*\); check the commas"),
        ("[]", r"page\.json: there is no list of facts; write"),
        ('{"facts": [{"type": "lead"}]}', r"page\.json: fact 1: unknown fact type 'lead'; did you mean 'leads'\?"),
        ('{"facts": [1]}', r"fact 1: unknown fact type ''; known: "),
        (
            '{"facts": [{"type": "leads", "agent": ["甲"]}]}',
            r"fact 1: the field 'initiative' is missing; give",
        ),
        (
            '{"facts": [{"type": "observation", "indicator": "甲", "value": "many"}]}',
            r"fact 1: the value of an observation must be a number",
        ),
        ('{"facts": [], "entities": [{"name": "甲"}]}', r"entity 1: an entity needs 'type' and 'name'"),
    ],
)
def test_what_is_wrong_with_a_reference(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "page.json").write_text(content, "utf-8")
    with pytest.raises(GoldError, match=says):
        read_references(tmp_path)


def test_every_wrong_reference_is_told(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text("{", "utf-8")
    with pytest.raises(GoldError) as raised:
        read_references(tmp_path)
    assert len(str(raised.value).splitlines()) == 2


def test_no_references_and_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no reference files here; give"):
        read_references(tmp_path)
    with pytest.raises(GoldError, match="there is no such reference file or folder"):
        read_references(tmp_path / "none")
    with pytest.raises(StoreError, match="there is no such graph"):
        read_graph(tmp_path / "none.ttl")
    with pytest.raises(StoreError, match="is no RDF format"):
        read_graph(tmp_path / "none.docx")
    (tmp_path / "bad.ttl").write_text("不是图", "utf-8")
    with pytest.raises(StoreError, match=r"bad\.ttl: the graph cannot be read \("):
        read_graph(tmp_path / "bad.ttl")
