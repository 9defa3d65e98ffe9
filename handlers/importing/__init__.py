"""Files in: what a form says is shown first, nothing changes until it is confirmed."""
