"""The plan as it stands: windows, marks of staff, and what the data say.

The one reading behind `/plan`, its sheet, reminders and the brief.
"""

from collections.abc import Iterable
from datetime import date

from passport.loader import Passport
from passport.plan import Measure
from passport.plan_evidence import Evidence
from passport.plan_states import Done, MeasureState, PlanState, state
from passport.plan_windows import Terms, Window, window_at
from storage import plan_marks, plan_terms
from storage.database import Transaction
from storage.plan_evidence import Reader


async def of_day(tx: Transaction, passport: Passport, day: date | None = None) -> PlanState:
    """Every measure with its window of a local day (today); what the data say is of now."""
    day = day or passport.calendar.today(tx.now)
    terms = await plan_terms.read(tx, passport)
    marks = await plan_marks.every(tx)
    reader = Reader(tx, passport)
    found = []
    for one in passport.plan.measures:
        window = window_at(one, terms, day)
        mark = marks.get((one.key, window.start))
        known = await _known(reader, one, window)
        found.append(_state(one, window, terms, day, done=mark, known=known))
    return PlanState(day, terms, tuple(found))


async def of_window(
    tx: Transaction, passport: Passport, measure: Measure, window: Window
) -> MeasureState:
    """One window of a measure, of this year or of another, as of today."""
    reader = Reader(tx, passport)
    terms = await plan_terms.read(tx, passport)
    mark = await plan_marks.of_window(tx, measure, window)
    known = await _known(reader, measure, window)
    return _state(measure, window, terms, reader.today, done=mark, known=known)


async def _known(reader: Reader, measure: Measure, window: Window) -> Evidence | None:
    """Nothing of a window that has not begun: what there is belongs to the year before."""
    return await reader.of(measure, window) if window.start <= reader.today else None


def _state(
    measure: Measure,
    window: Window,
    terms: Terms,
    day: date,
    *,
    done: Done | None,
    known: Evidence | None,
) -> MeasureState:
    if done is None and known is not None and known.complete:
        done = Done(known.on, "data")
    return MeasureState(
        measure,
        window,
        state(window, terms, day, done),
        done,
        known.says if known is not None else "",
        known.missing if known is not None else None,
    )


async def of_windows(
    tx: Transaction, passport: Passport, wanted: Iterable[tuple[Measure, Window]]
) -> list[tuple[MeasureState, frozenset[str]]]:
    """Windows of measures as of today, each with the schools for which it is meant."""
    reader = Reader(tx, passport)
    terms = await plan_terms.read(tx, passport)
    marks = await plan_marks.every(tx)
    found = []
    for measure, window in wanted:
        known = await _known(reader, measure, window)
        mark = marks.get((measure.key, window.start))
        one = _state(measure, window, terms, reader.today, done=mark, known=known)
        found.append((one, await reader.concerned(measure, window)))
    return found
