"""Quantities in running text: numbers with unit and bound, and the reasons why other numbers are none."""

from kg.extract.quantities.reader import Numeral, find_numerals, find_quantities

__all__ = ["Numeral", "find_numerals", "find_quantities"]
