"""Registers in chat: a school's classes and contracts, the city's partners."""
