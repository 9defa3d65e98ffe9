"""How updates and files get to the bot: polls, webhooks, downloads."""

from demo.telegram import limits
from demo.telegram.core import Core
from demo.telegram.methods.request import Request
from demo.telegram.model import Json
from demo.telegram.refusals import bad_request


async def get_updates(core: Core, request: Request) -> list[Json]:
    core.queue.allow(_names(request))
    return await core.queue.poll(
        request.number("offset"), request.number("limit", 100), request.number("timeout")
    )


def set_webhook(core: Core, request: Request) -> bool:
    url = request.text("url")
    secret = request.text("secret_token")
    if not url:
        return delete_webhook(core, request)
    if request.text("certificate"):
        raise bad_request("this small Telegram takes no certificates")
    if not url.startswith(("https://", "http://127.0.0.1", "http://localhost", "http://[::1]")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > limits.SECRET_TOKEN:
        raise bad_request("secret token is too long")
    if not all(char.isascii() and (char.isalnum() or char in "_-") for char in secret):
        raise bad_request("secret token contains unallowed characters")
    core.flood.take_webhook(core.now())
    core.queue.allow(_names(request))
    if request.flag("drop_pending_updates"):
        core.queue.drop_pending()
    core.queue.release_for_webhook()
    core.webhook.start(url, secret)
    return True


def delete_webhook(core: Core, request: Request) -> bool:
    if request.flag("drop_pending_updates"):
        core.queue.drop_pending()
    core.webhook.stop()
    return True


def get_webhook_info(core: Core, _request: Request) -> Json:
    queue = core.world.queue
    info: Json = {
        "url": queue.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": len(core.queue.pending()),
    }
    if queue.webhook_error:
        info |= {
            "last_error_date": queue.webhook_error_at,
            "last_error_message": queue.webhook_error,
        }
    if queue.allowed is not None:
        info["allowed_updates"] = list(queue.allowed)
    return info


def get_file(core: Core, request: Request) -> Json:
    file_id = request.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    # The small size of a photo is the same bytes under an id of its own.
    file = core.world.files.get(file_id) or core.world.files.get(file_id.removesuffix("s"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if file.size > limits.DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


def _names(request: Request) -> list[str] | None:
    names = request.values.get("allowed_updates")
    return list(map(str, names)) if isinstance(names, list) else None
