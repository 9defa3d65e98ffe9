"""Lists that come in several messages: what a further message adds to what is there."""

from collections.abc import Collection

from passport.parsing import name_key
from passport.values import Item, Named, Pending


def merge(
    old: Named | None, new: Named, replaced: Collection[str] = (), *, keep_pending: bool = False
) -> Named:
    """``old`` with ``new`` added: a name that is there gets the new number.

    ``replaced`` are names that leave first (the message that brought them was edited). Lines that
    were pending give way to the new message, which is taken as their correction, unless
    ``keep_pending``.
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
    kept: tuple[Pending, ...] = old.pending if old and keep_pending else ()
    return Named(tuple(items), kept + new.pending)


def without(old: Named, number: int) -> Named:
    """The list less its item at this place."""
    return Named(old.items[:number] + old.items[number + 1 :], old.pending)


def accept_titles(old: Named, parsed: Named) -> Named:
    """Pending lines that were confirmed to be titles, read anew and added."""
    rest = tuple(one for one in old.pending if not one.person)
    return Named(old.items + parsed.items, rest + parsed.pending)
