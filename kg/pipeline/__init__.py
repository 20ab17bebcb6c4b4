"""The way through the house: pages go in at one end, facts with their evidence come out at the other."""

from kg.pipeline.folder import build_folder
from kg.pipeline.memory import build_in_memory
from kg.pipeline.reading import record_of, records_of
from kg.pipeline.settings import Settings
from kg.pipeline.sources import Step, Watch

__all__ = ["Settings", "Step", "Watch", "build_folder", "build_in_memory", "record_of", "records_of"]
