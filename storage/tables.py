"""The tables. A change here needs a migration; tests hold the two against each other."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """Aware in Python, UTC in the table: SQLite itself keeps no zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


# SQLite numbers rows by itself only for INTEGER keys.
Id = BigInteger().with_variant(Integer, "sqlite")

schools = Table(
    "schools",
    metadata,
    Column("slug", String(8), primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("short_name", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    # Emptied when the person leaves: what they answered stays, who they were does not.
    Column("telegram_id", BigInteger, unique=True),
    Column("role", String(16), nullable=False),
    Column("school", ForeignKey("schools.slug")),
    Column("post", Text, nullable=False, default=""),
    Column("joined_at", UtcTime, nullable=False),
    Column("left_at", UtcTime),
    Column("reachable", Boolean, nullable=False, default=True),
    Column("suspended_at", UtcTime),
    # Whether a member of staff gets the morning digest.
    Column("digest", Boolean, nullable=False, default=True, server_default=true()),
)

invites = Table(
    "invites",
    metadata,
    Column("id", Id, primary_key=True),
    # Empty until the link is told: its token is made then, and stored nowhere.
    Column("token_hash", String(64), unique=True),
    Column("role", String(16), nullable=False),
    Column("school", ForeignKey("schools.slug")),
    Column("post", Text, nullable=False, default=""),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Column("used_by", ForeignKey("people.id")),
    Column("created_by", ForeignKey("people.id")),
    # Whose place the guest takes: that account is suspended when the link is opened.
    Column("replaces", ForeignKey("people.id")),
    Column("revoked_at", UtcTime),
)

classes = Table(
    "classes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("school", ForeignKey("schools.slug"), nullable=False),
    Column("year", String(9), nullable=False),
    Column("grade", Integer, nullable=False),
    Column("letter", String(8), nullable=False, default=""),
    Column("kind", String(8), nullable=False),
    Column("track", Text, nullable=False, default=""),
    Column("closed_at", UtcTime),
    # The rest of the card. Empty: not said yet, which is never 0.
    Column("profile", Text, nullable=False, default="", server_default=""),
    Column("mode", Text, nullable=False, default="", server_default=""),
    Column("local_act_url", Text, nullable=False, default="", server_default=""),
    Column("capacity", Integer),
    Column("enrolled", Integer),
    Column("admission", Text, nullable=False, default="", server_default=""),
    Column("contact", Text, nullable=False, default="", server_default=""),
    # What else parents ask; applications are a number for staff.
    Column("exams", Text, nullable=False, default="", server_default=""),
    Column("outsiders", Text, nullable=False, default="", server_default=""),
    Column("open_days", Text, nullable=False, default="", server_default=""),
    Column("applications", Integer),
    Column("confirmed_at", UtcTime),
    Index(None, "school", "year"),
)

class_subjects = Table(
    "class_subjects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("class_id", ForeignKey("classes.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("dropped_at", UtcTime),
)

# Network and industrial partners; one name in one spelling, whatever people type.
partners = Table(
    "partners",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    # The name as it is compared: without case, quotes and legal forms.
    Column("name_key", Text, nullable=False, unique=True),
    Column("type", String(8), nullable=False),
    # What it offers those who enter it: only what the partner itself has stated.
    Column("benefit", Text, nullable=False, default="", server_default=""),
    Column("added_at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
)

class_partners = Table(
    "class_partners",
    metadata,
    Column("class_id", ForeignKey("classes.id"), primary_key=True),
    Column("partner", ForeignKey("partners.id"), primary_key=True),
)

contracts = Table(
    "contracts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner", ForeignKey("partners.id"), nullable=False),
    Column("number", Text, nullable=False, default=""),
    Column("signed_on", Date, nullable=False),
    # Its last day; empty: without a term.
    Column("valid_until", Date),
    # Ended before its time: the first day on which it no longer holds.
    Column("ended_on", Date),
    # How it goes, for staff: whether the partner can cope, and when it last did something together
    # with the school. Empty: not said.
    Column("load", Text, nullable=False, default="", server_default=""),
    Column("last_event_on", Date),
    # Entered by mistake: counts nowhere, stays in the log.
    Column("removed_at", UtcTime),
    Column("confirmed_at", UtcTime),
    Column("added_at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
    Index(None, "partner"),
)

contract_schools = Table(
    "contract_schools",
    metadata,
    Column("contract", ForeignKey("contracts.id"), primary_key=True),
    Column("school", ForeignKey("schools.slug"), primary_key=True),
    Index(None, "school"),
)

# Every change of a card: of a class, a contract, a partner, a school's participation.
card_log = Table(
    "card_log",
    metadata,
    Column("id", Id, primary_key=True),
    Column("card", String(12), nullable=False),
    Column("card_id", BigInteger, nullable=False),
    Column("school", ForeignKey("schools.slug")),
    Column("field", String(24), nullable=False),
    Column("old", Text, nullable=False, default=""),
    Column("new", Text, nullable=False, default=""),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
    Index(None, "card", "card_id"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("school", ForeignKey("schools.slug"), nullable=False),
    Column("year", String(9), nullable=False),
    Column("period", String(8), nullable=False),
    Column("status", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("submitted_at", UtcTime),
    Column("accepted_at", UtcTime),
    Column("unsent", Boolean, nullable=False, default=False),
    # Of the first submission: a report that was in time stays so, however often it is corrected.
    Column("first_submitted_at", UtcTime),
    Column("late", Boolean, nullable=False, default=False, server_default=false()),
    # Of the last one: its number, and how many doubts it was sent with.
    Column("submission", Integer, nullable=False, default=0, server_default=text("0")),
    # (empty: sent before the bot counted them).
    Column("doubts", Integer),
    # When an acceptance was taken back, until the report is sent again.
    Column("reopened_at", UtcTime),
    UniqueConstraint("school", "year", "period"),
)

submissions = Table(
    "submissions",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id"), nullable=False),
    Column("late", Boolean, nullable=False),
    Column("answers", Text, nullable=False),
    # Entered by staff for a school that phoned.
    Column("on_behalf", Boolean, nullable=False, default=False, server_default=false()),
)

answers = Table(
    "answers",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("question", String(32), primary_key=True),
    Column("class_id", BigInteger, primary_key=True, default=0),
    Column("subject_id", BigInteger, primary_key=True, default=0),
    # Row 0 is the answer itself, rows 1, 2 … the named items of a list.
    Column("row", Integer, primary_key=True, default=0),
    Column("kind", String(8), nullable=False),
    Column("number", String(16)),
    Column("text", Text),
    Column("note", Text),
    # Of row 0: the id of the log line that put the answer here. Never comes twice.
    Column("revision", BigInteger, nullable=False, default=0),
)

answer_log = Table(
    "answer_log",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report_id", ForeignKey("reports.id"), nullable=False),
    Column("question", String(32), nullable=False),
    Column("class_id", BigInteger, nullable=False, default=0),
    Column("subject_id", BigInteger, nullable=False, default=0),
    Column("old", Text),
    Column("new", Text),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
    Column("on_behalf", Boolean, nullable=False, default=False, server_default=false()),
    Index(None, "report_id"),
    Index(None, "at"),
)

doubt_answers = Table(
    "doubt_answers",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("doubt", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("comment", Text, nullable=False, default=""),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
)

returns = Table(
    "returns",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report_id", ForeignKey("reports.id"), nullable=False, index=True),
    Column("submission", Integer, nullable=False),
    Column("comment", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id"), nullable=False),
    # When the report was sent again.
    Column("ended_at", UtcTime),
)

return_slots = Table(
    "return_slots",
    metadata,
    Column("return_id", ForeignKey("returns.id"), primary_key=True),
    Column("question", String(32), primary_key=True),
    Column("class_id", BigInteger, primary_key=True, default=0),
    Column("subject_id", BigInteger, primary_key=True, default=0),
    # Of the answer when it was returned; another one now means that it was corrected.
    Column("revision", BigInteger, nullable=False, default=0),
    # When the coordinator said that the answer is right as it stands.
    Column("kept_at", UtcTime),
)

participation = Table(
    "participation",
    metadata,
    Column("school", ForeignKey("schools.slug"), primary_key=True),
    Column("year", String(9), primary_key=True),
    Column("takes_part", Boolean, nullable=False),
    # Left in the middle of the year: the first day without it.
    Column("left_on", Date),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
)

# Numbers and choices of the city, each from its year on: how many schools there are, who counts
# as 100 % of the teachers, how many schools wish to take part.
city_facts = Table(
    "city_facts",
    metadata,
    Column("key", String(24), primary_key=True),
    Column("year", String(9), primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
)

# One row, which triggers of the database give another random version whenever something changes
# that values of indicators are added up from: what was added up before is out of date then.
facts_version = Table(
    "facts_version",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
)

# Official values: taken on their date, or brought from the years before the bot. The last row of
# an indicator, year and point that was not withdrawn holds.
indicator_values = Table(
    "indicator_values",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(32), nullable=False),
    Column("year", String(9), nullable=False),
    Column("point", String(8), nullable=False),  # start, end
    Column("value", String(16), nullable=False),
    Column("numerator", String(16)),
    Column("denominator", String(16)),
    Column("on", Date, nullable=False),
    # Of how many expected schools it speaks; empty: not known.
    Column("reported", Integer),
    Column("expected", Integer),
    Column("source", Text, nullable=False, default=""),
    # What each school brought to it, as JSON; empty for a value from outside.
    Column("detail", Text, nullable=False, default=""),
    Column("import_id", ForeignKey("imports.id")),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
    Column("withdrawn_at", UtcTime),
    Index(None, "key", "year", "point"),
)

# A file that was read: previewed, then applied or dropped, and it can be undone. The file itself
# is not kept, only what was understood of it.
imports = Table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(8), nullable=False),  # form, history
    Column("school", ForeignKey("schools.slug")),
    Column("year", String(9)),
    Column("read", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
    Column("applied_at", UtcTime),
    # What it changed, as JSON: old and new of each place.
    Column("edits", Text, nullable=False, default=""),
    Column("undone_at", UtcTime),
)

# Every move of a date, oldest first; the last one of a period and school (or of all) holds.
deadline_moves = Table(
    "deadline_moves",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", String(9), nullable=False),
    Column("period", String(8), nullable=False),
    Column("school", ForeignKey("schools.slug")),
    Column("opens", Date),
    Column("due", Date),
    Column("reason", Text, nullable=False, default=""),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
)

confirmed_years = Table(
    "confirmed_years",
    metadata,
    Column("year", String(9), primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
)

time_requests = Table(
    "time_requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("school", ForeignKey("schools.slug"), nullable=False),
    Column("year", String(9), nullable=False),
    Column("period", String(8), nullable=False),
    Column("due", Date, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("asked_at", UtcTime, nullable=False),
    Column("asked_by", ForeignKey("people.id"), nullable=False),
    Column("decided_at", UtcTime),
    Column("decided_by", ForeignKey("people.id")),
    Column("granted", Boolean),
    Index(None, "school", "year", "period"),
)

snoozes = Table(
    "snoozes",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("year", String(9), primary_key=True),
    Column("period", String(8), primary_key=True),
    Column("until", UtcTime, nullable=False),
)

# What the bot says on its own initiative, written with its cause. Texts are not stored: they are
# worked out when the row is sent, so that nobody is told what is no longer so.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    # What makes the message one: the same cause never gives two rows.
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    # Either an account, or a chat without one: a subscriber's, or the channel.
    Column("person", ForeignKey("people.id")),
    Column("chat", BigInteger),
    Column("school", ForeignKey("schools.slug")),
    Column("year", String(9)),
    Column("period", String(8)),
    Column("why", String(32), nullable=False, default=""),
    # The row that it is about: a return, a request, an account.
    Column("ref", BigInteger),
    Column("created_at", UtcTime, nullable=False),
    Column("not_before", UtcTime, nullable=False),
    Column("state", Integer, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("leased_until", UtcTime),
    # While the outcome of a try is unknown: the newest message of this bot before it.
    Column("sent_after", BigInteger),
    # And the fingerprint of what that try said.
    Column("sent_as", String(16)),
    Column("sent_at", UtcTime),
    Column("message_id", BigInteger),
    Column("reason", Text, nullable=False, default=""),
    Index(None, "state", "not_before"),
    Index(None, "kind", "year", "period"),
    # Whose turn it is: see storage.outbox.take.
    Index(None, "person", "state"),
    Index(None, "chat", "state"),
)

# Dates of a summer's campaign that staff have moved; without a row those of the plan hold.
campaigns = Table(
    "campaigns",
    metadata,
    Column("year", String(9), primary_key=True),  # of the classes that are filled
    Column("starts", Date, nullable=False),
    Column("opens", Date, nullable=False),
    Column("closes", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
)

# Posts of the channel: one an occasion of a campaign for ever, and free announcements.
posts = Table(
    "posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("year", String(9), nullable=False),
    Column("occasion", String(16)),  # empty for a free announcement
    Column("school", ForeignKey("schools.slug")),
    # A manager's own words; empty: those of the occasion.
    Column("words", Text, nullable=False, default=""),
    Column("due_at", UtcTime, nullable=False),
    Column("state", String(10), nullable=False),
    # Grows with every decision: a button of an older draft is told from a fresh one.
    Column("revision", Integer, nullable=False, default=1),
    Column("made_at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
    Column("decided_by", ForeignKey("people.id")),
    Column("decided_at", UtcTime),
    # A person chose the hour: it stays when dates of the campaign are moved.
    Column("own_hour", Boolean, nullable=False, default=False),
    Column("published_at", UtcTime),
    Column("chat", BigInteger),
    Column("message_id", BigInteger),
    # Fingerprint of what stands in the channel, and since when.
    Column("shown", String(16), nullable=False, default=""),
    Column("shown_at", UtcTime),
    Column("reason", Text, nullable=False, default=""),
    UniqueConstraint("year", "occasion"),
    Index(None, "state", "due_at"),
)

# Who wants to know: a chat and a filter, nothing else.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(8), primary_key=True),  # all, track, school
    Column("value", String(60), primary_key=True, default=""),
)

# What subscribers are told: enrolment has begun, a seat has come up.
openings = Table(
    "openings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(60), nullable=False, unique=True),
    Column("year", String(9), nullable=False),
    Column("class_id", ForeignKey("classes.id")),  # empty: enrolment as a whole
    Column("at", UtcTime, nullable=False),
    Column("handed_on_at", UtcTime),  # when its subscribers were found
)

# A measure of the plan that staff have marked as done; the last mark of a window that was not
# withdrawn holds.
plan_marks = Table(
    "plan_marks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("measure", String(8), nullable=False),
    Column("window_start", Date, nullable=False),
    Column("done_on", Date, nullable=False),
    Column("link", Text, nullable=False, default=""),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
    Column("withdrawn_at", UtcTime),
    Index(None, "measure", "window_start"),
)

# What staff have said instead of the data's thresholds of a risk's signal.
risk_thresholds = Table(
    "risk_thresholds",
    metadata,
    Column("signal", String(32), primary_key=True),
    Column("name", String(16), primary_key=True),
    Column("value", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
)

# Each change of a risk's light; the last row of a risk is what stands.
risk_lights = Table(
    "risk_lights",
    metadata,
    Column("id", Id, primary_key=True),
    Column("risk", String(4), nullable=False),
    Column("light", String(8), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "risk"),
    Index(None, "at"),
)

# How often parents asked the bot something on a local day: a number, nobody's name.
parent_asks = Table(
    "parent_asks",
    metadata,
    Column("day", Date, primary_key=True),
    Column("asks", Integer, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", ForeignKey("people.id")),
    Column("act", String(24), nullable=False),
    Column("school", ForeignKey("schools.slug")),
    Column("year", String(9)),
    Column("period", String(8)),
    # Whom it concerned, and what staff must know of it; never anybody's name.
    Column("person", ForeignKey("people.id")),
    Column("detail", Text, nullable=False, default=""),
    Index(None, "school", "year", "period"),
)

prompts = Table(
    "prompts",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("purpose", String(16), nullable=False),
    Column("report_id", ForeignKey("reports.id")),
    Column("question", String(64), nullable=False, default=""),
    Column("class_id", BigInteger, nullable=False, default=0),
    Column("subject_id", BigInteger, nullable=False, default=0),
    Column("revision", BigInteger, nullable=False, default=0),
    Column("draft", Text),
)

typed_answers = Table(
    "typed_answers",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("report_id", ForeignKey("reports.id"), nullable=False),
    Column("question", String(32), nullable=False),
    Column("class_id", BigInteger, nullable=False, default=0),
    Column("subject_id", BigInteger, nullable=False, default=0),
    Column("revision", BigInteger, nullable=False, default=0),
    # Names of the list items that the message brought, as JSON: an edit replaces just those.
    Column("given", Text),
    Column("at", UtcTime, nullable=False),
)

live_messages = Table(
    "live_messages",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("update_id", BigInteger, nullable=False, unique=True),
    # Whose it is, while it is under way. Of a finished one nobody's chat: 0, or -1 for somebody who
    # has no account; those are counted by the day (parent_asks) when the row is erased.
    Column("lane", BigInteger, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("state", Integer, nullable=False),
    # What a person wrote is kept only until it is answered.
    Column("payload", Text),
    Column("reply", Text),
    Index(None, "state"),
)
