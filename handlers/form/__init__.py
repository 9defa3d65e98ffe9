"""The conversation of the quarterly form: coordinators only."""

from aiogram import Router

from handlers.access import COORDINATOR, Only
from handlers.form import answers, registers, routes, sending

router = Router(name=__name__)
# The role is asked once, here, for everything below.
router.message.filter(Only(COORDINATOR))
router.edited_message.filter(Only(COORDINATOR))
router.callback_query.filter(Only(COORDINATOR))
router.include_routers(routes.router, answers.router, sending.router, registers.router)
