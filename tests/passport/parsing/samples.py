"""What the property tests draw from: any text at all, and names as people write them."""

import unicodedata

from hypothesis import strategies as st

from passport.parsing.text import DASHES

MESSAGE = 4096  # the longest message Telegram delivers

# Signs that rules look at stand beside any others, so that rules do meet.
SIGNS = "0123456789 \t\n-–—−:;=,.()№%/+«»\"'•*_АБИСабвичоны\u200b\u202e\ufeff\u00a0\u2028٣🙂Ё́"
anything = st.text(st.characters(), max_size=300) | st.text(SIGNS, max_size=400)
endless = st.builds(
    lambda part, times: (part * times)[:MESSAGE],
    st.text(SIGNS, min_size=1, max_size=6),
    st.just(MESSAGE),
)
texts = anything | endless

NAMES = (
    "Ярмарка профессий",
    "Экскурсия в порт",
    "Олимпиада «Ломоносов-2027»",
    "Турнир 2026",
    "Россети 2 этап",
    "Экскурсия в школу № 33",
    "Кубок В.С. Завойко",
    "Хакатон (онлайн)",
    "День открытых дверей КамГУ",
    "Спектакль 6+",
    "1-я школьная конференция",
    "<b>Форум</b> & 🙂",
)
names = st.sampled_from(NAMES)
plain_names = st.sampled_from([name for name in NAMES if not name[-1].isdecimal()])
lettered_names = st.sampled_from([name for name in NAMES if not name[0].isdecimal()])
persons = st.integers(1, 9999)
signs = st.sampled_from(
    [f" {dash} " for dash in (*DASHES, "--")] + [": ", " : ", "\t", " = ", "; "]
)


def is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cs", "Co") or (
        unicodedata.category(sign) == "Cc" and sign not in "\n\t"
    )
