"""Parameters of a call as they come over HTTP: query, urlencoded, JSON, multipart."""

import json
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, MultipartReader, web

from demo.telegram.limits import UPLOAD_BYTES
from demo.telegram.model import Json, UploadedFile
from demo.telegram.refusals import bad_request, too_large

_ANY_BYTES = "application/octet-stream"


@dataclass(slots=True)
class Form:
    params: Json = field(default_factory=dict)
    files: dict[str, UploadedFile] = field(default_factory=dict)


async def read_form(request: web.Request) -> Form:
    form = Form(dict(request.query))
    kind = request.content_type
    if kind == "application/json" and request.can_read_body:
        form.params |= _read_json(await request.read())
    elif kind == "application/x-www-form-urlencoded":
        form.params |= {name: str(value) for name, value in (await request.post()).items()}
    elif kind == "multipart/form-data":
        sent = await read_multipart(await request.multipart())
        form.params |= sent.params
        form.files |= sent.files
    return form


async def read_multipart(reader: MultipartReader) -> Form:
    """Fields and files, whatever their transfer: aiogram streams files in chunks."""
    form = Form()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            form.params[part.name] = await part.text()
            continue
        mime = part.headers.get("Content-Type", "").partition(";")[0].strip()
        data = await _read_file(part)
        form.files[part.name] = UploadedFile(
            part.filename, data, "" if mime == _ANY_BYTES else mime
        )
    return form


async def _read_file(part: BodyPartReader) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk():
        data += chunk
        if len(data) > UPLOAD_BYTES:
            raise too_large()
    return bytes(data)


def _read_json(body: bytes) -> Json:
    try:
        params = json.loads(body or b"{}")
    except ValueError:
        params = None
    if not isinstance(params, dict):
        raise bad_request("can't parse JSON object")
    return params
