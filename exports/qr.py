"""A link as a QR picture, to be shown on a screen or printed."""

from io import BytesIO

import segno

SCALE = 8  # pixels a module: sharp enough for a phone's camera, half a kilobyte of PNG


def qr_png(link: str) -> bytes:
    """Black on white, with the quiet zone that readers need."""
    made = BytesIO()
    segno.make(link, error="m", micro=False).save(made, kind="png", scale=SCALE, border=4)
    return made.getvalue()
