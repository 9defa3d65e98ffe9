"""The domain of «Траектория будущего», pure: no Telegram, no SQL, no clock of its own."""
