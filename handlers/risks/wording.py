"""How risks are said: a light with its word, a signal in one line, a light that has turned."""

from datetime import date

from handlers.words import capital, q, shorten
from passport.risks import LIGHT_MARKS, LIGHT_NAMES, Flag, Light, Risks
from storage.risk_lights import Turned

LONGEST_LINE = 260  # of a signal's sentence in a list


def light(one: Light) -> str:
    """«🔴 красный»."""
    return f"{LIGHT_MARKS[one]} {LIGHT_NAMES[one]}"


def sentence(flag: Flag, limit: int = LONGEST_LINE) -> str:
    """Quoted: what there is to say of a signal, numbers first."""
    return q(capital(shorten(flag.words, limit)))


def day(local: date) -> str:
    return f"{local:%d.%m.%Y}"


def turned(risks: Risks, one: Turned) -> str:
    """«🔴 Риск 1 «Недостаточное количество обучающихся»: был жёлтый, стал красный – /risks»."""
    risk = risks.risk(one.risk)
    was = f"был {LIGHT_NAMES[one.was]}" if one.was != "unknown" else "данных не было"
    now = f"стал {LIGHT_NAMES[one.now]}" if one.now != "unknown" else "данных больше нет"
    return f"{LIGHT_MARKS[one.now]} Риск {risk.no} «{q(risk.name)}»: {was}, {now} – /risks"
