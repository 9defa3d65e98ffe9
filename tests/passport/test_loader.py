"""Every way a file of the passport can be wrong, and the line that is said about it."""

import json
import shutil
import time
from pathlib import Path

import pytest

from passport.loader import DATA, PassportError, line_of, load_passport

FILES = tuple(path.name for path in sorted(DATA.glob("*.json")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Replaces the first ``old`` of a file; the number of the line where it stood."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(folder: Path) -> str:
    with pytest.raises(PassportError) as caught:
        load_passport(folder)
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_the_passport_of_the_tree_is_whole_and_loads_quickly() -> None:
    load_passport()
    runs = []
    for _ in range(5):
        started = time.perf_counter()
        passport = load_passport()
        runs.append(time.perf_counter() - started)
    assert min(runs) < 0.05
    assert len(passport.form.lines) == 29
    assert len(passport.schools.schools) == 30
    assert len(passport.calendar.years) == 5


def test_another_folder_gives_the_same(folder: Path) -> None:
    assert load_passport(folder) == load_passport()


def test_a_mark_before_the_text_and_windows_line_ends_do_no_harm(folder: Path) -> None:
    for name in FILES:
        text = (DATA / name).read_text(encoding="utf-8").replace("\n", "\r\n")
        (folder / name).write_bytes(text.encode("utf-8-sig"))
    assert load_passport(folder) == load_passport()


DATE = 'нужна дата вида "2026-10-29"'
IN_LAST = "calendar.json, строка {line}, years → 5"

# What stands in a file, what somebody makes of it, and what they are told.
WRONG_VALUES = [
    ('"due": "2026-10-29"', '"due": "29.10.2026"', IN_LAST + " → periods → 2 → due: " + DATE),
    ('"due": "2026-10-29"', '"due": 20261029', IN_LAST + " → periods → 2 → due: " + DATE),
    ('"start": "2027-01-11", ', "", IN_LAST + " → periods → 4 → start: этого ключа не хватает"),
    (
        '"opens": "2027-03-19"',
        '"opens": "2027-03-29"',
        IN_LAST + " → periods → 4: даты должны идти по порядку: start, opens, end, due",
    ),
    (
        '"Asia/Kamchatka"',
        '"Asia/Elizovo"',
        "calendar.json, строка {line}, zone: "
        'нет такого часового пояса (нужен, например, "Asia/Kamchatka")',
    ),
    (
        '"due_time": "17:00"',
        '"due_time": "в пять"',
        'calendar.json, строка {line}, due_time: нужно время вида "17:00"',
    ),
    (
        '"confirmed": false',
        '"confirmed": "да"',
        "calendar.json, строка {line}, years → 1 → confirmed: нужно true или false без кавычек",
    ),
    (
        '"days_off": []',
        '"days_off": "2026-12-30"',
        "calendar.json, строка {line}, days_off: нужен список в квадратных скобках",
    ),
    (
        '"working_days": []',
        '"working_days": ["2026-10-31", "7 ноября"]',
        "calendar.json, строка {line}, working_days → 2: " + DATE,
    ),
    (
        '"number": 7,',
        '"number": "7", "город": 1,',
        "schools.json, строка {line}, schools → 4 → город: лишний ключ (и ещё ошибок: 1)",
    ),
    (
        '"kind": "gymnasium"',
        '"kind": "academy"',
        "schools.json, строка {line}, schools → 24 → kind: "
        "подходит только 'school', 'lyceum' или 'gymnasium'",
    ),
    (
        '"short_name": "Школа № 3",',
        '"short_name": 3,',
        "schools.json, строка {line}, schools → 2 → short_name: нужен текст в кавычках",
    ),
    (
        '"number": 46,',
        '"number": "46",',
        "schools.json, строка {line}, schools → 30 → number: нужно целое число без кавычек",
    ),
    (
        '"slug": "s46"',
        '"slug": "s64"',
        "schools.json, строка {line}, schools → 30: "
        "у школы № 46 должен быть ключ «s46», а не «s64»",
    ),
    (
        '"seq": 1,',
        '"seq": "1",',
        "form.json, строка {line}, lines → 1 → seq: нужно целое число без кавычек",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG_VALUES)
def test_a_wrong_value_is_told_with_its_line(folder: Path, old: str, new: str, said: str) -> None:
    line = spoil(folder, said[: said.index(",")], old, new)
    assert refusal(folder) == said.format(line=line)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('due": "2026-10-29', 'due": "2026-11-04', "срок 2026-11-04 (2026-2027, I) приходится на"),
        ('"key": "2024-2025"', '"key": "2024-2026"', "учебный год пишется как «2026-2027», а не"),
        ('"key": "2026-2027"', '"key": "2025-2026"', "даты периода base не из 2025-2026 учебного"),
        ('"key": "II"', '"key": "III"', "в году 2022-2023 нужны периоды base, I, II, III, IV"),
        (
            'start": "2022-11-07',
            'start": "2022-10-28',
            "период II начинается раньше, чем кончается I",
        ),
        ('closes": "2027-09-30', 'closes": "2027-06-03', "приём за 2026-2027 закрывается раньше"),
        ('off": []', 'off": ["2026-11-07"]', "07.11.2026 и так выходной: уберите его из days_off"),
        ('off": []', 'off": ["2026-11-04"]', "04.11.2026 и так выходной: уберите его из days_off"),
        ('ys": []', 'ys": ["2027-02-20"]', "20.02.2027 и так рабочий: уберите его из working_days"),
        (
            'off": []',
            'off": ["9999-10-29"]',
            "29.10.9999 не из календаря: он с 01.09.2022 по 30.09",
        ),
        (
            'ys": []',
            'ys": ["2022-08-27"]',
            "27.08.2022 не из календаря: он с 01.09.2022 по 30.09.2027",
        ),
        (
            'off": []',
            'off": ["2027-01-14"]',
            "срок 2027-01-14 (2026-2027, II) приходится на выходной",
        ),
    ],
)
def test_dates_that_contradict_each_other_are_refused(
    folder: Path, old: str, new: str, said: str
) -> None:
    spoil(folder, "calendar.json", old, new)
    assert said in refusal(folder)


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (slice(0), "в календаре нет ни одного учебного года"),
        (slice(None, None, 2), "после 2022-2023 учебного года стоит 2024-2025"),
    ],
)
def test_a_calendar_with_a_hole_is_refused(folder: Path, keep: slice, said: str) -> None:
    raw = json.loads((folder / "calendar.json").read_text(encoding="utf-8"))
    raw["years"] = raw["years"][keep]
    (folder / "calendar.json").write_text(json.dumps(raw), encoding="utf-8")
    assert refusal(folder) == f"calendar.json: {said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ", строка 1, столбец 1: здесь нужно значение"),
        ('{\n  "zone": 1\n  "years": []}', ", строка 3, столбец 3: здесь нужна запятая или"),
        ('{"zone" 1}', ", строка 1, столбец 9: после ключа нужно двоеточие"),
        ('{"zone": 1,\n}', ", строка 2, столбец 1: нужен ключ в двойных кавычках"),
        ('{"zone": "Asia}', ", строка 1, столбец 10: нет закрывающей кавычки"),
        ('{"zone": "Asia\n"}', ", строка 1, столбец 15: текст в кавычках должен стоять на одной"),
        ('{"zone": "\\Asia"}', ": после обратной косой черты стоит недопустимый знак"),
        ("{}\n{}", ", строка 2, столбец 1: после конца файла стоит лишний текст"),
        ('{"zone": "\\ud800"}', ": запись JSON не разобрать"),
        ("[]", ": нужен объект в фигурных скобках"),
        ("[" * 100_000, ": запись JSON не разобрать"),
    ],
)
def test_a_broken_file_is_told_with_line_and_column(folder: Path, text: str, said: str) -> None:
    (folder / "calendar.json").write_text(text, encoding="utf-8")
    told = refusal(folder)
    assert told.startswith("calendar.json")
    assert said in told


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes('{\n"title": "Школа"}'.encode("cp1251"))
    assert refusal(folder) == f"{name}, строка 2: файл нужно сохранить в кодировке UTF-8"
    (folder / name).unlink()
    assert refusal(folder) == f"{name}: такого файла нет в папке {folder}"
    (folder / name).mkdir()
    assert refusal(folder).startswith(f"{name}: файл не прочитать (")


def test_the_line_of_a_place() -> None:
    text = '\n{"a }": "{[\\"",\n "b": [1,\n  {"c": 2}\n], "d":\n3}'
    places = [(), ("b",), ("b", 1), ("b", 1, "c"), ("d",), ("b", 7), ("none", 0), ("d", "deep")]
    assert [line_of(text, place) for place in places] == [2, 3, 4, 4, 6, 3, 2, 6]
