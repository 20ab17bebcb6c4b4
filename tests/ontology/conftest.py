"""Lets these tests build their graphs from the records of the graph's own tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "graph"))
