"""Settings from the environment and ``.env``; a wrong one is refused with one plain sentence."""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEFAULT_DATABASE = "sqlite+aiosqlite:///var/traektoria.sqlite"


def _numbers(value: object) -> object:
    """«1, 2» → [1, 2]."""
    if isinstance(value, str):
        return [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
    return value


class Settings(BaseSettings):
    """Names are fixed: they are the environment variables, in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="forbid", frozen=True)

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = ""
    bot_proxy: str = ""
    database_url: str = DEFAULT_DATABASE
    owner_ids: Annotated[tuple[int, ...], NoDecode, BeforeValidator(_numbers)] = ()
    channel_id: str = ""
    time_zone: str = "Asia/Kamchatka"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    http_port: int = Field(default=0, ge=0, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("no such zone") from None
        return name

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _any_case(cls, value: object, info: object) -> object:
        if not isinstance(value, str):
            return value
        name = getattr(info, "field_name", "")
        return value.upper() if name == "log_level" else value.lower()

    @field_validator("bot_token")
    @classmethod
    def _token_looks_right(cls, token: SecretStr) -> SecretStr:
        if not re.fullmatch(r"|[0-9]+:[A-Za-z0-9_-]+", token.get_secret_value()):
            raise ValueError("not a token")
        return token

    @field_validator("webhook_secret")
    @classmethod
    def _secret_is_taken_by_telegram(cls, secret: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret.get_secret_value()):
            raise ValueError("not a secret")
        return secret

    @field_validator("bot_proxy")
    @classmethod
    def _proxy_looks_right(cls, url: str) -> str:
        if url and not url.startswith(("socks5://", "socks4://", "http://")):
            raise ValueError("not a proxy")
        return url

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _address_looks_right(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("not an address")
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, url: str) -> str:
        if not url.startswith("sqlite+aiosqlite:///"):
            raise ValueError("not a database")
        return url


class SettingsError(Exception):
    """The text is for the operator, in Russian."""


EXAMPLES = {
    "bot_token": "токен от @BotFather, например 123456:ABC-DEF",
    "bot_api_url": "адрес сервера Bot API, например https://api.telegram.org",
    "bot_proxy": "адрес прокси, например socks5://127.0.0.1:1080",
    "database_url": f"адрес базы, например {DEFAULT_DATABASE}",
    "owner_ids": "номера учётных записей через запятую, например 123456,234567",
    "time_zone": "часовой пояс, например Asia/Kamchatka",
    "webhook_url": "адрес, например https://bot.example.ru/hook",
    "webhook_secret": "до 256 латинских букв, цифр, знаков _ и -, например k3-Vd9_x",
    "http_port": "номер порта от 0 до 65535, например 8080",
    "log_level": "DEBUG, INFO, WARNING или ERROR",
    "log_format": "text или json",
}


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Reads the settings; raises SettingsError that names the first wrong one."""
    try:
        return Settings(_env_file=env_file)
    except UnicodeDecodeError:
        raise SettingsError(f"Файл {env_file} не в UTF-8. Сохраните его заново в UTF-8.") from None
    except ValidationError as error:
        wrong = error.errors()[0]
        name = str(wrong["loc"][0])
        if wrong["type"] == "extra_forbidden":
            known = ", ".join(field.upper() for field in Settings.model_fields)
            raise SettingsError(f"Настройки {name.upper()} нет. Есть: {known}.") from None
        wanted = EXAMPLES.get(name, "другое значение")
        raise SettingsError(f"Настройка {name.upper()} не подходит. Нужно: {wanted}.") from None
