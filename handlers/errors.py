"""Errors that carry the sentence for the person; the rest of their news goes to the log."""


class ForPerson(Exception):  # noqa: N818  # named for what it is to the person
    """Stops a handler; ``text`` is shown above the present screen, ``log`` is for us, English."""

    def __init__(self, text: str, log: str = "") -> None:
        super().__init__(log or type(self).__name__)
        self.text = text


class Outdated(ForPerson):
    """A button was drawn for something that no longer stands so."""

    def __init__(self, text: str = "Эта кнопка устарела. Вот что сейчас.") -> None:
        super().__init__(text, "an outdated button")


class Forbidden(ForPerson):
    """The role, or the school, does not allow it."""

    def __init__(self, text: str = "Это отчёт другой школы: у вас нет к нему доступа.") -> None:
        super().__init__(text, "forbidden")


class Locked(ForPerson):
    """The report can be read but no longer changed."""
