"""Posts of persons: before their names, behind them, or given by a verb, each in the body that it belongs to."""
