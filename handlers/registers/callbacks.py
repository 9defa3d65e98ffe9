"""What the buttons of registers carry.

``seen`` is a mark of the value that the button was drawn for: a colleague may change it meanwhile.
"""

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId


class CardsTap(CallbackData, prefix="o1"):
    """Registers of a school's year. ``act``: school, contracts, add_class, add_contract, fine
    (all cards are right), contracts_fine."""

    act: str
    school: str
    year: str = ""
    seen: RowId = 0


class ClassCardTap(CallbackData, prefix="o2"):
    """A class card. ``act``: show, ask, pick, clear, fine, drop, tick, close, closed, mine."""

    act: str
    id: RowId
    field: str = ""
    arg: RowId = 0
    seen: RowId = 0


class ContractTap(CallbackData, prefix="o3"):
    """A contract. ``act``: show, ask, pick, clear, fine, remove, removed, schools, school, city,
    mine; of a new one: partner, other, type, skip, same."""

    act: str
    id: RowId = 0
    field: str = ""
    arg: str = ""
    seen: RowId = 0


class PartnerTap(CallbackData, prefix="o4"):
    """A partner of the city. ``act``: list, show, rename, type, benefit, no_benefit,
    merge, into, merged."""

    act: str
    id: RowId = 0
    other: RowId = 0
    page: RowId = 0


class CheckTap(CallbackData, prefix="o5"):
    """Class cards that are looked through. ``act``: show, fine (all that was shown is right,
    ``seen`` is its mark), seats (``id`` is a class), mine; for staff: stale, ask."""

    act: str
    school: str = ""
    year: str = ""
    id: RowId = 0
    seen: RowId = 0


def cards_tap(act: str, school: str, year: str = "", seen: int = 0) -> str:
    return CardsTap(act=act, school=school, year=year, seen=seen).pack()


def class_card_tap(act: str, id_: int, field: str = "", arg: int = 0, seen: int = 0) -> str:
    return ClassCardTap(act=act, id=id_, field=field, arg=arg, seen=seen).pack()


def contract_tap(act: str, id_: int = 0, field: str = "", arg: str = "", seen: int = 0) -> str:
    return ContractTap(act=act, id=id_, field=field, arg=arg, seen=seen).pack()


def partner_tap(act: str, id_: int = 0, other: int = 0, page: int = 0) -> str:
    return PartnerTap(act=act, id=id_, other=other, page=page).pack()


def check_tap(act: str, school: str = "", year: str = "", id_: int = 0, seen: int = 0) -> str:
    return CheckTap(act=act, school=school, year=year, id=id_, seen=seen).pack()
