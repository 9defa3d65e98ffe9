"""Workbooks in: files that people send, opened with care and read with patience."""
