"""Alembic's entry: always given an open connection by storage.schema, never an ini file."""

from typing import Any, Literal

from alembic import context

from storage.tables import UtcTime, metadata


def render_item(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """A migration names plain types: it must not change when our own types do."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcTime) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
