"""The section of the education portal as one page: no script, nothing fetched, for any phone."""

from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from slugify import slugify

from exports.portal import Portal
from passport.numbers import plural

TEMPLATE = "portal_page.html"


def portal_page(portal: Portal) -> bytes:
    """HTML in UTF-8; the same data give the same bytes."""
    return _template().render(portal=portal).encode()


@cache
def _template() -> Template:
    """What schools have typed is quoted: everything is, unless the template says otherwise."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = _day
    environment.filters["anchor"] = slugify
    environment.filters["capital"] = _capital
    environment.filters["linked"] = _linked
    environment.globals["plural"] = plural
    return environment.get_template(TEMPLATE)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _linked(url: str) -> Markup | str:
    """A link only where a browser opens a page: nothing else may run on a click."""
    if not url.startswith(("https://", "http://")):
        return url
    return Markup('<a href="{0}">{0}</a>').format(url)  # format quotes the address
