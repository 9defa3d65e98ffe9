"""Collecting from the schools: staff's board, decisions, dates, people."""
