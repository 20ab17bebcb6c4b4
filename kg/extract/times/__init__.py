"""Times in running text, resolved against the date of the document."""

from kg.extract.times.reader import Time, find_times

__all__ = ["Time", "find_times"]
