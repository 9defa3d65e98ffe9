"""«Сообщите, когда откроется набор, появится место»: one tap on, one tap off."""

from handlers.errors import Outdated
from handlers.parents.callbacks import SubscribeTap, parent_tap, subscribe_tap
from handlers.parents.lists import HOME
from handlers.parents.scope import called, latin, school_name, spellings, track_label
from handlers.parents.season import season
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import capital, q
from passport.numbers import plural
from storage import subscriptions
from storage.subscriptions import MOST, Filter

WHAT = (
    "Сообщу, когда откроется набор и когда появится место: в рабочие часы, не чаще раза в день. "
    "Храню только номер этого чата и то, что вы выбрали."
)


async def route(visit: Visit, tap: SubscribeTap) -> Screen:
    match tap.act:
        case "list":
            return await show_list(visit)
        case "on":
            return await switch_on(visit, await _wanted(visit, tap))
        case "off":
            return await switch_off(visit, tap)
        case "off_all":
            await subscriptions.forget(visit.tx, visit.chat_id)
            return await show_list(visit, "Готово: больше ни о чём не сообщу.")
    raise Outdated


async def _wanted(visit: Visit, tap: SubscribeTap) -> Filter:
    """The filter that a button names; Outdated for what the city does not have."""
    if tap.kind == "all":
        return Filter("all")
    if tap.kind == "track":
        names = await spellings(visit, await season(visit), tap.key)
        if names:
            return Filter("track", names[0])
    if tap.kind == "school" and await school_name(visit, tap.key) is not None:
        return Filter("school", tap.key)
    raise Outdated


async def switch_on(visit: Visit, wanted: Filter) -> Screen:
    if not await subscriptions.add(visit.tx, visit.chat_id, wanted):
        noun = plural(MOST, "подписку", "подписки", "подписок")
        return await show_list(visit, f"⚠️ Больше {MOST} {noun} не храню: отключите лишнюю ниже.")
    return await show_list(visit, f"✅ Включено: {q(await _name(visit, wanted))}.", wanted)


async def switch_off(visit: Visit, tap: SubscribeTap) -> Screen:
    """By what is stored: a track may be gone from the city meanwhile."""
    for one in await subscriptions.of_chat(visit.tx, visit.chat_id):
        if one.kind == tap.kind and _key(one) == tap.key:
            await subscriptions.drop(visit.tx, visit.chat_id, one)
            return await show_list(visit, f"Отключено: {q(await _name(visit, one))}.")
    return await show_list(visit, "Эта подписка уже отключена.")


async def show_list(visit: Visit, notice: str = "", just_now: Filter | None = None) -> Screen:
    known = await subscriptions.of_chat(visit.tx, visit.chat_id)
    text = ["<b>🔔 Уведомления о наборе</b>", *([notice, ""] if notice else []), WHAT]
    rows: list[Row] = []
    if known:
        text += ["", "Нажмите, чтобы отключить:"]
        for one in known:
            name = await _name(visit, one)
            label = f"✖️ {track_label(name)}"
            rows.append((Button(label, subscribe_tap("off", one.kind, _key(one))),))
    else:
        text += ["", "Сейчас ничего не включено. Выберите направленность, школу или всё сразу:"]
    if Filter("all") not in known:
        rows.append((Button("🔔 Обо всех классах города", subscribe_tap("on", "all")),))
    rows.append(
        (
            Button("Направленности", parent_tap("tracks")),
            Button("Школы", parent_tap("schools")),
        )
    )
    if len(known) > 1:
        rows.append((Button("Отключить все", subscribe_tap("off_all"), style="danger"),))
    rows.append((_back(just_now),))
    return Screen("\n".join(text), tuple(rows))


def _back(just_now: Filter | None) -> Button:
    """To where a subscription was switched on."""
    if just_now is None or just_now.kind == "all":
        return HOME
    return Button("← К классам", parent_tap(just_now.kind, _key(just_now)))


def _key(one: Filter) -> str:
    return latin(one.value) if one.kind == "track" else one.value


async def _name(visit: Visit, one: Filter) -> str:
    match one.kind:
        case "track":
            return capital(one.value)
        case "school":
            return await called(visit, one.value)
    return "все классы города"
