"""The people's side over HTTP, for the chat page: what they see, write, press and upload."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from aiohttp import web

from demo.telegram.control import BeforeMoving, Control
from demo.telegram.forms import read_form
from demo.telegram.model import Chat, Json
from demo.telegram.person import Person
from demo.telegram.refusals import ApiError
from demo.telegram.room import Room
from demo.telegram.sim_acts import Act, Acts, SimError
from demo.telegram.sim_events import EventStream
from demo.telegram.sim_faults import FaultSwitches
from demo.telegram.sim_rooms import RoomAct
from demo.telegram.sim_rooms import table as room_acts
from demo.telegram.sim_views import chat_view, clock_view, moment_of, preview
from demo.telegram.telegram import Telegram

_SHOWN_IN_PLACE = {"image/jpeg", "image/png", "image/gif", "image/webp"}


def add_sim(
    app: web.Application, telegram: Telegram, control: Control, before_moving: BeforeMoving
) -> None:
    sim = _Sim(telegram, control, before_moving)
    events = EventStream(telegram)
    app.on_shutdown.append(events.close)
    app.router.add_get("/sim/events", events.serve)
    app.router.add_get("/sim/state", _told(sim.state))
    app.router.add_get("/sim/chats/{chat_id:-?\\d+}", _told(sim.chat))
    app.router.add_get("/sim/files/{file_id}", sim.file)
    for name, act in Acts(telegram.changes).table().items():
        app.router.add_post(f"/sim/chats/{{chat_id:-?\\d+}}/{name}", _told(sim.acting(act)))
    for name, room_act in room_acts().items():
        app.router.add_post(f"/sim/rooms/{{chat_id:-?\\d+}}/{name}", _told(sim.ruling(room_act)))
    app.router.add_post("/sim/clock", _told(sim.clock))
    app.router.add_post("/sim/fault", _told(sim.fault))
    app.router.add_post("/sim/bot/restart", _told(sim.restart))
    app.router.add_post("/sim/persons", _told(sim.add_person))


def _told(
    view: Callable[[web.Request], Awaitable[Json]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(request: web.Request) -> web.Response:
        try:
            return web.json_response(await view(request))
        except SimError as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        except ApiError as error:
            return web.json_response({"ok": False, "error": error.description}, status=400)

    return handler


class _Sim:
    def __init__(self, telegram: Telegram, control: Control, before_moving: BeforeMoving) -> None:
        self._telegram = telegram
        self._control = control
        self._before_moving = before_moving
        self._faults = FaultSwitches(telegram)
        self._newcomers: list[Json] = []
        self._read: dict[int, int] = {}  # chat to the last message that was looked at

    def acting(self, act: Act) -> Callable[[web.Request], Awaitable[Json]]:
        async def view(request: web.Request) -> Json:
            chat = self._chat(request)
            if chat.kind != "private":
                raise SimError("В канал пишет только бот.")
            return await act(Person(self._telegram, chat.id), await read_form(request))

        return view

    def ruling(self, act: RoomAct) -> Callable[[web.Request], Awaitable[Json]]:
        async def view(request: web.Request) -> Json:
            chat = self._chat(request)
            if chat.kind == "private":
                raise SimError("Это не канал.")
            return await act(Room(self._telegram, chat.id), await read_form(request))

        return view

    # -- looking ---------------------------------------------------------------------------------

    async def state(self, _request: web.Request) -> Json:
        people = [*self._control.persons(), *self._newcomers]
        listed = {person["id"] for person in people}
        chats = self._telegram.world.chats.values()
        channels = [
            {"id": chat.id, "name": chat.title, "role": "канал", "note": ""}
            for chat in chats
            if chat.kind == "channel" and chat.id not in listed
        ]
        return {
            "clock": clock_view(self._telegram.clock.now()),
            "bot": self._control.status(),
            "persons": [self._person(person) for person in (*people, *channels)],
            "jumps": list(await self._control.jumps()),
            "faults": self._faults.state(),
            "rev": self._telegram.changes.rev,
        }

    async def chat(self, request: web.Request) -> Json:
        chat = self._chat(request)
        self._read[chat.id] = max(chat.messages, default=0)
        return chat_view(self._telegram, chat)

    async def file(self, request: web.Request) -> web.Response:
        file = self._telegram.world.files.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound(text="no such file")
        place = "inline" if file.mime in _SHOWN_IN_PLACE else "attachment"
        name = quote(file.name, safe="")
        headers = {"Content-Disposition": f"{place}; filename*=UTF-8''{name}"}
        return web.Response(body=file.data, content_type=file.mime, headers=headers)

    # -- the machinery ---------------------------------------------------------------------------

    async def clock(self, request: web.Request) -> Json:
        params = (await read_form(request)).params
        try:
            if "to" in params:
                moment = moment_of(params["to"])
            else:
                seconds = float(params["shift_seconds"])
                moment = self._telegram.clock.now() + timedelta(seconds=seconds)
        except (KeyError, TypeError, ValueError, OverflowError):
            raise SimError("Не понимаю, куда перевести часы.") from None
        # Before the clock moves: the bot acts upon it at once.
        await self._before_moving(moment)
        self._telegram.clock.move_to(moment)
        self._telegram.changes.tell("clock")
        return {"ok": True, "clock": clock_view(self._telegram.clock.now())}

    async def fault(self, request: web.Request) -> Json:
        params = (await read_form(request)).params
        try:
            self._faults.switch(str(params.get("key")), on=bool(params.get("on")))
        except KeyError:
            raise SimError("Такого сбоя нет.") from None
        return {"ok": True}

    async def restart(self, _request: web.Request) -> Json:
        self._telegram.changes.tell("bot")
        await self._control.restart()
        self._telegram.changes.tell("bot")
        return {"ok": True}

    async def add_person(self, request: web.Request) -> Json:
        name = str((await read_form(request)).params.get("name") or "").strip()
        if not name:
            raise SimError("Назовите человека.")
        person = self._telegram.person(name=name[:64])
        entry = {"id": person.id, "name": person.name, "role": "гость", "note": "новый телефон"}
        self._newcomers.append(entry)
        self._telegram.changes.tell("message", person.id)
        return self._person(entry)

    # -- inside ----------------------------------------------------------------------------------

    def _chat(self, request: web.Request) -> Chat:
        chat = self._telegram.world.chats.get(int(request.match_info["chat_id"]))
        if chat is None:
            raise SimError("Такого чата нет.")
        return chat

    def _person(self, entry: dict[str, Any]) -> Json:
        chat_id = int(entry["id"])
        chat = self._telegram.world.chats[chat_id]
        messages = self._telegram.chat(chat_id).messages
        seen = self._read.get(chat_id, 0)
        unread = sum(message.from_bot and message.message_id > seen for message in messages)
        return {
            "id": chat_id,
            "name": entry["name"],
            "role": entry.get("role", ""),
            "note": entry.get("note", ""),
            "chat_id": chat_id,
            "kind": "channel" if chat.kind == "channel" else "private",
            "unread": unread,
            "blocked": chat.blocked,
            "last": preview(messages),
        }
