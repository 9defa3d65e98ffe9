"""What a workbook is made from: the database as it is at one moment, and the passport.

The worker process opens the database for itself, read-only, and goes through the schools in
batches: a thousand schools need not fit into two processes' memory at once.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from passport.loader import Passport, load_passport, localised
from storage import last_change, people, reports, schools
from storage.database import Database, Transaction
from storage.reports import FormYear
from storage.schools import School

BATCH = 40
KEPT = 60  # schools whose reports are read once for all sheets; more are read for each sheet anew


@dataclass(frozen=True, slots=True)
class BookJob:
    """Plain data that crosses processes. ``now`` is when the workbook was asked for (UTC)."""

    kind: str
    database_url: str
    time_zone: str
    year: str
    now: datetime
    school: str = ""
    period: str = ""
    with_risks: bool = True  # of the page for a meeting; a coordinator's is without


@dataclass(frozen=True)
class Moment:
    """A clock that stands still: one workbook speaks of one moment."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Desk:
    """An open snapshot with everything that sheets ask for."""

    tx: Transaction
    passport: Passport
    year: str
    posts: dict[int, str]  # account → «замдиректора» or its role; never a name
    is_closed: bool = False  # nothing of the year is collected any more
    _read: dict[str, FormYear] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.passport.calendar.today(self.tx.now)

    def local(self, moment: datetime | None) -> datetime | None:
        """For a cell: Excel knows no zones."""
        if moment is None:
            return None
        return moment.astimezone(self.passport.calendar.zone).replace(tzinfo=None, microsecond=0)

    def who(self, person: int | None) -> str:
        return self.posts.get(person or 0, "") if person else ""

    async def taking_part(self) -> list[School]:
        """Schools that are expected in the year or have sent something of it, by number."""
        candidates = self.passport.schools.candidates
        expected = await schools.expected(self.tx, self.year, candidates, self.today)
        have = await reports.schools_with_reports(self.tx, self.year)
        return [one for one, takes_part in expected if takes_part or one.slug in have]

    async def form_years(self, of: Sequence[School]) -> AsyncIterator[tuple[School, FormYear]]:
        """Each school's reports of the year, some schools at a time."""
        for at in range(0, len(of), BATCH):
            batch = of[at : at + BATCH]
            found = await self._form_years(batch, keep=len(of) <= KEPT)
            for one in batch:
                yield one, found[one.slug]

    async def form_year(self, school: School) -> FormYear:
        return (await self._form_years([school], keep=False))[school.slug]

    async def _form_years(self, batch: Sequence[School], *, keep: bool) -> dict[str, FormYear]:
        wanted = [one.slug for one in batch if one.slug not in self._read]
        found = {}
        if wanted:
            found = await reports.form_years(self.tx, self.passport.forms, wanted, self.year)
        if keep:
            self._read.update(found)
        return {
            **found,
            **{one.slug: self._read[one.slug] for one in batch if one.slug in self._read},
        }


@asynccontextmanager
async def snapshot(job: BookJob) -> AsyncIterator[tuple[Transaction, Passport]]:
    """The database as it is at the job's moment, read-only, and the passport."""
    passport = localised(load_passport(), job.time_zone)
    database = Database(job.database_url, Moment(job.now))
    try:
        async with database.read() as tx:
            yield tx, passport
    finally:
        await database.close()


@asynccontextmanager
async def opened(job: BookJob) -> AsyncIterator[Desk]:
    """Of a year that is closed a workbook speaks of its last change, whenever it is asked for:
    a closed period gives the same workbook each time."""
    async with snapshot(job) as (tx, passport):
        closed_at = _closed_at(passport, job.year)
        is_closed = closed_at is not None and closed_at < job.now
        then = tx
        if closed_at is not None and is_closed:
            changed_at = await last_change.of_year(tx, job.year)
            then = replace(tx, now=max(closed_at, changed_at or closed_at))
        yield Desk(then, passport, job.year, await people.posts(tx), is_closed)


def _closed_at(passport: Passport, year: str) -> datetime | None:
    if year not in {one.key for one in passport.calendar.years}:
        return None
    return passport.calendar.window(year, "base").closes_at
