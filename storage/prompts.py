"""What a typed message of a chat answers, and which messages gave which answers."""

import json
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Table, bindparam, delete, func, select, update
from sqlalchemy.dialects.sqlite import Insert, insert

from passport.values import Slot
from storage.database import Transaction
from storage.tables import live_messages, prompts, typed_answers

# "look": no question is open; the row only remembers at which report, or post, the person was.
Purpose = Literal[
    "answer",
    "comment",
    "add_classes",
    "mend_class",
    "add_subjects",
    "look",
    "ask_time",
    # of staff
    "return",
    "move_date",
    "move_reason",
    "invite_post",
    "city_number",
    "new_school",
    "school_name",
    "left_on",
    # of the registers: of a school's own people and of staff
    "new_class",
    "class_field",
    "contract_field",
    "new_contract",
    "partner_name",
    "partner_benefit",
    "class_seats",
    # of managers, about campaigns
    "campaign_date",
    "post_words",
    "post_day",
    "announce",
    "announce_day",
    # of staff, about the plan
    "plan_day",
    "plan_link",
    # of staff, about risks
    "risk_threshold",
    "risk_grants",
]

OF_FORM: frozenset[Purpose] = frozenset(
    {"answer", "comment", "add_classes", "mend_class", "add_subjects", "ask_time"}
)
OF_REGISTERS: frozenset[Purpose] = frozenset(
    {
        "new_class",
        "class_field",
        "contract_field",
        "new_contract",
        "partner_name",
        "partner_benefit",
        "class_seats",
    }
)
OF_STAFF: frozenset[Purpose] = frozenset(
    {
        "return",
        "move_date",
        "move_reason",
        "invite_post",
        "city_number",
        "new_school",
        "school_name",
        "left_on",
    }
)


OF_CAMPAIGNS: frozenset[Purpose] = frozenset(
    {"campaign_date", "post_words", "post_day", "announce", "announce_day"}
)
OF_PLAN: frozenset[Purpose] = frozenset({"plan_day", "plan_link"})
OF_RISKS: frozenset[Purpose] = frozenset({"risk_threshold", "risk_grants"})


@dataclass(frozen=True, slots=True)
class Prompt:
    """``report_id`` is 0 where no report is meant.

    ``revision`` is that of the answer when the question was shown.
    ``draft`` keeps what else must be known: a typed text that waits for a decision (a colleague
    has answered meanwhile), or the doubt that a comment is for.
    """

    purpose: Purpose
    report_id: int
    slot: Slot
    revision: int = 0
    draft: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a message answered. ``revision`` is what the answer had become then (0: a failed try);
    ``names`` are the list items that came with it."""

    report_id: int
    slot: Slot
    revision: int = 0
    names: tuple[str, ...] = ()


def _replacing(table: Table, *key: str) -> Insert:
    """An insert that takes the place of the row with the same key."""
    statement = insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(key),
        set_={
            column.name: statement.excluded[column.name]
            for column in table.c
            if column.name not in key
        },
    )


# Statements of every answer are built once: building costs as much as running them.
_PROMPT = select(prompts).where(prompts.c.chat_id == bindparam("chat"))
_PUT = _replacing(prompts, "chat_id")
_REMEMBER = _replacing(typed_answers, "chat_id", "message_id")


async def get(tx: Transaction, chat_id: int) -> Prompt | None:
    row = (await tx.connection.execute(_PROMPT, {"chat": chat_id})).first()
    if row is None:
        return None
    slot = Slot(row.question, row.class_id, row.subject_id)
    return Prompt(row.purpose, row.report_id or 0, slot, row.revision, row.draft)


async def rest(tx: Transaction, chat_id: int) -> None:
    """From now on a typed message answers nothing; the report at hand stays known."""
    await tx.connection.execute(
        update(prompts)
        .where(prompts.c.chat_id == chat_id)
        .values(purpose="look", question="", class_id=0, subject_id=0, revision=0, draft=None)
    )


async def wait(tx: Transaction, chat_id: int, prompt: Prompt) -> None:
    """As ``put``, and the report at hand stays known: a card is mended on the way."""
    await put(tx, chat_id, replace(prompt, report_id=await report_at_hand(tx, chat_id)))


async def report_at_hand(tx: Transaction, chat_id: int) -> int:
    """The report that the person was at last; 0 for none."""
    known = await get(tx, chat_id)
    return known.report_id if known else 0


async def put(tx: Transaction, chat_id: int, prompt: Prompt | None) -> None:
    """From now on a typed message answers this; None forgets the report at hand, too."""
    if prompt is None:
        await tx.connection.execute(delete(prompts).where(prompts.c.chat_id == chat_id))
        return
    await tx.connection.execute(
        _PUT,
        {
            "chat_id": chat_id,
            "purpose": prompt.purpose,
            "report_id": prompt.report_id or None,
            "question": prompt.slot.question,
            "class_id": prompt.slot.class_id,
            "subject_id": prompt.slot.subject_id,
            "revision": prompt.revision,
            "draft": prompt.draft,
        },
    )


async def forget_all(tx: Transaction) -> None:
    """Whatever somebody types next answers no question that is open now."""
    await tx.connection.execute(delete(prompts))


async def remember(tx: Transaction, chat_id: int, message_id: int, given: Given) -> None:
    """A message gave this answer, or tried to: editing it will correct the answer."""
    await tx.connection.execute(
        _REMEMBER,
        {
            "chat_id": chat_id,
            "message_id": message_id,
            "report_id": given.report_id,
            "question": given.slot.question,
            "class_id": given.slot.class_id,
            "subject_id": given.slot.subject_id,
            "revision": given.revision,
            "given": json.dumps(given.names, ensure_ascii=False) if given.names else None,
            "at": tx.now,
        },
    )


async def given_by(tx: Transaction, chat_id: int, message_id: int) -> Given | None:
    """What a message of the chat answered."""
    row = (
        await tx.connection.execute(
            select(typed_answers).where(
                typed_answers.c.chat_id == chat_id, typed_answers.c.message_id == message_id
            )
        )
    ).first()
    if row is None:
        return None
    slot = Slot(row.question, row.class_id, row.subject_id)
    names = tuple(json.loads(row.given)) if row.given else ()
    return Given(row.report_id, slot, row.revision, names)


async def live_message(tx: Transaction, chat_id: int) -> int | None:
    """The one message of the chat that carries the current screen."""
    found = await tx.connection.execute(
        select(live_messages.c.message_id).where(live_messages.c.chat_id == chat_id)
    )
    return found.scalar()


async def live_above(tx: Transaction, message_id: int) -> set[int]:
    """Newer messages, of whatever chat, that are known to be screens."""
    found = await tx.connection.execute(
        select(live_messages.c.message_id).where(live_messages.c.message_id > message_id)
    )
    return set(found.scalars())


async def newest_live(tx: Transaction) -> int:
    """The newest screen of all chats; 0 for none."""
    found = await tx.connection.execute(select(func.max(live_messages.c.message_id)))
    return found.scalar() or 0
