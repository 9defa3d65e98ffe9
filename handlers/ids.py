"""Numbers of rows inside callback data."""

from typing import Annotated

from pydantic import Field

# A button can be made up: what no table can hold is not one of ours.
RowId = Annotated[int, Field(ge=0, lt=2**62)]
