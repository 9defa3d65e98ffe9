"""The one ordered list of routers; the last answers everything."""

from aiogram import Router

from handlers import fallback, start
from handlers.form import router as form


def create_router() -> Router:
    """A fresh tree: a router can have one parent only, and tests build many bots."""
    root = Router(name="root")
    root.include_routers(start.router, form, fallback.router)
    return root
