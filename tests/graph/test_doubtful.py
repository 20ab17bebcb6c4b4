"""What may be one thing under two names, or two under one, is listed and neither merged nor parted."""

from __future__ import annotations

import random

from records import article, evidence

from kg.graph import GraphStore
from kg.graph.doubtful import Doubt, doubtful
from kg.model import Entity, Membership, Record, Statement

TEXT = "青川市有这些机构和人。\n"
SAID = evidence("青川市", TEXT)
CITY = Entity("Region", "芜湖市", adcode="340200")


def record(identifier: str, *entities: Entity, statements: tuple[Statement, ...] = ()) -> Record:
    return Record(article(identifier, TEXT), tuple(sorted(entities)), statements)


def doubts(*records: Record) -> list[tuple[str, str, str]]:
    return [(d.why, d.left.name, d.right.name) for d in doubtful(GraphStore.in_memory(records))]


def body(name: str, place: str = "芜湖市") -> Entity:
    return Entity("CoordinationBody", name, place=place)


def test_joint_bodies_of_one_place_with_like_names() -> None:
    one, other = body("芜湖市产改工作领导小组"), body("芜湖市产业工人队伍建设改革领导小组")
    assert doubts(record("甲.txt", one), record("乙.txt", other)) == [("joint-body", other.name, one.name)]


def test_a_bare_joint_body_may_be_any_of_its_kind_in_that_place() -> None:
    bare, full = body("芜湖市联席会议"), body("芜湖市产改工作联席会议")
    assert doubts(record("甲.txt", bare, full)) == [("joint-body", full.name, bare.name)]


def test_joint_bodies_of_other_places_kinds_and_subjects_are_no_doubt() -> None:
    assert not doubts(
        record(
            "甲.txt",
            body("芜湖市产改工作领导小组"),
            body("合肥市产改工作领导小组", "合肥市"),
            body("芜湖市产改工作联席会议"),
            body("芜湖市消防工作领导小组"),
            body("芜湖市产改工作领导小组办公室"),
        )
    )


def test_a_short_form_without_the_full_name_beside_it() -> None:
    full, short = Entity("Enterprise", "芜湖青岩轴承集团有限公司"), Entity("Enterprise", "青岩轴承")
    union, other = Entity("TradeUnion", f"{full.name}工会"), Entity("TradeUnion", "青岩轴承工会")
    found = doubts(record("甲.txt", full, union), record("乙.txt", short, other, Entity("Enterprise", "青岩物流")))
    assert found == [("short-form", full.name, short.name), ("short-form", union.name, other.name)]


def test_one_core_with_different_endings() -> None:
    plan, work = Entity("Programme", "“灯塔”行动", place="芜湖市"), Entity("Programme", "“灯塔”工程")
    far = Entity("Programme", "“灯塔”计划", place="合肥市")
    assert doubts(record("甲.txt", plan), record("乙.txt", work)) == [("initiative", work.name, plan.name)]
    assert not doubts(record("甲.txt", plan), record("乙.txt", far))


def test_one_bare_name_in_two_provinces() -> None:
    here, there = Entity("Region", "芜湖市", adcode="340200"), Entity("Region", "大连市", adcode="210200")
    near = Entity("Region", "合肥市", adcode="340100")
    name = "“灯塔”行动"
    records = [
        record(f"{number}.txt", place, Entity("Programme", name, place=place.name))
        for number, place in enumerate([here, there, near])
    ]
    (doubt,) = doubtful(GraphStore.in_memory(records))
    assert (doubt.why, doubt.left.where, doubt.right.where) == ("places", "大连市", "合肥市、芜湖市")
    assert (doubt.left.documents, doubt.right.documents) == (("1.txt",), ("0.txt", "2.txt"))
    reform = [
        record(r.article.page.identifier, r.entities[-1], Entity("Reform", "产改", place="芜湖市")) for r in records
    ]
    assert not doubts(*reform)


def test_namesakes_in_bodies_that_no_document_brings_together() -> None:
    person = Entity("Person", "何大川")
    first, second, third = (Entity("TradeUnion", f"{name}总工会") for name in ("芜湖市", "合肥市", "大连市"))

    def post(of: Entity) -> Membership:
        return Membership(person.id, of.id, ("主席",), SAID)

    both = record("甲.txt", person, first, second, statements=(post(first), post(second)))
    other = record("乙.txt", person, third, statements=(post(third),))
    same = record("丙.txt", person, first, statements=(post(first),))
    (doubt,) = doubtful(GraphStore.in_memory([both, other, same]))
    assert doubt.why == "namesake"
    assert {(side.where, side.documents) for side in (doubt.left, doubt.right)} == {
        ("合肥市总工会、芜湖市总工会", ("丙.txt", "甲.txt")),
        ("大连市总工会", ("乙.txt",)),
    }
    assert not doubts(both, same)


def test_the_order_of_documents_does_not_matter_and_the_list_grows_with_things_not_pairs() -> None:
    records = [record(f"{n}.txt", Entity("Programme", f"“灯塔”{'行动' * (n + 1)}")) for n in range(20)]
    found: tuple[Doubt, ...] = doubtful(GraphStore.in_memory(records))
    assert len(found) == 19
    random.Random(7).shuffle(records)
    assert doubtful(GraphStore.in_memory(records)) == found
