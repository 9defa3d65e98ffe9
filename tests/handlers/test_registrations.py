"""How handlers are registered."""

import inspect
from collections.abc import Iterator

from aiogram import Router
from aiogram.dispatcher.event.handler import FilterObject
from aiogram.filters import Filter

from handlers.router import routing


def every_router(router: Router) -> Iterator[Router]:
    yield router
    for below in router.sub_routers:
        yield from every_router(below)


def every_filter() -> Iterator[tuple[str, FilterObject]]:
    for router in every_router(routing()):
        for name, observer in router.observers.items():
            for one in observer._handler.filters or ():
                yield f"{router.name} {name}", one
            for handler in observer.handlers:
                for one in handler.filters or ():
                    yield f"{router.name} {name} {handler.callback}", one


def test_only_asynchronous_filters() -> None:
    """aiogram runs every other kind in a thread: 140 µs a look instead of 8."""
    found = list(every_filter())
    assert found
    for where, one in found:
        target = one.callback
        call = target.__call__ if isinstance(target, Filter) else target
        assert inspect.iscoroutinefunction(call), where


def test_the_last_router_takes_every_message_and_every_button() -> None:
    last = routing().sub_routers[-1]
    for observer in (last.message, last.callback_query, last.edited_message):
        assert [handler.filters for handler in observer.handlers] == [[]]
