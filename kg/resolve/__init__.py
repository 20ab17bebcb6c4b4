"""From mentions to things: one entity for each, under its name in full, and statements between them."""

from kg.resolve.record import resolve

__all__ = ["resolve"]
