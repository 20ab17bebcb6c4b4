"""Names that would be more than names stay text, whatever page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import Visit, visiting
from explorer_sample import write_build
from playwright.sync_api import Browser, expect
from records import article
from serving import serving

from kg.graph.identity import entity_iri
from kg.model import Block, BlockKind, Conferral, Entity, Evidence, Membership, Observation, Record, Relation

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>&amp;{{7*7}}"
RIGHT_TO_LEFT = "\u202eגדול\u200f قائد 试样\u2067会"
LONG = "很长的名称" * 2000
NAMES = {"markup": MARKUP, "right to left": RIGHT_TO_LEFT, "long": LONG}


def record(name: str) -> Record:
    """A document in which everything is called by that name."""
    text = f"{name}牵头{name}。\n"
    page = article(f"{name[:80]}.html", text, title=name)
    evidence = Evidence(0, len(text) - 1, text[:-1], text[:-1], name[:60], 0.9)
    place = Entity("Region", name, (name,), adcode="230000")
    body = Entity("TradeUnion", name, (f"{name}会",), place=name)
    reform, honour = Entity("Reform", name, place=name), Entity("Honour", name)
    person, policy = Entity("Person", name), Entity("PolicyDocument", name)
    statements = (
        Relation("leads", body.id, reform.id, evidence, place=place.id),
        Relation("issues", body.id, policy.id, evidence),
        Membership(person.id, body.id, (name,), evidence),
        Conferral(body.id, honour.id, evidence, (body.id,), name[:40]),
        Observation(place.id, name, Decimal(12), name[:20], evidence),
    )
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),)
    whole = replace(page, publisher=name, authors=(name,), blocks=blocks)
    return Record(whole, (place, body, reform, honour, person, policy), statements)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out: Path = tmp_path_factory.mktemp("hostile") / "out"
    with serving(write_build([record(name) for name in NAMES.values()], out)) as client:
        yield str(client.base_url)


@pytest.fixture
def guest(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as visit:
        yield visit


def path(entity: Entity) -> str:
    return quote(entity_iri("/", entity.id), safe="/%")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("kind", range(6), ids=["place", "body", "reform", "honour", "person", "policy"])
def test_a_thing_of_that_name(guest: Visit, name: str, kind: int) -> None:
    page = guest.see(path(record(name).entities[kind]))
    shown = page.locator("h1").text_content()
    assert shown is not None
    assert shown.strip("… ").startswith(name[:100])
    assert guest.overflow() == 0
    assert page.locator("main img, main script").count() == 0
    assert page.locator("h1 bdi").count() == 1


@pytest.mark.parametrize(
    "path", ["/", "/documents", "/things/bodies", "/things/honours", "/search?q=试样", "/?place=23"]
)
def test_pages_that_list_them(guest: Visit, path: str) -> None:
    guest.see(path)
    assert guest.overflow() == 0
    assert guest.page.locator("main img, main script").count() == 0
    assert guest.faults() == []


def test_suggestions_are_text(guest: Visit) -> None:
    page = guest.see("/")
    page.get_by_role("combobox").fill("onerror")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("<img src=x onerror=alert(1)>")
    assert option.locator("img").count() == 0


def test_what_is_searched_comes_back_as_text(guest: Visit) -> None:
    guest.see("/search?q=" + quote(MARKUP))
    assert "<img src=x" in guest.page.inner_text("h1")
    guest.see("/?place=" + quote('"><'))
    guest.see("/nothing" + quote("/<script>alert(3)</script>\u202e"))
    assert guest.page.locator("main script").count() == 0
    guest.complaints.clear()  # that the last page is not there


@pytest.mark.parametrize("view", ["clean", "both", "page"])
def test_the_text_of_a_page_is_text(guest: Visit, view: str) -> None:
    page = guest.see("/page/" + quote(f"{MARKUP[:80]}.html") + f"?at=0-20&view={view}")
    assert MARKUP[:20] in "".join(page.locator(".text").all_text_contents())
    assert page.locator("main img, main script").count() == 0
