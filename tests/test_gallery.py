"""The page of screens in the docs is what the bot shows."""

from tests.gallery import PAGE, render
from tests.world import World


async def test_the_docs_show_the_real_screens(world: World) -> None:
    assert PAGE.read_text() == await render(world) + "\n", "run: python -m tests.gallery"
