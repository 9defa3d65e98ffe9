"""The demo: a Telegram inside the process, a page with chats, an invented city."""
