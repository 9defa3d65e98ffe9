"""Structured logs: events and numbers. No texts of people, no chat ids in clear, no token."""

import hashlib
import logging
import secrets
import sys
from typing import Any

import structlog

# A new key every start: one person's lines can be followed within a run and traced to nobody.
_KEY = secrets.token_bytes(16)


def who(chat_id: int) -> str:
    """A chat as logs may name it."""
    return hashlib.blake2s(str(chat_id).encode(), key=_KEY, digest_size=4).hexdigest()


def _without(text: str, hidden: list[str]) -> str:
    for secret in reversed(hidden):
        text = text.replace(secret, "•••")
    return text


def configure(level: str, log_format: str, hidden: tuple[str, ...] = ()) -> None:
    """Sends our events and the libraries' to stderr; ``hidden`` are secrets to cut out."""

    words = sorted(
        {part for one in hidden for part in (one, one.partition(":")[2]) if part}, key=len
    )

    def hide(_logger: Any, _name: str, line: Any) -> str:
        """The last step, on the finished line: whatever quoted a secret, it is cut out."""
        return _without(str(line), words)

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    render: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if log_format == "json"
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render, hide],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # These tell whole statements with their values: texts of people.
    for name in ("aiosqlite", "sqlalchemy"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
    # aiogram logs each handled update with its id and duration; ours says more.
    logging.getLogger("aiogram.event").setLevel(logging.WARNING)
