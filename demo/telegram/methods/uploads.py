"""Files that a bot sends: uploaded with the call, or named by the id of one sent before."""

import mimetypes
import struct

from demo.telegram import limits
from demo.telegram.core import Core
from demo.telegram.methods.request import Request
from demo.telegram.model import StoredFile, UploadedFile
from demo.telegram.refusals import bad_request, not_built, too_large


def document_of(core: Core, request: Request) -> StoredFile:
    uploaded = _uploaded(core, request, "document")
    if isinstance(uploaded, StoredFile):
        return uploaded
    if len(uploaded.data) > limits.UPLOAD_BYTES:
        raise too_large()
    mime = uploaded.mime or mime_of(uploaded.name)
    return core.world.keep_file(uploaded.data, uploaded.name, mime, "documents")


def photo_of(core: Core, request: Request) -> StoredFile:
    uploaded = _uploaded(core, request, "photo")
    if isinstance(uploaded, StoredFile):
        return uploaded
    if len(uploaded.data) > limits.PHOTO_BYTES:
        raise too_large()
    width, height = picture_size(uploaded.data)
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    sides = sorted((width, height))
    if sum(sides) > limits.PHOTO_SIDES or sides[1] > limits.PHOTO_RATIO * sides[0]:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return core.world.keep_file(
        uploaded.data, uploaded.name, "image/jpeg", "photos", width=width, height=height
    )


def mime_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _uploaded(core: Core, request: Request, field: str) -> UploadedFile | StoredFile:
    value = request.text(field)
    if not value:
        raise bad_request(f"there is no {field} in the request")
    if value.startswith("attach://"):
        uploaded = request.files.get(value.removeprefix("attach://"))
        if uploaded is None:
            raise bad_request(f"there is no {field} in the request")
        if not uploaded.data:
            raise bad_request("file must be non-empty")
        return uploaded
    if "://" in value:
        raise not_built("download of a file by its URL")
    stored = core.world.files.get(value)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height from the header of a PNG or a JPEG; zeros for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    return 0, 0


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        # Start-of-frame markers carry the size; C4, C8 and CC of the same range are other tables.
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return 0, 0
