"""Accepting, returning, opening again: each changes a report, is logged, and is told to the school.

Whoever comes second is told what the first has decided.
"""

from dataclasses import dataclass

from handlers.collect.report import Looked, look
from handlers.errors import Outdated
from handlers.tell import About, tell
from handlers.visit import Visit
from passport.values import Slot
from storage import audit, people, reports, returns
from storage.outbox import Kind
from storage.reports import Filling

ALREADY = {
    "accepted": "Отчёт уже принят: кто-то успел раньше. Вот что сейчас.",
    "returned": "Отчёт уже возвращён школе. Вот что сейчас.",
    "draft": "Отчёт ещё не отправлен.",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the school is told, what the log says, and the row that it is about."""

    kind: Kind
    act: audit.Act
    ref: int | None = None


async def decidable(visit: Visit, report_id: int, number: int) -> Looked:
    """The report, if it waits for a decision on just this submission; raises Outdated if not."""
    looked = await look(visit, report_id)
    status = looked.filling.report.status
    if status != "submitted":
        raise Outdated(ALREADY[status])
    if looked.number != number:
        raise Outdated("Школа отправила отчёт снова. Проверьте новые числа.")
    return looked


async def accept(visit: Visit, looked: Looked) -> int:
    """Locks what was sent; the coordinators are thanked. How many of them."""
    assert visit.person is not None
    await reports.accept(visit.tx, looked.filling, visit.person.id)
    decision = Decision("accepted", "accept")
    # An acceptance that was taken back may follow: the next one is told of as well.
    return await _tell_school(visit, looked.filling, decision, int(visit.now.timestamp()))


async def give_back(visit: Visit, looked: Looked, comment: str, slots: tuple[Slot, ...]) -> int:
    """Returns the numbers in question with one sentence. How many people were told."""
    assert visit.person is not None
    filling = looked.filling
    return_id = await returns.add(
        visit.tx,
        filling.report.id,
        looked.number,
        comment,
        slots={slot: filling.revision(slot) for slot in slots},
        by=visit.person.id,
    )
    await reports.set_status(visit.tx, filling.report.id, "returned")
    decision = Decision("returned", "return", return_id)
    return await _tell_school(visit, filling, decision, return_id)


async def reopen(visit: Visit, looked: Looked) -> int:
    """Takes an acceptance back: the coordinator can correct and send again. Who was told."""
    if looked.filling.report.status != "accepted":
        raise Outdated
    await reports.set_status(visit.tx, looked.filling.report.id, "submitted")
    stamp = int(visit.now.timestamp())
    return await _tell_school(visit, looked.filling, Decision("reopened", "reopen"), stamp)


async def _tell_school(visit: Visit, filling: Filling, how: Decision, key: int) -> int:
    assert visit.person is not None
    report = filling.report
    about = About(report.school, report.year, report.period, ref=how.ref or report.id)
    await audit.add(visit.tx, how.act, visit.person.id, **about.place)
    coordinators = await people.coordinators(visit.tx, report.school)
    return await tell(visit, how.kind, coordinators, f"{report.id}/{key}", about)
