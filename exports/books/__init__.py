"""Workbooks about the whole city: made in the worker process, which reads the database itself."""
