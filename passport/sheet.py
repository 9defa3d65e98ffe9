"""One report while it is being filled: what is asked, in which order, and what is known.

A sheet is a value. It holds stored answers and the little context that questions depend on; it
never remembers «where the person is»: the next question follows from the answers alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from passport.form import Form, PeriodKey, Question
from passport.parsing import name_key
from passport.register import ProfileClass
from passport.values import Named, Nothing, Number, Slot, Value

Answers = Mapping[Slot, Value]


@dataclass(frozen=True)
class Sheet:
    """Answers of one period of one school's form.

    ``earlier`` are the effective values of the earlier periods of the same year, in order.
    """

    form: Form
    period: PeriodKey
    classes: tuple[ProfileClass, ...] = ()
    answers: Answers = field(default_factory=dict)
    earlier: tuple[tuple[PeriodKey, Answers], ...] = ()

    # --- what is asked -----------------------------------------------------------------------

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot that can be filled now, in the order of asking."""
        return tuple(
            slot
            for slot, question, closer in self._plan
            if self._is_asked(slot, question) and not self._closed_by(closer)
        )

    @cached_property
    def gaps(self) -> tuple[Slot, ...]:
        """Slots that the report is not complete without and that have no whole answer yet.

        A list with a pending line is one in any period: it must not be sent by half.
        """
        return tuple(
            slot
            for slot in self.slots
            if not self.has(slot) and (self.is_required(slot) or slot in self.answers)
        )

    def is_required(self, slot: Slot) -> bool:
        return self.period in self.form.question(slot.question).required

    def is_open(self, slot: Slot) -> bool:
        """Whether the slot can be filled now (its class exists, its row is not «не было»)."""
        return slot in self._open

    def has(self, slot: Slot) -> bool:
        """Whether the slot holds a whole answer: a list with a pending line is not one."""
        if self.form.question(slot.question).kind in ("classes", "subjects"):
            return False  # such a place is open only while the register is empty
        value = self.effective(slot)
        return value is not None and not (isinstance(value, Named) and bool(value.pending))

    def next_gap(self, after: Slot | None = None) -> Slot | None:
        """The first gap behind ``after`` in the order of asking, else the first of all."""
        if after is None or after not in self._order:
            return self.gaps[0] if self.gaps else None
        position = self._order[after]
        later = (gap for gap in self.gaps if self._order[gap] > position)
        return next(later, self.gaps[0] if self.gaps else None)

    def before(self, slot: Slot) -> Slot | None:
        """The place asked just before this one; None at the beginning."""
        if slot not in self._order:
            return None
        earlier = [one for one in self.slots if self._order[one] < self._order[slot]]
        return earlier[-1] if earlier else None

    def section_slots(self, section: str) -> tuple[Slot, ...]:
        return tuple(
            slot for slot in self.slots if self.form.question(slot.question).section == section
        )

    # --- what is known -----------------------------------------------------------------------

    def effective(self, slot: Slot) -> Value | None:
        """The stored answer, else what certainly follows from other answers, else None."""
        stored = self.answers.get(slot)
        return stored if stored is not None else self._derived(slot)

    @cached_property
    def values(self) -> dict[Slot, Value]:
        """Every effective value, worked-out totals included: what is shown, printed, added."""
        slots = dict.fromkeys([*self.answers, *self._order])
        known = ((slot, self.effective(slot)) for slot in slots)
        return {slot: value for slot, value in known if value is not None}

    def offered(self, slot: Slot) -> Decimal | None:
        """The number to offer for a total: the sum of items, of levels, or the names counted."""
        offer = self.form.question(slot.question).offer
        if offer is None:
            return None
        parts = [self.answers.get(Slot(key)) for key in offer.of]
        match offer.rule:
            case "items_sum" | "sum_of":
                return sum((amount(part) for part in parts), Decimal(0))
            case "distinct_names":
                return Decimal(len(distinct_names(parts)))

    def previous(self, slot: Slot) -> Value | None:
        """The same slot's value in the period before this one, if that was answered."""
        return self.earlier[-1][1].get(slot) if self.earlier else None

    def profile_class(self, class_id: int) -> ProfileClass | None:
        return next((known for known in self.classes if known.id == class_id), None)

    def pupils(self, class_id: int | None = None) -> Decimal | None:
        """Row 1: of one class, or of the school when every class has its number."""
        ids = [class_id] if class_id is not None else [known.id for known in self.classes]
        slots = [Slot("r1", one) for one in ids]
        numbers = [self.answers.get(slot) for slot in slots if self.is_open(slot)]
        if not numbers or any(not isinstance(number, Number) for number in numbers):
            return None
        return sum((amount(number) for number in numbers), Decimal(0))

    # --- inside ------------------------------------------------------------------------------

    def with_answers(self, answers: Answers) -> "Sheet":
        """The same sheet with other answers; what does not depend on them is kept."""
        other = replace(self, answers=answers)
        other.__dict__["_plan"] = self._plan  # where cached_property looks first
        return other

    @cached_property
    def _plan(self) -> tuple[tuple[Slot, Question, Slot | None], ...]:
        """Every place of the form in the order of asking: question and the row's head with it."""
        plan = []
        for question in self.form.questions:
            head = self.form.section(question.section).head
            closer = Slot(head) if head is not None and head != question.key else None
            plan += [(slot, question, closer) for slot in self._everyone(question)]
        return tuple(plan)

    @cached_property
    def _open(self) -> frozenset[Slot]:
        return frozenset(self.slots)

    @cached_property
    def _order(self) -> dict[Slot, int]:
        return {slot: position for position, (slot, _, _) in enumerate(self._plan)}

    def _everyone(self, question: Question) -> Iterator[Slot]:
        match question.per:
            case "school":
                yield Slot(question.key)
            case "class":
                yield from (Slot(question.key, one.id) for one in self.classes)
            case "subject":
                for one in self.classes:
                    yield from (Slot(question.key, one.id, subj.id) for subj in one.subjects)

    def _is_asked(self, slot: Slot, question: Question) -> bool:
        """Whether the place can be filled in this period, its row being open."""
        if self.period not in question.required and self.period not in question.optional:
            return False
        if question.kind == "classes":
            return not self.classes
        if question.kind == "subjects":
            known = self.profile_class(slot.class_id)
            return known is not None and not known.subjects and not known.closed
        if slot in self.answers:
            return True
        if question.offer is not None and not self.must_ask(question):
            return False
        return not slot.class_id or not self._is_closed(slot.class_id)

    def _closed_by(self, head: Slot | None) -> bool:
        """«Не было» (or 0) at the head of a row leaves nothing to ask below it."""
        return head is not None and closes_row(self.answers.get(head))

    def _is_closed(self, class_id: int) -> bool:
        known = self.profile_class(class_id)
        return known is None or known.closed

    def must_ask(self, question: Question) -> bool:
        """Whether a total is worth asking: only when it does not follow from the parts (§1.4)."""
        assert question.offer is not None
        parts = [self.answers.get(Slot(key)) for key in question.offer.of]
        if any(part is None or (isinstance(part, Named) and part.pending) for part in parts):
            return False  # first its parts; until then the total is neither asked nor known
        match question.offer.rule:
            case "items_sum":
                return any(isinstance(part, Named) and len(part.items) > 1 for part in parts)
            case "sum_of":
                return sum(1 for part in parts if amount(part) > 0) > 1
            case "distinct_names":
                return any(isinstance(part, Number) and part.value > 0 for part in parts)

    def _derived(self, slot: Slot) -> Value | None:
        question = self.form.question(slot.question)
        head = self.form.section(question.section).head
        if head is not None and head != question.key and self._closed_by(Slot(head)):
            return Nothing() if self.period in question.required else None
        if question.offer is None or self.must_ask(question):
            return None
        parts = [self.answers.get(Slot(key)) for key in question.offer.of]
        if any(part is None or (isinstance(part, Named) and part.pending) for part in parts):
            return None
        if all(isinstance(part, Nothing) for part in parts):
            return Nothing()
        offered = self.offered(slot)
        return None if offered is None else Number(offered)


def amount(value: Value | None) -> Decimal:
    """What a value adds to a sum: a number itself, a list its participations, the rest nothing."""
    match value:
        case Number(number):
            return number
        case Named():
            return Decimal(value.total)
        case _:
            return Decimal(0)


def numbers(sheet: Sheet, class_id: int = 0) -> dict[str, Decimal]:
    """The numbers that limits are about, by question: asked once a school, or of one class."""
    found = {}
    for slot, value in sheet.values.items():
        if (
            slot.class_id == class_id
            and not slot.subject_id
            and isinstance(value, Number | Nothing)
        ):
            found[slot.question] = amount(value)
    return found


def closes_row(value: Value | None) -> bool:
    return isinstance(value, Nothing) or (isinstance(value, Number) and value.value == 0)


def distinct_names(parts: list[Value | None]) -> set[str]:
    """Differently named items of several lists; case, spaces and quotes make no difference."""
    return {name_key(item.name) for part in parts if isinstance(part, Named) for item in part.items}
