"""The sample city: everything in it is invented, only the schools' names are real.

Written through the bot's own storage, so that what the demo shows has passed the same rules.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from demo import history, last_summer, plan, season
from demo.contracts import CONTRACTS, PARTNERS, told_of
from demo.history import JOINED
from demo.invention import EXPLANATIONS, PROFILES, TRACKS, filled
from demo.quarter import (
    BEFORE,
    COLLECTED,
    EARLIER,
    KAMCHATKA,
    LATE,
    NOT_LOOKED_AT,
    PLEAS,
    QUESTIONNAIRES,
    RETURN_SENTENCE,
    STANDINGS,
    YEAR,
    Plea,
    Standing,
)
from demo.residents import MANAGER, METHODIST, NEWCOMER_SCHOOL, residents
from passport.change import difference
from passport.deadlines import Move
from passport.doubts import doubts
from passport.form import PeriodKey
from passport.indicators import measuring_day
from passport.loader import Passport
from passport.register import ClassCard, ClassDraft, Contract, Partner, ProfileClass
from passport.schools import School
from passport.sheet import Answers, Sheet
from passport.values import Slot
from storage import (
    answers,
    audit,
    class_cards,
    classes,
    contracts,
    deadlines,
    indicator_lines,
    indicator_values,
    invites,
    outbox,
    partners,
    people,
    reports,
    returns,
    schools,
)
from storage import doubts as doubt_answers
from storage.contracts import ContractDraft
from storage.database import Database, Transaction
from storage.outbox import Notice, Outcome, State
from storage.reports import Filling, Sending

WITHOUT_ACT = ("s35", "s41")  # no link to a local act on their cards
Earlier = tuple[tuple[PeriodKey, Answers], ...]


async def settle(database: Database, passport: Passport) -> str:
    """Fills an empty database; the token of the newcomer's invite."""
    async with database.write() as tx:
        settler = _Settler(tx, passport)
        await settler.let_in()
        await settler.remind()
        await settler.remember()
        token = await invites.create(tx, "coordinator", NEWCOMER_SCHOOL, "замдиректора")
        for school in passport.schools.schools:
            if school.list == "candidate" and school.slug != NEWCOMER_SCHOOL:
                await settler.report(school)
        await settler.sign()
        await settler.measure()
        for plea in PLEAS:
            await settler.ask(plea)
        await settler.log()
        await settler.look_ahead()
    return token


@dataclass(frozen=True, slots=True)
class _Deed:
    """A line of the log, to be written when all of them can be put in order."""

    at: datetime
    act: audit.Act
    by: int
    school: str
    year: str
    period: PeriodKey
    detail: str = ""


@dataclass
class _Settler:
    """One transaction in which each thing is given the moment it is said to have happened at."""

    tx: Transaction
    passport: Passport
    _accounts: dict[int, int] = field(default_factory=dict)  # Telegram id → account
    _hands: dict[str, int] = field(default_factory=dict)  # school → account of its coordinator
    _enrolled: dict[int, int] = field(default_factory=dict)  # class → pupils on 1 September
    _deeds: list[_Deed] = field(default_factory=list)

    def _at(self, moment: datetime) -> Transaction:
        return replace(self.tx, now=moment.astimezone(UTC))

    async def let_in(self) -> None:
        """Accounts of all who have one; they joined when the first year began."""
        opened = self.passport.calendar.window(BEFORE, "base").opens_at
        tx = self._at(opened + timedelta(hours=10))
        for one in residents(self.passport):
            if one.role is None:
                continue
            post = "замдиректора" if one.role == "coordinator" else ""
            person = await people.add(tx, one.telegram_id, one.role, one.school, post)
            self._accounts[one.telegram_id] = person.id
            if one.school is not None:
                self._hands.setdefault(one.school, person.id)
            if one.blocked:
                await people.set_reachable(tx, one.telegram_id, reachable=False)

    async def remind(self) -> None:
        """Everybody was told on the day of opening, and need not be told again weeks later."""
        calendar = self.passport.calendar
        day = calendar.dates(YEAR, COLLECTED).opens
        tx = self._at(calendar.moment(day, time(9)))
        told = [one for one in await people.coordinators(tx) if one.school and one.reachable]
        for one in told:
            key = f"reminder:{YEAR}/{COLLECTED}/{one.school}/opening/{day}:{one.id}"
            notice = Notice(key, "reminder", one.id, one.school, YEAR, COLLECTED, "opening")
            await outbox.post(tx, [notice])
        rows = await outbox.take(tx, len(told))
        await outbox.settle(tx, [Outcome(row.id, State.SENT) for row in rows])

    async def remember(self) -> None:
        """Who came to the project when, and the official values of the years before the bot."""
        late = {slug for slugs in JOINED.values() for slug in slugs}
        for slug in late:
            await schools.set_participation(
                self.tx, slug, history.YEARS[0], takes_part=False, by=None
            )
        for year, slugs in JOINED.items():
            for slug in slugs:
                await schools.set_participation(self.tx, slug, year, takes_part=True, by=None)
        for fixing in history.official_values():
            await indicator_values.fix(self.tx, fixing, None)

    async def sign(self) -> None:
        """Partners and their contracts, and what parents may ask about this year's classes."""
        found: dict[str, Partner] = {}
        for name, type_ in PARTNERS.items():
            found[name] = await partners.add(self.tx, name, type_, None)
        for place, one in enumerate(CONTRACTS):
            tx = self._at(datetime.combine(one.signed_on, time(10), KAMCHATKA))
            draft = ContractDraft(found[one.partner], one.number, one.signed_on, one.valid_until)
            made = await contracts.add(tx, draft, one.schools, self._hands.get(one.schools[0]))
            await self._tell_of(made, place)
        cards = await class_cards.of_year(self.tx, YEAR)
        for card in cards:
            await self._describe(card)
        looked = self._at(datetime(2026, 12, 22, 10, tzinfo=KAMCHATKA))
        await class_cards.confirm(looked, [one.id for one in cards])

    async def _tell_of(self, made: Contract, place: int) -> None:
        """What a school says in December of the partner."""
        said = told_of(made.partner.name, place)
        if said is None or not made.in_force(self.passport.calendar.today(self.tx.now)):
            return
        tx = self._at(datetime(2026, 12, 22, 10, tzinfo=KAMCHATKA))
        by = self._hands.get(made.schools[0])
        load, last_event = said
        await contracts.change(tx, made, "load", load, by)
        await contracts.change(tx, made, "last_event_on", last_event, by)

    async def _describe(self, card: ClassCard) -> None:
        """A card as a careful school fills it; a few leave something out."""
        chance = random.Random(card.id)  # noqa: S311  # the same city every time
        by = self._hands.get(card.school)
        tx = self._at(datetime(2026, 9, 12, 11, tzinfo=KAMCHATKA))
        enrolled = self._enrolled[card.id]
        seats = max(20, enrolled + chance.choice((0, 0, 1, 2, 4)))
        said: dict[str, str | int] = {
            "profile": PROFILES[card.track],
            "mode": chance.choice(("очная", "очная", "очная и дистанционная")),
            "capacity": seats,
            "enrolled": enrolled,
            "admission": "Заявления с 20 июня по 15 августа, приёмная школы",
            "contact": f"8 (4152) 2{card.id % 10}-{10 + card.id % 80}-{20 + card.id % 70}",
        }
        if card.school not in WITHOUT_ACT:
            said["local_act_url"] = f"https://school{int(card.school[1:])}.example/polozhenie.pdf"
        for field_, value in said.items():
            if card.school == "s35" and field_ in ("capacity", "enrolled"):
                continue
            fresh = await class_cards.get(tx, card.id)
            assert fresh is not None
            await class_cards.change(tx, fresh, field_, value, by)
        mine = await contracts.of_school(tx, card.school)
        if mine:
            fresh = await class_cards.get(tx, card.id)
            assert fresh is not None
            await class_cards.set_partners(tx, fresh, {mine[0].partner.id}, by)

    async def look_ahead(self) -> None:
        """The campaign of last summer, and what schools have said of next year's classes by now."""
        await last_summer.remember(self.tx, self.passport, self._accounts[MANAGER])
        await season.live_in(self.tx, season.LONG_AGO, self.tx.now)

    async def measure(self) -> None:
        """The official values of the years with the bot, as it took them on their dates."""
        for year in (BEFORE, YEAR):
            for indicator in self.passport.indicators.indicators:
                for point in indicator.points:
                    day = measuring_day(year, point.key, point.day)
                    if day > self.passport.calendar.today(self.tx.now):
                        continue
                    await indicator_lines.fix(
                        self._at(self.passport.calendar.moment(day, time(9))),
                        self.passport,
                        year,
                        indicator,
                        None,
                        point=point.key,
                        day=day,
                    )

    async def report(self, school: School) -> None:
        """A school's classes and reports, from the first year to the quarter that is collected."""
        chance = random.Random(school.number)  # noqa: S311  # the same city every time
        tracks = chance.sample(sorted(TRACKS), k=1 + (school.number % 3 > 0))
        known = {year: await self._classes(school.slug, year, tracks) for year in (BEFORE, YEAR)}
        earlier: dict[str, Earlier] = {BEFORE: (), YEAR: ()}
        for year, period in EARLIER:
            sheet = Sheet(self.passport.form, period, known[year], {}, earlier[year])
            sheet = filled(sheet, chance)
            await self._bring(school.slug, year, sheet, self._past(school, year, period))
            if (year, period) == (YEAR, "base"):
                self._enrolled |= {one.id: int(sheet.pupils(one.id) or 0) for one in sheet.classes}
            earlier[year] += ((period, sheet.values),)
        chance_of_questionnaires = random.Random(1000 + school.number)  # noqa: S311  # as above
        for period in QUESTIONNAIRES:
            form = self.passport.forms.of(period)
            asked = known[YEAR if form.classes == "next" else BEFORE]
            sheet = filled(Sheet(form, period, asked), chance_of_questionnaires)
            await self._bring(school.slug, BEFORE, sheet, self._past(school, BEFORE, period))
        standing = STANDINGS.get(school.slug)
        if standing is not None:
            sheet = Sheet(self.passport.form, COLLECTED, known[YEAR], {}, earlier[YEAR])
            sheet = filled(sheet, chance, standing.oddities, standing.answers)
            await self._bring(school.slug, YEAR, sheet, standing)

    async def _classes(
        self, school: str, year: str, tracks: Sequence[str]
    ) -> tuple[ProfileClass, ...]:
        drafts = [
            ClassDraft(10 + (year == YEAR), "АБВ"[place], "class", track)
            for place, track in enumerate(tracks)
        ]
        await classes.add(self.tx, school, year, drafts)
        for one in (await classes.register(self.tx, school, year)).open:
            await classes.add_subjects(self.tx, one.id, TRACKS[one.track])
        return (await classes.register(self.tx, school, year)).open

    def _past(self, school: School, year: str, period: PeriodKey) -> Standing:
        """Sent on the last day, or the day after by those who are always late; accepted next."""
        calendar = self.passport.calendar
        late = (school.slug, period) in LATE
        due = calendar.window(year, period).due_at
        sent = due + timedelta(hours=20 if late else -1 - school.number % 7)
        day = calendar.add_working_days(calendar.today(sent), 1)
        accepted = calendar.moment(day, time(10, school.number))
        if (school.slug, year, period) in NOT_LOOKED_AT:
            return Standing(sent - timedelta(minutes=20), sent=sent)
        return Standing(sent - timedelta(minutes=20), sent=sent, accepted=accepted)

    async def _bring(self, school: str, year: str, sheet: Sheet, standing: Standing) -> None:
        """Writes a report as far as it has come."""
        by, methodist = self._hands[school], self._accounts[METHODIST]
        tx = self._at(standing.last_answer)
        report = await reports.open_report(tx, school, year, sheet.period)
        edits = difference({}, dict(sheet.answers))
        revisions = await answers.save(tx, report.id, edits, by)
        filling = Filling(report, sheet, revisions)
        if standing.sent is None:
            return
        await self._send(filling, standing.sent, by)
        if standing.accepted is not None:
            await reports.accept(self._at(standing.accepted), filling, methodist)
            self._note(standing.accepted, "accept", methodist, filling)
        if standing.returned is not None:
            await self._give_back(filling, standing.returned, methodist)

    async def _send(self, filling: Filling, moment: datetime, by: int) -> None:
        tx, report = self._at(moment), filling.report
        found = [one for one in doubts(filling.sheet) if one.severity != "info"]
        for doubt in found:
            said = EXPLANATIONS.get(doubt.check, "")
            await doubt_answers.settle(tx, report.id, doubt, said, by)
        window = self.passport.calendar.window(report.year, report.period)
        late = window.state(moment) != "open"
        await reports.submit(tx, filling, Sending(by, late, len(found)))
        self._note(moment, "submit", by, filling, "№ 1")

    async def _give_back(self, filling: Filling, moment: datetime, by: int) -> None:
        """Two numbers are in question; the coordinator's message is on its way."""
        tx, report = self._at(moment), filling.report
        chosen = (Slot("r1", filling.sheet.classes[0].id), Slot("r6"))
        slots = {slot: filling.revision(slot) for slot in chosen}
        number = await returns.add(tx, report.id, 1, RETURN_SENTENCE, slots=slots, by=by)
        await reports.set_status(tx, report.id, "returned")
        self._note(moment, "return", by, filling)
        person = self._hands[report.school]
        key = f"returned:{report.id}/{number}:{person}"
        notice = Notice(key, "returned", person, report.school, report.year, report.period)
        await outbox.post(tx, [replace(notice, ref=number)])

    async def ask(self, plea: Plea) -> None:
        """A request for more time; what is not granted lies before the methodist."""
        tx, methodist = self._at(plea.asked), self._accounts[METHODIST]
        number = await deadlines.ask_for_time(
            tx,
            plea.school,
            YEAR,
            COLLECTED,
            due=plea.due,
            reason=plea.reason,
            by=self._hands[plea.school],
        )
        if plea.granted is None:
            key = f"time_asked:{number}:{methodist}"
            notice = Notice(key, "time_asked", methodist, plea.school, YEAR, COLLECTED)
            await outbox.post(tx, [replace(notice, ref=number)])
            return
        tx = self._at(plea.granted)
        await deadlines.decide(tx, number, granted=True, by=methodist)
        moved = Move(YEAR, COLLECTED, plea.school, due=plea.due)
        await deadlines.move(tx, moved, plea.reason, methodist)
        place = (plea.school, YEAR, COLLECTED)
        day = f"{plea.due:%d.%m.%Y}"
        self._deeds += [
            _Deed(plea.granted, "grant_time", methodist, *place, day),
            _Deed(plea.granted, "move_deadline", methodist, *place, f"срок {day}: {plea.reason}"),
        ]

    def _note(
        self, at: datetime, act: audit.Act, by: int, filling: Filling, detail: str = ""
    ) -> None:
        report = filling.report
        self._deeds.append(_Deed(at, act, by, report.school, report.year, report.period, detail))

    async def log(self) -> None:
        """Who did what, oldest first: pages of the journal go by the order of writing."""
        done: list[tuple[datetime, _Deed | plan.Marked]] = [(one.at, one) for one in self._deeds]
        for at, one in sorted([*done, *plan.marks()], key=lambda pair: pair[0]):
            if isinstance(one, plan.Marked):
                await plan.put(self._at(at), self.passport, one, self._accounts[MANAGER])
                continue
            await audit.add(
                self._at(at),
                one.act,
                one.by,
                school=one.school,
                year=one.year,
                period=one.period,
                detail=one.detail,
            )
