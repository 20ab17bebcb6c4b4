"""Measures what was read against reference facts that people wrote, and drafts such references."""

from kg.evaluate.scoring import Evaluation, Score, evaluate

__all__ = ["Evaluation", "Score", "evaluate"]
