"""The eight risks, for staff: lights, the numbers behind them, thresholds."""
