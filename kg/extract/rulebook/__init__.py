"""Declared rules: how they are read from files, checked against their own examples, and explained."""
