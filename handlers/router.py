"""The one ordered list of routers; the last answers everything."""

from functools import cache

from aiogram import Dispatcher

from handlers import fallback, start
from handlers.brief.routes import own as own_brief
from handlers.brief.routes import router as brief
from handlers.campaigns.routes import router as campaigns
from handlers.collect.routes import router as collect
from handlers.form import router as form
from handlers.form.answers import awaited as awaited_answers
from handlers.importing.routes import router as importing
from handlers.indicators.routes import own as own_indicators
from handlers.indicators.routes import router as indicators
from handlers.parents.routes import router as parents
from handlers.plan.routes import router as plan
from handlers.registers.routes import router as registers
from handlers.risks.routes import router as risks


@cache
def routing() -> Dispatcher:
    """All routes, made once: a router can have one parent only, and the table keeps no state.

    No FSM: a screen is derived from stored rows, there is no dialog state to lose.
    """
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_routers(
        start.router,
        awaited_answers,
        campaigns,
        plan,
        brief,
        own_brief,
        parents,
        registers,
        importing,
        indicators,
        own_indicators,
        risks,
        collect,
        form,
        fallback.router,
    )
    return dispatcher
