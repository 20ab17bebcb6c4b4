"""Numbers that describe something: what is counted, of whom and when; a level, growth, share or target."""

from kg.extract.observations.about import set_going
from kg.extract.observations.reader import ObservationReader
from kg.extract.observations.report import Report

__all__ = ["ObservationReader", "Report", "set_going"]
