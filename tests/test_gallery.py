"""The pages of screens in the docs are what the bot shows."""

import pytest

from tests.gallery import DOCS, PAGES
from tests.world import World


@pytest.mark.parametrize("name", PAGES)
async def test_the_docs_show_the_real_screens(world: World, name: str) -> None:
    page = await PAGES[name](world) + "\n"
    assert (DOCS / name).read_text() == page, "run: python -m tests.gallery"
