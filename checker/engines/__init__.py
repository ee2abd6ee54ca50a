"""The shape that both engines share: articles in, claims out; claims in, verdicts out."""

from __future__ import annotations

from typing import Protocol

from checker.schema import Article, Claim, Failure, Frozen, Group, Remark, Ungrounded, Verdict


class Extraction(Frozen):
    """The claims of one article, in the order of their quotes, and what was lost on the way."""

    claims: tuple[Claim, ...]
    ungrounded: tuple[Ungrounded, ...] = ()
    failures: tuple[Failure, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Judgement(Frozen):
    """
    What was decided in one group.

    A pair of the group that is neither in `verdicts` nor covered by a failure is `unique`.
    """

    verdicts: tuple[Verdict, ...]
    failures: tuple[Failure, ...] = ()


class Engine(Protocol):
    """
    Something that extracts and compares claims.

    It raises only `SetupError`; what has no answer comes back as a `Failure`.
    """

    @property
    def name(self) -> str: ...

    async def extract(self, article: Article, /) -> Extraction: ...

    async def judge(self, group: Group, /) -> Judgement: ...
