"""Settings: fixed names, one plain sentence for a wrong value, the token in no text."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings

NAMES = (
    *("BOT_TOKEN", "BOT_API_URL", "BOT_PROXY", "DATABASE_URL", "OWNER_IDS", "CHANNEL_ID"),
    *("TIME_ZONE", "WEBHOOK_URL", "WEBHOOK_SECRET", "HTTP_PORT", "LOG_LEVEL", "LOG_FORMAT"),
)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_defaults() -> None:
    settings = load_settings(None)
    assert settings.time_zone == "Asia/Kamchatka"
    assert settings.database_url.startswith("sqlite+aiosqlite:///")
    assert settings.http_port == 0


def test_every_name_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "BOT_TOKEN": "1:abc",
        "BOT_API_URL": "http://127.0.0.1:8081/",
        "BOT_PROXY": "socks5://127.0.0.1:1080",
        "DATABASE_URL": "sqlite+aiosqlite:////var/lib/bot.sqlite",
        "OWNER_IDS": "12, 34",
        "CHANNEL_ID": "@channel",
        "TIME_ZONE": "Europe/Moscow",
        "WEBHOOK_URL": "https://bot.example",
        "WEBHOOK_SECRET": "word",
        "HTTP_PORT": "8080",
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "JSON",
    }
    assert set(values) == set(NAMES)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = load_settings(None)
    assert settings.owner_ids == (12, 34)
    assert settings.bot_api_url == "http://127.0.0.1:8081"
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")


def test_the_env_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("HTTP_PORT=81\n")
    assert load_settings(file).http_port == 81


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# наш токен\nBOT_TOKEN=1:abc\n", encoding="cp1251")
    with pytest.raises(SettingsError, match=r"не в UTF-8\. Сохраните его заново в UTF-8\."):
        load_settings(file)


def test_a_slip_in_a_name_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("BOT_TOKN=1:a\n")
    with pytest.raises(SettingsError, match="Настройки BOT_TOKN нет"):
        load_settings(file)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "no-token"),
        ("BOT_API_URL", "telegram"),
        ("BOT_PROXY", "127.0.0.1:1080"),
        ("BOT_PROXY", "https://127.0.0.1:1080"),
        ("DATABASE_URL", "postgresql+asyncpg://u@h/db"),
        ("WEBHOOK_SECRET", "тайна"),
        ("DATABASE_URL", "sqlite:///x"),
        ("OWNER_IDS", "me"),
        ("TIME_ZONE", "Kamchatka"),
        ("WEBHOOK_URL", "bot.example"),
        ("HTTP_PORT", "70000"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_is_named_with_a_good_one(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings(None)
    text = str(caught.value)
    assert text.startswith(f"Настройка {name} не подходит")
    assert "\n" not in text


def test_the_token_is_in_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:very-secret")
    settings = load_settings(None)
    assert "very-secret" not in f"{settings!r} {settings}"
    monkeypatch.setenv("BOT_TOKEN", "very-secret")
    with pytest.raises(SettingsError) as caught:
        load_settings(None)
    assert "very-secret" not in str(caught.value)
