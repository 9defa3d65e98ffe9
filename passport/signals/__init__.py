"""What each signal of a risk comes to: evidence and thresholds in, a flag out. Never raises."""
