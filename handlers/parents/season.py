"""What is said of the season: which campaign it is now, and which classes are shown."""

from datetime import date

from handlers.visit import Visit
from handlers.words import day_words, school_year
from passport.season import Season
from storage import campaigns


async def season(visit: Visit) -> Season:
    today = visit.passport.calendar.today(visit.now)
    return await campaigns.season(visit.tx, visit.passport.campaigns, today)


def sentence(now: Season) -> str:
    """What is the matter with the campaign, in one or two sentences."""
    year = school_year(now.campaign.year)
    opens, closes = day_of(now.campaign.opens, now), day_of(now.campaign.closes, now)
    match now.stage:
        case "informing":
            return f"Набор на {year} учебный год: заявления – с {opens} по {closes}."
        case "open":
            return f"Идёт набор на {year} учебный год: заявления принимают по {closes}."
        case "closed":
            return (
                f"Основной набор на {year} учебный год завершён {closes}. "
                "Если место осталось, спросите в школе, примут ли заявление."
            )
    coming = school_year(now.coming.year)
    begins = day_of(now.coming.opens, now)
    tells = day_of(now.coming.starts, now)
    return (
        f"Сейчас набора нет. На {coming} учебный год он начнётся {begins}, "
        f"о классах школы расскажут с {tells}."
    )


def whose(now: Season) -> str:
    """Which classes are listed below."""
    year = school_year(now.year)
    if now.running:
        return f"Классы на {year} учебный год"
    return f"Для ориентира – классы {year} учебного года"


def day_of(day: date, now: Season) -> str:
    """«1 июня»; with its year when that is another one."""
    words = day_words(day)
    return words if day.year == now.today.year else f"{words} {day.year} года"
