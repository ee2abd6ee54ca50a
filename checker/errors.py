"""
What can go wrong, as one tree.

    CheckerError            says what, which one, where, and how to mend it
    ├── SetupError          stops the run before or while it asks        exit 2
    │   ├── InputError      fewer than two usable articles, no such path
    │   ├── SettingsError   a setting that is unknown or does not fit
    │   ├── PromptError     a prompt file or the values for its places
    │   ├── EndpointError   key refused, model unknown, quota used up
    │   └── NotRecorded     a replay has no recording of this request
    └── NoAnswer            costs one step: becomes a Failure            exit 3
        ├── NotAsked        a limit or an interrupt came first
        ├── Unreachable     the retries are used up
        ├── Refused         the model or its filter declined
        ├── CutShort        the reply, or the room for it, was too short
        └── BadReply        the reply does not fit, after the re-asks

An error about one thing costs that thing; an error about the set-up stops the run.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit status of every command; part of the public interface."""

    OK = 0
    FOUND = 1
    SETUP = 2
    INCOMPLETE = 3
    BROKEN = 70
    """A fault of the program itself; the number is EX_SOFTWARE of sysexits.h."""
    INTERRUPTED = 130


class CheckerError(Exception):
    """The root: any error this program raises on purpose."""


class SetupError(CheckerError):
    """Nothing can be done until the user mends this."""


class InputError(SetupError):
    """The articles given cannot be checked."""


class SettingsError(SetupError):
    """A setting is unknown or has a value that does not fit."""


class PromptError(SetupError):
    """A prompt file is missing, or its places and values do not match."""


class EndpointError(SetupError):
    """The endpoint will not serve this set-up, however often it is asked."""


class NotRecorded(SetupError):
    """A replay was asked for a reply that nobody recorded."""


class NoAnswer(CheckerError):
    """One step has no answer; the rest of the run goes on."""


class NotAsked(NoAnswer):
    """The question was not sent, because a limit or an interrupt came first."""


class Unreachable(NoAnswer):
    """The endpoint did not answer within the retries."""


class Refused(NoAnswer):
    """The model, or a filter before it, declined to answer."""


class CutShort(NoAnswer):
    """The reply ended before it was whole, or the text did not fit the model."""


class BadReply(NoAnswer):
    """The reply does not fit what was asked, even after the re-asks."""
