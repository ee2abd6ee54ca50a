"""From settings to a report: which engine, which answers, and what it used."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from checker.engines import Engine
from checker.errors import SettingsError
from checker.load import Loaded
from checker.pipeline import Watch, run
from checker.resources import cache_folder, endpoint, price_of
from checker.schema import Remark, Report, Usage
from checker.settings import BUILTIN, Settings

if TYPE_CHECKING:
    from checker.model.gateway import Gateway
    from checker.model.ledger import Ledger
    from checker.model.openai import OpenAIModel
    from checker.model.prices import Price
    from checker.model.recordings import Recordings
    from checker.model.request import Model, Reply, Request
    from checker.model.store import Store

SAMPLES_A_DRAW = 1000
BUILTIN_NOTE = (
    "The built-in engine was used: rules about words and numbers of English, no language model; "
    "a rough first look, not a judgement."
)


@dataclass(frozen=True)
class Answers:
    """
    An engine for one part of a run, its answers counted apart from those of others.

    `model` is what the engine asks, None for the built-in engine.
    """

    engine: Engine
    name: str | None = None
    prompts: Mapping[str, str] = field(default_factory=dict)
    model: Ledger | None = None

    def usage(self) -> tuple[Usage, ...]:
        """Calls and tokens so far, by stage; nothing where no model is asked."""
        return self.model.usage() if self.model else ()


class Session:
    """
    One run: engines made from *settings*, their answers, and what they cost.

    The key and the address of the endpoint come from *environment* (OPENAI_API_KEY,
    OPENAI_BASE_URL) and from nowhere else.
    """

    def __init__(self, settings: Settings, environment: Mapping[str, str] | None = None) -> None:
        self.settings = settings
        self._environment = os.environ if environment is None else environment
        self.model_name = settings.model
        self._parts: dict[tuple[str, int], Answers] = {}
        self._replayed: Recordings | None = None
        self._recorded: list[Recordings] = []
        self._price: Price | None = None
        self._gateway: Gateway | None = None
        self._vendor: OpenAIModel | None = None
        self._store: Store | None = None

    async def __aenter__(self) -> Self:
        settings = self.settings
        if settings.model == BUILTIN and settings.record is not None:
            raise SettingsError("--record: the built-in engine asks no model; name one with --model")
        if self._asks:
            self._price = price_of(settings, self._environment)
            if settings.record is not None:
                _make_folder(settings.record)
            if settings.replay is None:
                # It may wait for another program, so not in the thread of the event loop.
                self._store = await asyncio.to_thread(self._open_store)
            else:
                self._replayed = self._open_recordings(settings.replay)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop("the run has ended")
        await _to_the_end(self._close())

    async def check(self, loaded: Loaded, watch: Watch = lambda *_: None, *, part: str = "") -> Report:
        """Check the articles of *loaded* with the answers of *part*."""
        answers = self.answers(part)
        report = await run(loaded, answers.engine, watch)
        how = {
            "model": answers.name,
            "prompts": answers.prompts,
            "settings": self._shown_settings(),
            "usage": answers.usage(),
            "notes": self.notes(),
        }
        return report.model_copy(update={"run": report.run.model_copy(update=how)})

    def answers(self, part: str = "", draw: int = 0) -> Answers:
        """
        The engine for *part* of the run and *draw*, the same one whenever it is asked for.

        With --record, the answers of a part go into the folder of its name there. The
        answers of another *draw* are asked for anew, even where the question is the same.
        """
        if (part, draw) not in self._parts:
            self._parts[part, draw] = self._build(part, draw) if self._asks else _builtin()
        return self._parts[part, draw]

    def unused(self) -> list[Path]:
        """The recordings in the folders of this run that it has not asked for, by path."""
        replayed = self._replayed.unused() if self._replayed else []
        return sorted([*replayed, *(path for one in self._recorded for path in one.unused())])

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the user should know of the answers that are kept, or could not be."""
        return self._store.remarks if self._store else ()

    @property
    def is_paid(self) -> bool:
        """Whether answers are bought, so that one under way is worth waiting for."""
        return self._store is not None

    @property
    def n_under_way(self) -> int:
        """How many calls have been sent, or wait to be, and have not come to their end."""
        return self._store.n_under_way if self._store else 0

    def stop(self, reason: str) -> None:
        """Ask the model nothing new from now on; what is under way comes to its end."""
        if self._gateway:
            self._gateway.stop(reason)

    def usage(self, part: str | None = None) -> tuple[Usage, ...]:
        """Calls and tokens so far, by stage, of *part* or of all; nothing where no model is asked."""
        asked = (answers for (name, _), answers in self._parts.items() if part in {None, name})
        return tuple(usage for answers in asked for usage in answers.usage())

    def prompts(self) -> dict[str, str]:
        """The prompts of all parts so far: name and hash."""
        return {name: digest for answers in self._parts.values() for name, digest in answers.prompts.items()}

    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how the answers came about."""
        if self._store:
            return tuple(str(remark) for remark in self.remarks)
        if self.settings.replay is None:
            return (BUILTIN_NOTE,)
        from checker.model.recordings import notes  # noqa: PLC0415 - heavy

        made = sorted(notes(self.settings.replay))
        return ("Answers were replayed from recordings; no model was called.", *made)

    async def _close(self) -> None:
        try:
            if self._store:
                # What is under way is paid for, and ends within the time that one call may take.
                await self._store.drain(self.settings.timeout_s)
        finally:
            if self._store:
                self._store.close()
            if self._vendor:
                await self._vendor.aclose()

    @property
    def _asks(self) -> bool:
        """Whether a language model gives the answers, now or when they were recorded."""
        return self.settings.replay is not None or self.settings.model != BUILTIN

    def _build(self, part: str, draw: int) -> Answers:
        from checker.engines.llm import LanguageModel  # noqa: PLC0415 - heavy
        from checker.model.ledger import Ledger  # noqa: PLC0415

        model = Ledger(_drawn(self._model(part), draw), self._price)
        engine = LanguageModel(model, self.model_name, retry_failed=self.settings.retry_failed)
        return Answers(engine, self.model_name, engine.prompts, model)

    def _model(self, part: str) -> Model:
        """Where the answers of *part* come from."""
        model = self._replayed or self._store
        if model is None:
            raise SettingsError("the session is not open: use it in `async with`")
        if self.settings.record is None:
            return model
        from checker.model.recordings import Recordings  # noqa: PLC0415 - heavy

        recordings = Recordings(self.settings.record / part, model, note=self.settings.record_note)
        self._recorded.append(recordings)
        return recordings

    def _open_recordings(self, folder: Path) -> Recordings:
        from checker.model.recordings import Recordings, find_folder, model_name  # noqa: PLC0415 - heavy

        find_folder(folder)
        if self.settings.model == BUILTIN:
            recorded = model_name(folder)
            if recorded is None:
                raise SettingsError(
                    f"--replay {folder}: no recordings of one model there; name the model with --model"
                )
            self.model_name = recorded
        return Recordings(folder, None)

    def _open_store(self) -> Store:
        from checker.model.gateway import Gateway, Limits  # noqa: PLC0415
        from checker.model.openai import OpenAIModel  # noqa: PLC0415
        from checker.model.store import Store  # noqa: PLC0415

        settings = self.settings
        self._vendor = OpenAIModel(endpoint(settings, self._environment))
        limits = Limits(
            concurrency=settings.concurrency,
            max_calls=settings.max_calls,
            max_cost=settings.max_cost,
            price=self._price,
        )

        def way(model: Model) -> Model:
            self._gateway = Gateway(model, limits)
            return self._gateway

        return Store(cache_folder(settings), self._vendor, way)

    def _shown_settings(self) -> dict[str, str]:
        shown = {"temperature": "0 where the endpoint takes it"} if self._asks else {}
        if self._store:
            shown["endpoint"] = endpoint(self.settings, self._environment).host
        return shown


def _drawn(model: Model, draw: int) -> Model:
    """*model*, asked under the sample numbers of one draw; --retry-failed counts on from there."""

    async def ask(request: Request, /) -> Reply:
        return await model(request.model_copy(update={"sample": request.sample + draw * SAMPLES_A_DRAW}))

    return ask if draw else model


def _make_folder(folder: Path) -> None:
    from checker.model.recordings import make_folder  # noqa: PLC0415 - heavy

    make_folder(folder)


async def _to_the_end(work: Coroutine[None, None, None]) -> None:
    """Await *work* however often this task is cancelled meanwhile; that is heeded after it."""
    task = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:  # some cancel once, scopes of anyio at every turn
            cancelled = error
    await task
    if cancelled:
        raise cancelled


def _builtin() -> Answers:
    from checker.engines.builtin import Builtin  # noqa: PLC0415 - only where it is used

    return Answers(Builtin())
