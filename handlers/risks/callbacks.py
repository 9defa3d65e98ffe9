"""What the buttons of risks carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ids import RowId


class RiskTap(CallbackData, prefix="r3"):
    """``act``: list, xlsx; risk, rows, thresholds, choose (``key`` is a risk or a signal);
    threshold, usual (``name`` of a signal's threshold); grants, no_grants."""

    act: str
    key: str = ""
    name: str = ""
    page: RowId = 0


def risk_tap(act: str, key: str = "", name: str = "", page: int = 0) -> str:
    return RiskTap(act=act, key=key, name=name, page=page).pack()
