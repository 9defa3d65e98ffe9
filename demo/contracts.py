"""Partners of the sample city and the contracts with them; organisations and numbers are invented.

Twenty-five contracts, most in force on the city's first morning: two end within sixty days, one is
over, one is shared by three schools. Schools have said of most how the partner copes: one college
is overloaded, one plant has not been heard of since spring.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from passport.register import COPES, OVERLOADED, PartnerType

PARTNERS: dict[str, PartnerType] = {
    "Камчатский университет «Вулкан»": "he",
    "Тихоокеанская медицинская академия": "he",
    "Дальневосточный институт связи": "he",
    "Восточный педагогический университет": "he",
    "Морская академия «Авача»": "he",
    "Камчатский медицинский колледж": "vet",
    "Политехнический техникум «Парус»": "vet",
    "Морской колледж": "vet",
    "Педагогический колледж": "vet",
    "Колледж сферы услуг": "vet",
    "Городская больница «Маяк»": "industry",
    "Судоремонтный завод «Якорь»": "industry",
    "Рыбокомбинат «Океан»": "industry",
    "Аэропорт «Северный»": "industry",
    "Геотермальная станция «Пар»": "industry",
    "ИТ-компания «Кедр»": "industry",
}


TIRED = "Политехнический техникум «Парус»"
IDLE = "Судоремонтный завод «Якорь»"
SILENT = ("Аэропорт «Северный»", "ИТ-компания «Кедр»")  # nobody has said anything of them
LAST_EVENTS = (date(2026, 12, 4), date(2026, 11, 20), date(2026, 10, 15))
LONG_AGO = date(2026, 4, 24)


def told_of(partner: str, place: int) -> tuple[str, date] | None:
    """How the partner copes and when it last held something; None where nobody has said."""
    if partner in SILENT:
        return None
    load = OVERLOADED if partner == TIRED else COPES
    return load, LONG_AGO if partner == IDLE else LAST_EVENTS[place % len(LAST_EVENTS)]


@dataclass(frozen=True, slots=True)
class CityContract:
    partner: str
    number: str
    signed_on: date
    valid_until: date | None
    schools: tuple[str, ...]


_SCHOOLS = ("s03", "s04", "s10", "s21", "s24", "s27", "s28", "s31", "s33", "s35", "s36", "s39")
_BY_TYPE: dict[PartnerType, int] = {"he": 10, "vet": 5, "industry": 6}


def _contracts() -> Iterator[CityContract]:
    yield CityContract(
        "Камчатский университет «Вулкан»",
        "1-ПК",
        date(2022, 8, 29),
        None,
        ("s03", "s21", "s33"),
    )
    number = 1
    for type_, count in _BY_TYPE.items():
        names = [name for name, known in PARTNERS.items() if known == type_]
        for place in range(count):
            number += 1
            signed = date(2023 + place % 3, 9, 5 + place)
            school = _SCHOOLS[(number * 5) % len(_SCHOOLS)]
            until = date(2027, 8, 31) if place % 2 else None
            yield CityContract(names[place % len(names)], f"{number}-ПК", signed, until, (school,))
    yield CityContract(
        "Аэропорт «Северный»", "31-ПК", date(2024, 2, 20), date(2027, 2, 19), ("s45",)
    )
    yield CityContract("Морской колледж", "32-ПК", date(2025, 3, 3), date(2027, 3, 2), ("s46",))
    yield CityContract(
        "Рыбокомбинат «Океан»", "33-ПК", date(2023, 10, 2), date(2026, 10, 1), ("s41",)
    )


CONTRACTS = tuple(_contracts())
