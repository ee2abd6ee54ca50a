"""From settings to a report: which engine, which answers, and what it used."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import platformdirs

from checker.engines import Engine
from checker.errors import SettingsError
from checker.load import Loaded, load
from checker.pipeline import Watch, run
from checker.schema import Report, Usage
from checker.settings import BUILTIN, Settings

if TYPE_CHECKING:
    from checker.model.gateway import Gateway
    from checker.model.ledger import Ledger
    from checker.model.openai import Endpoint, OpenAIModel
    from checker.model.prices import Price
    from checker.model.recordings import Recordings
    from checker.model.request import Model
    from checker.model.store import Store

APP = "fact-consistency-checker"
DRAIN_S = 10.0
BUILTIN_NOTE = (
    "The built-in engine was used: rules about words and numbers of English, no language model; "
    "a rough first look, not a judgement."
)


def check(*paths: str | Path, settings: Settings | None = None) -> Report:
    """
    Check the articles in *paths* (files or folders) and give the report.

    Without *settings* the built-in engine is used, which asks no model. Raises SetupError
    where nothing can be checked; what could not be judged is in `report.failures`.
    """
    return asyncio.run(acheck(*paths, settings=settings))


async def acheck(*paths: str | Path, settings: Settings | None = None) -> Report:
    """Do what `check` does, in a running event loop."""
    settings = settings or Settings()
    loaded = load([Path(path) for path in paths], max_bytes=settings.max_file_size)
    async with Session(settings) as session:
        return await session.check(loaded)


def cache_folder(settings: Settings) -> Path:
    """Where answers are kept: the setting, else the user's cache folder."""
    return settings.cache or Path(platformdirs.user_cache_dir(APP)) / "answers"


class Session:
    """
    One run: an engine made from *settings*, its answers, and what they cost.

    The key and the address of the endpoint come from *environment* (OPENAI_API_KEY,
    OPENAI_BASE_URL) and from nowhere else.
    """

    def __init__(self, settings: Settings, environment: Mapping[str, str] | None = None) -> None:
        self.settings = settings
        self._environment = os.environ if environment is None else environment
        self.model_name: str | None = None
        self.recordings: Recordings | None = None
        self._ledger: Ledger | None = None
        self._gateway: Gateway | None = None
        self._vendor: OpenAIModel | None = None
        self._store: Store | None = None

    async def __aenter__(self) -> Self:
        self._engine, self._prompts = self._build()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._store:
            await self._store.drain(DRAIN_S)
            self._store.close()
        if self._vendor:
            await self._vendor.aclose()

    async def check(self, loaded: Loaded, watch: Watch = lambda *_: None) -> Report:
        """Check the articles of *loaded*."""
        report = await run(loaded, self._engine, watch)
        how = {
            "model": self.model_name,
            "prompts": self._prompts,
            "settings": self._shown_settings(),
            "usage": self.usage(),
            "notes": self._notes(),
        }
        return report.model_copy(update={"run": report.run.model_copy(update=how)})

    @property
    def is_paid(self) -> bool:
        """Whether answers are bought, so that one under way is worth waiting for."""
        return self._gateway is not None

    def stop(self, reason: str) -> None:
        """Ask the model nothing new from now on; what is under way comes to its end."""
        if self._gateway:
            self._gateway.stop(reason)

    def usage(self) -> tuple[Usage, ...]:
        """Calls and tokens so far, by stage; nothing where no model is asked."""
        return self._ledger.usage() if self._ledger else ()

    def _build(self) -> tuple[Engine, dict[str, str]]:
        if self.settings.replay is None and self.settings.model == BUILTIN:
            if self.settings.record is not None:
                raise SettingsError("--record: the built-in engine asks no model; name one with --model")
            from checker.engines.builtin import Builtin  # noqa: PLC0415 - only where it is used

            return Builtin(), {}
        from checker.engines.llm import LanguageModel  # noqa: PLC0415 - heavy
        from checker.model.ledger import Ledger  # noqa: PLC0415

        price = price_of(self.settings, self._environment)
        answers = self._replayed() if self.settings.replay else self._bought(price)
        self._ledger = Ledger(answers, price)
        engine = LanguageModel(self._ledger, self._name(), retry_failed=self.settings.retry_failed)
        return engine, engine.prompts

    def _replayed(self) -> Model:
        from checker.model.recordings import Recordings, model_name  # noqa: PLC0415

        folder = self.settings.replay
        if folder is None or not folder.is_dir():
            raise SettingsError(f"--replay {folder}: no such folder; make recordings with --record {folder}")
        recorded = model_name(folder)
        self.model_name = self.settings.model if self.settings.model != BUILTIN else recorded
        if self.model_name is None:
            raise SettingsError(
                f"--replay {folder}: no recordings of one model there; name the model with --model"
            )
        self.recordings = Recordings(folder, None)
        return self.recordings

    def _bought(self, price: Price | None) -> Model:
        from checker.model.gateway import Gateway, Limits  # noqa: PLC0415
        from checker.model.openai import OpenAIModel  # noqa: PLC0415
        from checker.model.recordings import Recordings  # noqa: PLC0415
        from checker.model.store import Store  # noqa: PLC0415

        settings = self.settings
        self.model_name = settings.model
        self._vendor = OpenAIModel(endpoint(settings, self._environment))
        limits = Limits(
            concurrency=settings.concurrency,
            max_calls=settings.max_calls,
            max_cost=settings.max_cost,
            price=price,
        )

        def way(model: Model) -> Model:
            self._gateway = Gateway(model, limits)
            return self._gateway

        self._store = Store(cache_folder(settings), self._vendor, way)
        if settings.record is None:
            return self._store
        self.recordings = Recordings(settings.record, self._store, note=settings.record_note)
        return self.recordings

    def _name(self) -> str:
        return self.model_name or self.settings.model

    def _shown_settings(self) -> dict[str, str]:
        shown = {"temperature": "0 where the endpoint takes it"} if self.model_name else {}
        if self.model_name and not self.settings.replay:
            shown["endpoint"] = endpoint(self.settings, self._environment).host
        return shown

    def _notes(self) -> tuple[str, ...]:
        """What a reader should know of how the answers came about."""
        if self._store and self._store.remarks:
            return tuple(str(remark) for remark in self._store.remarks)
        if self.settings.replay:
            from checker.model.recordings import notes  # noqa: PLC0415 - heavy

            made = sorted(notes(self.settings.replay))
            return ("Answers were replayed from recordings; no model was called.", *made)
        if self.model_name is None:
            return (BUILTIN_NOTE,)
        return ()


def endpoint(settings: Settings, environment: Mapping[str, str]) -> Endpoint:
    """The endpoint that *environment* names; OpenAI's own where it names none."""
    from pydantic import SecretStr  # noqa: PLC0415

    from checker.model.openai import Endpoint  # noqa: PLC0415

    key = environment.get("OPENAI_API_KEY")
    return Endpoint(
        base_url=environment.get("OPENAI_BASE_URL") or None,
        api_key=SecretStr(key) if key else None,
        timeout_s=settings.timeout_s,
        allow_http=settings.allow_http,
    )


def price_of(settings: Settings, environment: Mapping[str, str]) -> Price | None:
    """
    The price of the model: as set, else, for OpenAI's own endpoint, as the optional list has it.

    Raises SettingsError where a limit on cost could not be kept for want of a price.
    """
    from checker.model.prices import Price, lookup  # noqa: PLC0415

    if settings.price_in is not None and settings.price_out is not None:
        return Price(prompt=settings.price_in, completion=settings.price_out)
    known = None if environment.get("OPENAI_BASE_URL") else lookup(settings.model)
    if known is None and settings.max_cost is not None:
        raise SettingsError(
            f"--max-cost: the price of {settings.model!r} is not known; set --price-in and --price-out (dollars per "
            "million tokens), install the list of OpenAI's prices with the extra [prices], or use --max-calls"
        )
    return known
