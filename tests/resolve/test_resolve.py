"""One entity for one thing, and statements between entities, each with its evidence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.extract.reader import read
from kg.extract.rulebook.check import article_of
from kg.model import Conferral, Entity, Membership, Observation, Period, Record, Relation
from kg.resolve import resolve


def record(text: str, date: str = "") -> Record:
    article = article_of(text, date)
    return resolve(article, read(article))


def entity(found: Record, identifier: str) -> Entity:
    return next(e for e in found.entities if e.id == identifier)


def relations(found: Record) -> set[tuple[str, str, str]]:
    return {(s.subject, s.predicate, s.object) for s in found.statements if isinstance(s, Relation)}


@pytest.mark.parametrize("form", ["省总工会", "省总", "安徽省总工会", "安徽省总"])
def test_all_forms_of_a_union_are_one_entity(form: str) -> None:
    found = record(f"安徽省推进产改。安徽省总工会走访企业。{form}启动“星火”行动。")
    assert {e.name for e in found.entities if e.type == "TradeUnion"} == {"安徽省总工会"}
    assert ("org/安徽省总工会", "implements", "initiative/星火行动") in relations(found)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("人社局", "人力资源和社会保障局"),
        ("人社", "人力资源和社会保障局"),
        ("工信局", "工业和信息化局"),
        ("工商联", "工商业联合会"),
    ],
)
def test_short_and_full_forms_of_departments_are_one_entity(short: str, full: str) -> None:
    found = record(f"芜湖市{short}、芜湖市总工会印发《匠心办法》。芜湖市{full}走访企业。")
    names = {e.name for e in found.entities if e.type in {"GovernmentDepartment", "Organization"}}
    assert names == {f"芜湖市{full}"}


def test_the_reform_is_one_entity_in_all_its_forms() -> None:
    found = record("芜湖市总工会推进产改。芜湖市总工会牵头推进新时代产业工人队伍建设改革，“产改”有了成效。")
    assert [e.name for e in found.entities if e.type == "Reform"] == ["产业工人队伍建设改革"]


def test_a_programme_goes_by_its_longest_form() -> None:
    found = record("芜湖市启动“星火”技能提升行动。芜湖市总工会实施“星火”行动。")
    (programme,) = [e for e in found.entities if e.type == "Programme"]
    assert programme.name == "“星火”技能提升行动"
    assert programme.aliases == ("“星火”行动",)


def test_what_only_its_context_makes_definite_is_no_alias() -> None:
    found = record("安徽省推进产改。省总工会印发《匠心办法》，全省走访企业100家。")
    assert entity(found, "org/安徽省总工会").aliases == ()
    assert "全省" not in entity(found, "place/安徽省").aliases


def test_what_a_title_alone_implies_does_not_bear_the_name_of_another_body() -> None:
    found = record("芜湖市委副书记、市长周启明到会。芜湖市委组织部部长、芜湖市总工会主席李文到会。")
    assert entity(found, "org/芜湖市人民政府").aliases == ()


def test_what_describes_a_thing_is_no_alias() -> None:
    found = record("以祁学智名字命名的创新工作室开展培训120人。")
    assert entity(found, "org/祁学智创新工作室").aliases == ("创新工作室",)


def test_places_have_codes_and_parents() -> None:
    place = entity(record("芜湖市启动“星火”行动。"), "place/芜湖市")
    assert (place.adcode, place.place, place.aliases) == ("340200", "安徽省", ("芜湖",))


def test_a_place_whose_name_repeats_is_named_with_its_parent() -> None:
    found = record("南京市推进产改。南京市鼓楼区启动“星火”行动。")
    assert {e.name for e in found.entities if e.type == "Region"} >= {"南京市鼓楼区"}


def test_bodies_belong_to_their_place() -> None:
    found = record("芜湖市总工会启动“星火”行动。")
    assert entity(found, "org/芜湖市总工会").place == "芜湖市"
    assert entity(found, "initiative/星火行动").place == "芜湖市"


def test_a_reform_of_the_whole_country_belongs_to_no_place() -> None:
    found = record("芜湖市总工会牵头推进产业工人队伍建设改革。")
    assert entity(found, "initiative/产业工人队伍建设改革").place == ""


def test_the_union_of_a_firm_is_part_of_it() -> None:
    found = record("清远星河重工集团有限公司工会启动“星火”行动。")
    union = next(e for e in found.entities if e.type == "TradeUnion")
    assert union.parent == "org/清远星河重工集团有限公司"
    assert entity(found, union.parent).type == "Enterprise"


def test_documents_are_dated_and_say_what_they_concern() -> None:
    found = record("2022年，芜湖市总工会印发《产业工人队伍建设改革实施方案》。")
    document = next(e for e in found.entities if e.type == "PolicyDocument")
    assert document.name == "产业工人队伍建设改革实施方案"
    assert document.date == "2022"
    assert document.concerns == ("initiative/产业工人队伍建设改革",)


def test_the_same_fact_read_twice_is_stated_once() -> None:
    found = record("芜湖市总工会启动“星火”行动。芜湖市总工会实施“星火”行动。")
    statements = [s for s in found.statements if isinstance(s, Relation)]
    assert len(statements) == 1


def test_a_fact_has_its_best_evidence() -> None:
    text = "由芜湖市总工会牵头的“星火”行动启动。芜湖市总工会牵头“星火”行动。"
    found = record(text)
    (lead,) = [s for s in found.statements if isinstance(s, Relation) and s.predicate == "leads"]
    from kg.extract.rulebook.loading import load

    assert lead.evidence.confidence == max(
        rule.confidence for rule in load().of("leads") if rule.id in {"leads.by-agent", "leads.subject"}
    )


def test_evidence_is_the_pages_own_characters_and_the_clean_sentence() -> None:
    found = record("职工满意。芜湖市总工会启动“星火”行动。企业满意。")
    for statement in found.statements:
        evidence = statement.evidence
        assert found.article.page.text[evidence.start : evidence.end] == evidence.exact
        assert evidence.sentence == "芜湖市总工会启动“星火”行动。"


def test_what_is_read_from_guessed_characters_is_worth_less() -> None:
    article = article_of("芜湖市总工会启动“星火”行动。")
    (sure,) = resolve(article, read(article)).statements
    (guessed,) = resolve(replace(article, guessed=((0, 2),)), read(article)).statements
    assert guessed.evidence.confidence < sure.evidence.confidence


@pytest.mark.parametrize(
    ("text", "guessed"),
    [
        ("芜湖市总工会去年召开会议。该会启动“星火”行动。", "芜湖"),
        ("芜湖市建成创新工作室12个。", "创新"),
        ("芜湖市建成创新工作室12个。", "2"),
        ("芜湖市建成创新工作室12个。", "个"),
        ("芜湖市建成创新工作室十二个。", "十"),
        ("2023年，芜湖市建成创新工作室12个。", "2023"),
        ("芜湖市总工会主席程立新走访企业。", "新"),
        ("芜湖市总工会主席程立新走访企业。", "主席"),
        ("星河重工集团有限公司荣获全国五一劳动奖状。", "星河"),
        ("星河重工集团有限公司荣获全国五一劳动奖状。", "五一"),
    ],
)
def test_that_holds_for_all_that_a_fact_is_read_from(text: str, guessed: str) -> None:
    article = article_of(text)
    at = text.index(guessed)
    (sure,) = resolve(article, read(article)).statements
    (doubtful,) = resolve(replace(article, guessed=((at, at + len(guessed)),)), read(article)).statements
    assert doubtful.evidence.confidence < sure.evidence.confidence


@pytest.mark.parametrize(("text", "figure"), [("芜湖市建成创新工作室12个。", "12"), ("芜湖市就业率达5%。", "5%")])
def test_a_figure_whose_first_digits_may_be_lost_is_not_stated(text: str, figure: str) -> None:
    article = article_of(text)
    at = text.index(figure)
    assert resolve(article, read(article)).statements
    assert not resolve(replace(article, guessed=((at - 1, at + 1),)), read(article)).statements


def test_what_stands_behind_a_guess_in_its_sentence_is_worth_a_little_less() -> None:
    text = "芜湖市总工会启动“星火”行动，建成创新工作室12个。芜湖市建成创新工作室15个。"
    article = article_of(text)
    doubtful = replace(article, guessed=((text.index("启动"), text.index("启动") + 2),))
    sure = {s: s.evidence.confidence for s in resolve(article, read(article)).statements if isinstance(s, Observation)}
    found = [s for s in resolve(doubtful, read(article)).statements if isinstance(s, Observation)]
    before, behind = sorted(found, key=lambda s: s.evidence.start), list(sure.values())
    assert [s.evidence.confidence for s in before] == [pytest.approx(0.9 * behind[0], abs=0.001), behind[1]]


def test_posts_honours_and_observations_become_statements() -> None:
    found = record(
        "芜湖市总工会主席程立新走访企业。\n星河重工集团有限公司荣获全国五一劳动奖状。\n2023年，芜湖市建成创新工作室12个。"
    )
    kinds = {type(s): s for s in found.statements}
    post, honour, seen = kinds[Membership], kinds[Conferral], kinds[Observation]
    assert isinstance(post, Membership)
    assert (post.person, post.organization, post.titles) == ("person/程立新", "org/芜湖市总工会", ("主席",))
    assert isinstance(honour, Conferral)
    assert honour.recipient == "org/星河重工集团有限公司"
    assert isinstance(seen, Observation)
    assert (seen.about, seen.indicator, seen.value, seen.unit) == ("place/芜湖市", "创新工作室", Decimal(12), "个")
    assert seen.period == Period("2023", "2023-01-01", "2023-12-31")


def test_every_id_in_a_statement_is_an_entity() -> None:
    found = record(
        "安徽省推进产改。省总工会、省人社厅印发《匠心办法》，启动“星火”行动，惠及职工300人。\n程立新任清远星河重工集团有限公司工会主席。"
    )
    known = {e.id for e in found.entities}
    for statement in found.statements:
        match statement:
            case Relation():
                assert {statement.subject, statement.object} <= known
            case Membership():
                assert {statement.person, statement.organization} <= known
            case Conferral():
                assert {statement.recipient, statement.honour, *statement.conferred_by} <= known
            case Observation():
                assert statement.about in known


def test_nothing_in_nothing_out() -> None:
    found = record("大家都很高兴。")
    assert (found.entities, found.statements) == ((), ())
