"""A reference file to correct: everything that is read from a page now, in the form of a reference."""

from __future__ import annotations

from typing import Any

from kg.extract.analysis import analyse_article
from kg.model import Article, Conferral, Entity, Membership, Observation, Record, Relation, Statement
from kg.naming import entity_id

_OBJECT = {"leads": "initiative", "implements": "initiative", "issues": "document", "organises": "event"}


def draft(record: Record) -> dict[str, Any]:
    """Return the facts and entities of a document as a reference file has them, in the order of the text.

    Each thing is named by its full name and then its other forms. What takes part in an initiative is left out, for
    references have no such facts.
    """
    entities = {entity.id: entity for entity in record.entities}
    statements = sorted(record.statements, key=lambda s: (s.evidence.start, s.evidence.end))
    facts = [fact for fact in (_fact(s, entities) for s in statements) if fact]
    return {
        "document": record.article.page.identifier,
        "region": _region(record.article),
        "facts": facts,
        # Indicators are told in the observations.
        "entities": [
            {"type": e.type, "name": _names(e)} for e in record.entities if e.mentioned and e.type != "Indicator"
        ],
    }


def _region(article: Article) -> str:
    """Return the name of the place that the article is about, or ""."""
    place = analyse_article(article).context.place(next((block.start for block in article.body()), 0))
    return place.name if place is not None else ""


def _names(entity: Entity) -> list[str]:
    return [entity.name, *entity.aliases]


def _fact(statement: Statement, entities: dict[str, Entity]) -> dict[str, Any]:
    """Return a statement as a reference, or an empty one where references have no such fact."""
    match statement:
        case Relation():
            field = _OBJECT.get(statement.predicate)
            if field is None:
                return {}
            fact: dict[str, Any] = {
                "type": statement.predicate,
                "agent": _names(entities[statement.subject]),
                field: _names(entities[statement.object]),
            }
            if statement.date:
                fact["date"] = statement.date
            return fact
        case Membership():
            return {
                "type": "post",
                "person": _names(entities[statement.person]),
                "organization": _names(entities[statement.organization]),
                "title": list(statement.titles),
            }
        case Conferral():
            return {
                "type": "honour",
                "recipient": _names(entities[statement.recipient]),
                "honour": _names(entities[statement.honour]),
            }
        case Observation():
            return _observation(statement, entities)


def _observation(seen: Observation, entities: dict[str, Entity]) -> dict[str, Any]:
    value = int(seen.value) if seen.value == seen.value.to_integral_value() else float(seen.value)
    indicator = entities.get(entity_id("Indicator", seen.indicator))
    fact: dict[str, Any] = {
        "type": "observation",
        "about": _names(entities[seen.about]),
        "indicator": [seen.indicator, *(indicator.aliases if indicator is not None else ())],
        "value": value,
        "unit": seen.unit,
        "bound": seen.bound.lower(),
    }
    if seen.kind != "Level":
        fact["kind"] = seen.kind.lower()
    if seen.period is not None:
        fact["period"] = seen.period.edtf.replace("..", "")
    return fact


def to_json(reference: dict[str, Any]) -> str:
    """Return a reference as JSON with a line for each fact and entity, easy to correct by hand."""
    from json import dumps

    def rows(items: list[Any]) -> str:
        return ",\n".join(f"    {dumps(item, ensure_ascii=False)}" for item in items)

    head = "".join(f"  {dumps(k)}: {dumps(reference[k], ensure_ascii=False)},\n" for k in ("document", "region"))
    facts, entities = rows(reference["facts"]), rows(reference["entities"])
    return f'{{\n{head}  "facts": [\n{facts}\n  ],\n  "entities": [\n{entities}\n  ]\n}}\n'
