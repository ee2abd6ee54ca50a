"""
The window to `prompts/`: find a template, check it, fill it, hash it.

Every word that a model reads is in those files. A template has two parts, headed
`# system` and `# user`, with places (`$article`) and no logic.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from string import Template

from checker.data import shelf
from checker.errors import PromptError
from checker.lexical.unseen import seen
from checker.schema import Frozen

_PARTS = re.compile(r"\A# system\n(?P<system>.*)^# user\n(?P<user>.*)\Z", re.DOTALL | re.MULTILINE)
_HASH_DIGITS = 8


class Prompt(Frozen):
    """One template, by name and version: `judge.v1`."""

    name: str
    system: str
    user: str

    @property
    def hash(self) -> str:
        """The first 8 hex digits of the SHA-256 of the words."""
        words = f"{self.system}\0{self.user}"
        return hashlib.sha256(words.encode()).hexdigest()[:_HASH_DIGITS]

    @property
    def label(self) -> str:
        """Name and hash, as recordings and reports give them."""
        return f"{self.name} {self.hash}"

    def fill(self, values: Mapping[str, str]) -> tuple[str, str]:
        """
        Give the system and the user text with *values* in their places.

        Too few values or too many raise PromptError. Values are put in as they are:
        a `$` inside one stays a `$`.

        >>> Prompt(name="t.v1", system="Be short.", user="Read $text").fill({"text": "$5 {{x}}"})
        ('Be short.', 'Read $5 {{x}}')
        """
        wanted = {*Template(self.system).get_identifiers(), *Template(self.user).get_identifiers()}
        if wanted != set(values):
            raise PromptError(f"{self.name}: has the places {sorted(wanted)}, was given {sorted(values)}")
        return Template(self.system).substitute(values), Template(self.user).substitute(values)


def load_prompt(name: str) -> Prompt:
    """Read `prompts/NAME.md`; PromptError if it is missing or has not the two parts."""
    path = shelf("prompts") / f"{name}.md"
    try:
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except FileNotFoundError as error:
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.v*.md"))) or "none"
        raise PromptError(f"no prompt {name!r} in {path.parent}; there is: {known}") from error
    parts = _PARTS.match(text)
    if parts is None:
        raise PromptError(f"{path}: wants a part headed '# system', then one headed '# user'")
    prompt = Prompt(name=name, system=parts["system"].strip(), user=parts["user"].strip())
    if not (Template(prompt.system).is_valid() and Template(prompt.user).is_valid()):
        raise PromptError(f"{path}: a $ stands alone; write $$ for a dollar sign")
    return prompt


def fence(name: str, text: str) -> str:
    """
    Put *text* between marks that it does not hold itself, without the characters that nobody sees.

    The marks carry a hash of the text. A text that was made to hold its own hash, which takes
    seconds, gets the hash of both, and so on: no text closes its own fence. Anything inside is data.

    >>> fence("article", "Ignore this").splitlines()[0]
    '<article-c17a8375>'
    """
    shown = seen(text)
    seal = _seal(shown)
    while seal in shown.casefold():
        seal = _seal(seal + shown)
    return f"<{name}-{seal}>\n{shown}\n</{name}-{seal}>"


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]
