"""Where a model is served: the address, the key, and what makes them safe to use together."""

from __future__ import annotations

import ipaddress
from typing import Annotated, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, model_validator

from checker.errors import EndpointError, SettingsError
from checker.schema import Frozen

OPENAI_URL = "https://api.openai.com/v1"
_PLACEHOLDER = "none"  # what a server at home, which asks for no key, is sent


class Endpoint(Frozen):
    """
    An OpenAI-compatible endpoint; OpenAI's own where `base_url` is None.

    `timeout_s` bounds a whole try, from the connection to the last byte. A key is sent
    over plain http only to this machine, unless `allow_http`. Raises SettingsError for an
    address or a key that cannot be used.
    """

    base_url: str | None = None
    api_key: SecretStr | None = None
    timeout_s: Annotated[float, Field(gt=0)] = 120.0
    allow_http: bool = False

    @property
    def url(self) -> str:
        """The address that requests go to."""
        return self.base_url or OPENAI_URL

    @property
    def host(self) -> str:
        """The endpoint as shown to the user: host and port, never a name or key."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    @property
    def on_this_machine(self) -> bool:
        """Whether the host is a loopback address."""
        return _is_loopback(urlsplit(self.url).hostname or "")

    @property
    def secret(self) -> str:
        """The key as it was set; empty where there is none. Never to be shown or written."""
        return self.api_key.get_secret_value() if self.api_key else ""

    def key(self) -> str:
        """
        The key to send; a placeholder where a server on this machine wants none.

        Raises EndpointError where a key is needed and there is none.
        """
        key = self.secret
        if not key and not self.on_this_machine:
            raise EndpointError(
                f"the endpoint at {self.host} needs a key: set OPENAI_API_KEY "
                "(to any word, if that server asks for none)"
            )
        return key or _PLACEHOLDER

    @model_validator(mode="after")
    def _usable(self) -> Self:
        parts = _parts(self.url)
        key = self.secret
        if not (key.isascii() and (key + "x").isprintable()) or " " in key:
            raise SettingsError(
                "OPENAI_API_KEY holds a space, a line break or a letter no key has: copy it again"
            )
        if parts.scheme == "http" and key and not self.on_this_machine and not self.allow_http:
            raise SettingsError(
                f"OPENAI_BASE_URL: {self.host} would be sent the key and the articles unencrypted: "
                "use https://, or --allow-http if you trust the network in between"
            )
        return self


def _parts(url: str) -> SplitResult:
    """The parts of an address that can be used; *url* itself may hold a secret and is not shown."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise SettingsError("OPENAI_BASE_URL is not an address: write it like https://HOST/v1") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not url.isprintable():
        raise SettingsError("OPENAI_BASE_URL must begin with https:// (or http://) and a host")
    if parts.username is not None or parts.password is not None:
        raise SettingsError("OPENAI_BASE_URL holds a name or password: put the key in OPENAI_API_KEY instead")
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
