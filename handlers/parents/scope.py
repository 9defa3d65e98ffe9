"""Which classes a screen is about, short enough for a button and for a link.

A track is written with its Latin name: spellings that differ in case only have one.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from slugify import slugify

from handlers.errors import Outdated
from handlers.visit import Visit
from handlers.words import capital, q, shorten
from passport.parsing.question import Asked
from passport.season import Season
from storage import schools, showcase
from storage.showcase import Wanted

LONGEST = 24  # of a Latin name: a button holds 64 bytes in all
_TAIL = 6


@lru_cache(maxsize=4096)
def _transliterated(track: str) -> str:
    """Kept: each time slugify is asked it looks for an optional package on the disk."""
    return slugify(track)


def latin(track: str) -> str:
    """«медицинская» → «meditsinskaia»; a long name is cut, and told from others by its end."""
    name = _transliterated(track)
    if name and len(name) <= LONGEST:
        return name
    mark = sha256(track.casefold().encode()).hexdigest()[:_TAIL]
    return f"{name[: LONGEST - _TAIL - 1].strip('-')}-{mark}".lstrip("-")


@dataclass(frozen=True, slots=True)
class Scope:
    """Every empty field takes all. ``mode`` and ``profile`` are places in the card's options,
    from 1."""

    track: str = ""  # Latin
    school: str = ""
    mode: int = 0
    profile: int = 0
    grade: int = 0

    @property
    def key(self) -> str:
        numbers = (str(one or "") for one in (self.mode, self.profile, self.grade))
        return ".".join((self.track, self.school, *numbers)).rstrip(".")

    @property
    def whole(self) -> bool:
        return self == Scope()

    @classmethod
    def of_key(cls, key: str) -> "Scope":
        """A button can be made up: what is no scope is outdated."""
        parts = [*key.split("."), "", "", "", ""]
        if len(parts) > 9 or not all(_short_number(part) for part in parts[2:]):
            raise Outdated
        numbers = [int(part or 0) for part in parts[2:5]]
        return cls(parts[0], parts[1], *numbers)


def _short_number(text: str) -> bool:
    return not text or (text.isascii() and text.isdecimal() and len(text) <= 2)


@dataclass(frozen=True, slots=True)
class Meant:
    """A scope with its names, found in the register."""

    scope: Scope
    wanted: Wanted
    track: str = ""
    school: str = ""

    def with_seats(self) -> Wanted:
        return replace(self.wanted, with_seats=True)


def options(visit: Visit, field: str) -> tuple[str, ...]:
    """What a class's mode or profile can be."""
    return tuple(visit.passport.cards["class"].question(field).options)


async def city_tracks(visit: Visit, now: Season) -> list[str]:
    """Names of the tracks of all years that are shown."""
    found: dict[str, None] = {}
    for year in sorted(now.years):
        found |= {shelf.name: None for shelf in await showcase.tracks(visit.tx, Wanted(year))}
    return list(found)


async def spellings(visit: Visit, now: Season, key: str) -> tuple[str, ...]:
    """The city's names of a track that its Latin name stands for; the usual one if it has none."""
    names = await city_tracks(visit, now)
    known = [*names, *visit.passport.questions.tracks]
    found = tuple(name for name in known if key in (latin(name), _transliterated(name)))
    return tuple(dict.fromkeys(found))


async def meant(visit: Visit, now: Season, scope: Scope) -> Meant:
    """Raises Outdated for what the city does not have."""
    tracks = await spellings(visit, now, scope.track) if scope.track else ()
    school = await school_name(visit, scope.school) if scope.school else ""
    modes, profiles = options(visit, "mode"), options(visit, "profile")
    if (
        (scope.track and not tracks)
        or scope.mode > len(modes)
        or scope.profile > len(profiles)
        or school is None
    ):
        raise Outdated
    wanted = Wanted(
        now.year,
        school=scope.school,
        mode=modes[scope.mode - 1] if scope.mode else "",
        tracks=tracks,
        profile=profiles[scope.profile - 1] if scope.profile else "",
        grade=scope.grade,
    )
    if not tracks:
        return Meant(scope, wanted, school=school)
    # A link may have its whole Latin name, which is too long for a button.
    return Meant(replace(scope, track=latin(tracks[0])), wanted, tracks[0], school)


async def school_name(visit: Visit, slug: str) -> str | None:
    """None: the city has no such school."""
    found = await schools.get(visit.tx, slug)
    return None if found is None else found.short_name


async def called(visit: Visit, slug: str) -> str:
    """How to name a school, also one that the city no longer has."""
    return await school_name(visit, slug) or f"Школа № {number(slug)}"


def title(what: Meant) -> str:
    """«Медицинская · Школа № 33», quoted; empty for the whole city."""
    wanted = what.wanted
    parts = [capital(what.track)] if what.track else []
    parts += [f"Профиль: {wanted.profile}"] if wanted.profile else []
    parts += [what.school] if what.school else []
    parts += [f"Форма занятий: {wanted.mode}"] if wanted.mode else []
    parts += [f"{wanted.grade} класс"] if wanted.grade else []
    return q(" · ".join(parts))


def track_label(track: str) -> str:
    """On a button."""
    return shorten(capital(track), 36)


def number(slug: str) -> str:
    """«33»: how people call a school."""
    return slug.removeprefix("s").lstrip("0") or slug


async def scope_of(visit: Visit, asked: Asked) -> Scope:
    """What a typed question is about; its school must be known to the city."""
    profiles = options(visit, "profile")
    return Scope(
        track=latin(asked.track) if asked.track else "",
        school=f"s{asked.school:02d}" if asked.school else "",
        profile=profiles.index(asked.profile) + 1 if asked.profile in profiles else 0,
        grade=asked.grade or 0,
    )
