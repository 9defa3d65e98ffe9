"""The figures that a bot meets in reality, each with where it is known from."""

from datetime import timedelta

RAW_TEXT_BYTES = 32_768  # before parsing; telegram-bot-api, get_formatted_text
TEXT = 4096  # code points, not UTF-16 units: TDLib compares utf8_length
CAPTION = 1024
ENTITIES = 100
CALLBACK_DATA_BYTES = 64
CALLBACK_TOAST = 200
COPY_TEXT = 256
INLINE_BUTTONS = 100  # what clients and frameworks keep to; the server's own limit is not published
INLINE_ROW = 8  # above it, phones cut the labels: a warning, not a refusal
DELETE_AT_ONCE = 100
COMMANDS = 100
COMMAND = 32
COMMAND_DESCRIPTION = 256
BOT_DESCRIPTION = 512
BOT_SHORT_DESCRIPTION = 120
DOWNLOAD_BYTES = 20 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000  # width plus height
PHOTO_RATIO = 20
SECRET_TOKEN = 256
INLINE_QUERY = 256
INLINE_RESULTS = 50
INLINE_ID_BYTES = 64  # of a result, and of an offset
START_PARAMETER = 64

# A bot may delete what is younger than two days, its own messages included: the server takes back
# for everyone or not at all (TDLib, can_revoke_message).
DELETE_WITHIN = timedelta(hours=48)
CHAT_ACTION = timedelta(seconds=5)

# Telegram publishes no figure for how long a button press may be answered; reports range from about
# twenty seconds to many minutes. This is the far end: a bot that fails here fails everywhere, and a
# test that means «too late» goes past every one of the reported figures.
CALLBACK_ANSWER = timedelta(minutes=15)
INLINE_ANSWER = timedelta(seconds=20)
INLINE_CACHED = timedelta(minutes=5)  # unless the bot says otherwise, up to a day
INLINE_CACHED_AT_MOST = timedelta(days=1)

POLL_SECONDS = 50
POLL_UPDATES = 100
