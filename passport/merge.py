"""Lists that come in several messages: what a further message adds to what is there."""

from collections.abc import Collection

from passport.parsing import name_key
from passport.values import Item, Named, Pending


def merge(old: Named | None, new: Named, replaced: Collection[str] = ()) -> Named:
    """``old`` with ``new`` added: a name that is there gets the new number.

    ``replaced`` are names that leave first (the message that brought them was edited). Pending
    lines that the new message mends leave too.
    """
    gone = {name_key(name) for name in replaced}
    items = list(old.items) if old else []
    at = next((n for n, item in enumerate(items) if name_key(item.name) in gone), len(items))
    items = [item for item in items if name_key(item.name) not in gone]
    where = {name_key(item.name): number for number, item in enumerate(items)}
    added: list[Item] = []
    for item in new.items:
        number = where.get(name_key(item.name))
        if number is None:
            added.append(item)
        else:
            items[number] = Item(items[number].name, item.persons)
    items[at:at] = added
    kept: tuple[Pending, ...] = old.pending if old else ()
    if old and replaced and gone >= {name_key(item.name) for item in old.items}:
        kept = ()  # the edited message had brought the whole list: it says the list anew
    else:
        kept = _still_pending(kept, new)
    again = {name_key(one.line) for one in new.pending}
    kept = tuple(one for one in kept if name_key(one.line) not in again)
    return Named(tuple(items), kept + new.pending)


def _still_pending(pending: tuple[Pending, ...], new: Named) -> tuple[Pending, ...]:
    """Lines that the new message does not mend.

    A line is mended by an item or another try of the same name; all unread lines by a message of
    at least as many. A line that reads like a person's name waits for its button.
    """
    tries = [item.name for item in new.items] + [one.line for one in new.pending]
    unread = [one for one in pending if not one.person]
    if tries and len(tries) >= len(unread):
        return tuple(one for one in pending if one.person)
    return tuple(
        one for one in pending if one.person or not any(_same_start(one.line, t) for t in tries)
    )


def _same_start(line: str, name: str) -> bool:
    one, other = name_key(line), name_key(name)
    return one.startswith(other) or other.startswith(one)


def without(old: Named, number: int) -> Named:
    """The list less its item at this place."""
    return Named(old.items[:number] + old.items[number + 1 :], old.pending)


def accept_titles(old: Named, parsed: Named) -> Named:
    """Pending lines that were confirmed to be titles, read anew and added."""
    rest = tuple(one for one in old.pending if not one.person)
    items = merge(Named(old.items), Named(parsed.items)).items
    return Named(items, rest + parsed.pending)
