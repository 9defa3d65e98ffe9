"""Lists that come in several messages: nothing goes without being mended or dropped."""

from hypothesis import given
from hypothesis import strategies as st

from passport.merge import accept_titles, merge, without
from passport.parsing import name_key
from passport.values import Item, Named, Pending


def named(*pairs: tuple[str, int], pending: tuple[Pending, ...] = ()) -> Named:
    return Named(tuple(Item(name, persons) for name, persons in pairs), pending)


def lines(*texts: str, person: bool = False) -> tuple[Pending, ...]:
    return tuple(Pending(text, "почему", person) for text in texts)


def test_a_further_message_adds_and_corrects() -> None:
    old = named(("Ярмарка", 24), ("Порт", 12))
    assert merge(old, named((" ярмарка ", 25), ("Форум", 3))) == named(
        ("Ярмарка", 25), ("Порт", 12), ("Форум", 3)
    )


def test_an_edited_message_replaces_its_own_items_in_their_place() -> None:
    old = named(("Ярмарка", 24), ("Порт", 12), ("Форум", 3))
    new = named(("Порт Владивосток", 13))
    assert merge(old, new, ("Порт",)) == named(
        ("Ярмарка", 24), ("Порт Владивосток", 13), ("Форум", 3)
    )


def test_the_only_unread_line_is_mended_by_whatever_comes() -> None:
    old = named(("Ярмарка", 24), pending=lines("Экскурсия"))
    assert merge(old, named(("Поездка", 12))).pending == ()


def test_of_two_unread_lines_only_the_named_one_is_mended() -> None:
    old = named(pending=lines("Экскурсия", "Форум двадцать"))
    merged = merge(old, named(("Экскурсия в порт", 12)))
    assert merged == named(("Экскурсия в порт", 12), pending=lines("Форум двадцать"))


def test_a_line_like_a_name_waits_for_its_button() -> None:
    person = lines("Иванов Иван Иванович – 1", person=True)
    old = named(pending=person + lines("Экскурсия"))
    assert merge(old, named(("Экскурсия", 12))) == named(("Экскурсия", 12), pending=person)
    assert accept_titles(old, named(("Иванов Иван Иванович", 1))) == named(
        ("Иванов Иван Иванович", 1), pending=lines("Экскурсия")
    )


def test_one_item_is_taken_out() -> None:
    assert without(named(("Ярмарка", 24), ("Порт", 12)), 0) == named(("Порт", 12))


names = st.sampled_from(["Ярмарка", "Порт", "Форум", "Экскурсия", "ярмарка"])
several = st.lists(
    st.tuples(names, st.integers(1, 30)), max_size=5, unique_by=lambda p: p[0].lower()
)


@given(several, several, st.lists(names, max_size=2))
def test_names_stay_different_and_the_new_numbers_hold(
    old: list[tuple[str, int]], new: list[tuple[str, int]], replaced: list[str]
) -> None:
    merged = merge(named(*old), named(*new), replaced)
    keys = [name_key(item.name) for item in merged.items]
    assert len(keys) == len(set(keys))
    numbers = {name_key(item.name): item.persons for item in merged.items}
    assert {name_key(name): persons for name, persons in new}.items() <= numbers.items()
    gone = {name_key(name) for name in replaced}
    kept = {name_key(name) for name, _ in old} - gone
    assert kept <= set(keys)
