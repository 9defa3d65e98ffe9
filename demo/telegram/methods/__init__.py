"""The methods of the Bot API that this Telegram carries out."""
