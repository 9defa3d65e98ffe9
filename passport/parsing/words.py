"""A text cut into words, and what each looks like: an initial, a surname, a patronymic."""

import re
from dataclasses import dataclass
from functools import cached_property

from passport.parsing.first_names import AMBIGUOUS_NAMES, FIRST_NAMES
from passport.parsing.text import clean_line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\.?")
_QUOTES = " «»„“”\"'"
_FATHER = re.compile(r"\w{2,}(?:[ое]вич|ильич)|лукич|фомич|кузьмич|никитич|саввич|ильич")
_FATHER_CASES = re.compile(r"(?:\w{2,}[ое]вич|лукич|фомич|кузьмич|никитич|ильич)(?:[ауе]|ем)")
_DAUGHTER = re.compile(r"\w{2,}(?:[ое]вн|иничн)а|никитична|саввична|фомична")
_DAUGHTER_CASES = re.compile(r"\w{2,}(?:[ое]вн|иничн)(?:[ыеу]|ой)")
_NO_PATRONYMIC = re.compile(
    r"царевич\w*|королевич\w*|(?:царев|королев|попов)н\w+"
    r"|(?:основ|духов|церков|верхов|уголов|услов|душев|ежеднев|древ|боев|чинов|винов|кров)н\w+"
)
_SURNAME = re.compile(
    r"\w{2,}(?:(?:[ое]в|ин|ын)(?:а|у|ым|ой)?|[сц]к(?:ий|ая|ой|ого|ому|ую)|ко|[юу]к|[ыи]х|ян|дзе)"
)
_HONOUR = re.compile(
    r"имен[иь]|им|памяти|честь|посвящ\w*|юбиле\w*|\w*лети[юяе]|рождения|творчеств\w*|наследи\w*"
    r"|поэзи\w*|сказк\w*|стих\w*"
)
_EVENT = re.compile(
    r"(?:чтени|конкурс|олимпиад|турнир|кубо?к|преми|форум|конференци|фестивал|экскурси|марафон"
    r"|мемориал|стипенди|лекци|музе|театр|школ|лице|гимнази|библиотек|центр|институт|университет"
    r"|академи|улиц|площад|памятник|выставк|хакатон|викторин|диктант|квест|слет|смотр|дом"
    r"|спартакиад|соревновани|первенств|чемпионат|приз)\w{0,4}"
)


@dataclass(frozen=True)
class Word:
    text: str
    gap: str  # what stands between it and the word before

    @cached_property
    def low(self) -> str:
        return self.text.rstrip(".").casefold().replace("ё", "е")

    @cached_property
    def joined(self) -> bool:
        """Nothing but a space parts it from the word before."""
        return not self.gap.strip()

    @cached_property
    def follows(self) -> bool:
        """The same, and a quotation mark may open or close between them."""
        return not self.gap.strip(_QUOTES)

    @cached_property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @cached_property
    def letter(self) -> bool:
        return len(self.low) == 1

    @cached_property
    def initial(self) -> bool:
        return self.letter and self.text.endswith(".")

    @cached_property
    def honour(self) -> bool:
        """What follows is somebody whom a thing is named after or tells of."""
        return _HONOUR.fullmatch(self.low) is not None

    @cached_property
    def event(self) -> bool:
        return _EVENT.fullmatch(self.low) is not None

    @cached_property
    def surname(self) -> bool:
        return len(self.low) > 3 and not self.event and _SURNAME.fullmatch(self.low) is not None

    @cached_property
    def first_name(self) -> bool:
        return self.low in FIRST_NAMES or (self.capital and self.low in AMBIGUOUS_NAMES)

    @cached_property
    def patronymic(self) -> bool:
        return self._patronymic(_FATHER) or self._patronymic(_DAUGHTER)

    @cached_property
    def patronymic_case(self) -> bool:
        """«Петровича», «Петровне»; of the latter only with a capital: «основной» is no name."""
        daughter = self.capital and self._patronymic(_DAUGHTER_CASES)
        return daughter or self._patronymic(_FATHER_CASES)

    def _patronymic(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.fullmatch(self.low) is not None
        return found and _NO_PATRONYMIC.fullmatch(self.low) is None


def words_of(text: str) -> tuple[Word, ...]:
    line = clean_line(text)
    words, end = [], 0
    for match in _WORD.finditer(line):
        words.append(Word(match.group(), line[end : match.start()]))
        end = match.end()
    return tuple(words)
