"""The conversation of the quarterly form: coordinators, and staff for a school that phoned."""

from aiogram import Router

from handlers.access import May
from handlers.form import answers, registers, routes, sending

router = Router(name=__name__)
# The right is asked once, here, for everything below; whose report it is, at each step.
for observer in (router.message, router.edited_message, router.callback_query):
    observer.filter(May("fill"))
router.include_routers(routes.own, routes.router, answers.router, sending.router, registers.router)
