"""Labels of what is counted become concepts: one for all spellings, each below the one that it narrows."""

from __future__ import annotations

import itertools
import random

import pytest

from kg.extract.reader import read
from kg.extract.rulebook.check import article_of
from kg.model import Entity, Observation
from kg.resolve import resolve
from kg.resolve.indicators import concept, concepts


@pytest.mark.parametrize(
    ("label", "broader"),
    [
        ("高技能人才", "技能人才"),
        ("新增高技能人才", "高技能人才"),
        ("培养高技能人才", "高技能人才"),
        ("高技能人才总量", "高技能人才"),
        ("计划新增高技能人才", "新增高技能人才"),
        ("省级以上创新工作室", "创新工作室"),
        ("劳模和工匠人才创新工作室", "创新工作室"),
        ("“灯塔”创新工作室", "创新工作室"),
        ("省、市级工匠学院", "工匠学院"),
        ("国家及省级实训基地", "实训基地"),
        ("小微企业建会率", "建会率"),
        ("培训职工", "职工"),
        ("培训人数", "培训"),
        ("高级工", "高级工以上"),
        ("新增“灯塔课堂”", "“灯塔课堂”"),
        ("市劳动模范", "劳模"),
        ("高技能人才占技能人才的比重", "高技能人才占比"),
    ],
)
def test_a_label_narrows_another(label: str, broader: str) -> None:
    assert concept(label).broader == broader


@pytest.mark.parametrize(
    "label",
    [
        "培训中心",
        "省际交流",
        "市场主体",
        "新增",
        "建设项目",
        "晋升技能等级",
        "特级技师、首席技师",
        "非技能人才",
        "焊工12名、首席技师",
        "技能人才",
        "投入",
    ],
)
def test_a_label_narrows_nothing(label: str) -> None:
    assert concept(label).broader == ""


@pytest.mark.parametrize(
    ("label", "related"),
    [
        ("高技能人才占比", "高技能人才"),
        ("建会率较上年增减", "建会率"),
        ("规上企业同比增长", "规模以上企业"),
    ],
)
def test_parts_and_changes_are_related_only(label: str, related: str) -> None:
    assert (concept(label).broader, concept(label).related) == ("", related)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("高技能人才占技能人才的比重", "高技能人才占技能人才比例"),
        ("规上企业", "规模以上企业"),
        ("覆盖规上工业企业", "覆盖规模以上工业企业"),
        ("职工（劳模、工匠）创新工作室", "职工创新工作室"),
        ("职工(劳模、工匠)创新工作室", "职工创新工作室"),
        ("省级劳模工匠创新工作室", "省级劳模和工匠人才创新工作室"),
        ("技术工人的子女", "技术工人子女"),
    ],
)
def test_spellings_are_one_concept_and_remain_as_aliases(one: str, other: str) -> None:
    assert concept(one).name == concept(other).name
    found = {concept(one).name, *concept(one).aliases, *concept(other).aliases}
    assert {one, other} <= found


@pytest.mark.parametrize(("one", "other"), [("居民企业", "居民营企业"), ("高技工", "高技术工人"), ("标的物", "标物")])
def test_what_only_looks_alike_stays_apart(one: str, other: str) -> None:
    assert concept(one).name != concept(other).name


def test_names_are_stable_and_no_concept_is_above_itself() -> None:
    parts = [
        "新增",
        "省级",
        "高技能人才",
        "职工（劳模、工匠）创新工作室",
        "总量",
        "占比",
        "占技能人才的比重",
        "规上企业",
        "技工",
    ]
    for label in ("".join(chosen) for count in (1, 2, 3) for chosen in itertools.permutations(parts, count)):
        seen = [concept(label).name]
        assert concept(seen[0]).name == seen[0]
        while above := concept(seen[-1]).broader:
            assert above not in seen, label
            assert concept(above).name == above
            seen.append(above)


def test_concepts_come_with_all_above_them_in_any_order() -> None:
    labels = ["新增高技能人才", "高技能人才占比", "规上企业", "高技能人才"]
    found = concepts(labels)
    assert {entity.name for entity in found} == {
        "新增高技能人才",
        "高技能人才占比",
        "高技能人才",
        "技能人才",
        "规模以上企业",
        "企业",
    }
    for seed in range(5):
        random.Random(seed).shuffle(labels)
        assert concepts(labels) == found


def test_an_article_contributes_its_concepts() -> None:
    article = article_of("芜湖市建成职工（劳模、工匠）创新工作室12个。")
    record = resolve(article, read(article))
    (seen,) = [s for s in record.statements if isinstance(s, Observation)]
    assert seen.indicator == "职工创新工作室"
    concept_of_it = next(e for e in record.entities if e.id == "indicator/职工创新工作室")
    assert "职工(劳模、工匠)创新工作室" in concept_of_it.aliases
    assert concept_of_it.parent == "indicator/创新工作室"
    assert Entity("Indicator", "工作室") in record.entities
