"""The environment, typed: the only module that reads it. Every name is documented in docs/operations.md."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, NonNegativeInt, PositiveInt, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[3]


def _words(value: object) -> object:
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


Words = Annotated[list[str], NoDecode, BeforeValidator(_words)]


class Environment(BaseSettings):
    """What the machine tells the product; the defaults serve the demonstration."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    secret_key: SecretStr | None = None
    allowed_hosts: Words = ["localhost", "127.0.0.1", "[::1]"]
    site_url: str = "http://127.0.0.1:8000"
    database_url: str | None = None
    database_connect_seconds: NonNegativeInt = 5
    database_statement_seconds: NonNegativeInt = 30
    database_lock_seconds: NonNegativeInt = 10
    redis_url: str | None = None
    elasticsearch_url: str | None = None
    search_alias: str = "offers"
    var_dir: Path = ROOT / "var"
    email_url: str | None = None
    default_from_email: str = "Moussem <bonjour@moussem.example>"
    contact_email: str | None = None
    stripe_secret_key: SecretStr | None = None
    stripe_publishable_key: str | None = None
    stripe_webhook_secrets: Words = []
    stripe_api_base: str | None = None
    web_workers: PositiveInt = 3
    live_database_threads: PositiveInt = 4
    live_sockets: PositiveInt = 4_000
    live_polls: PositiveInt = 100
    live_drain_seconds: NonNegativeInt = 10
    metrics_token: SecretStr | None = None
    live_turn_urls: Words = []
    live_turn_secret: SecretStr | None = None
    live_fallback_url: str | None = None
    live_stream_hosts: Words = []
    live_embed_hosts: Words = []
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    trust_proxy: bool = False


@lru_cache
def environment() -> Environment:
    """The environment, read once a process."""
    return Environment()
