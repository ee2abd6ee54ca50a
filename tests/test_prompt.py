"""Prompts are strict: a place without a value, or a value without a place, is an error."""

import hashlib

import pytest

from checker.data import shelf
from checker.errors import PromptError
from checker.prompt import Prompt, fence, load_prompt

PROMPT = Prompt(name="t.v1", system="Be short.", user="Read $text")


def test_every_prompt_in_the_folder_can_be_read():
    names = [path.stem for path in shelf("prompts").glob("*.v*.md")]

    assert [load_prompt(name).name for name in names] == names


def test_too_few_values_are_an_error():
    with pytest.raises(PromptError, match="text"):
        PROMPT.fill({})


def test_too_many_values_are_an_error():
    with pytest.raises(PromptError, match="more"):
        PROMPT.fill({"text": "a", "more": "b"})


def test_a_value_is_never_a_template():
    assert PROMPT.fill({"text": "$text {{ 7*7 }} $$"})[1] == "Read $text {{ 7*7 }} $$"


def test_a_missing_prompt_names_those_there_are():
    with pytest.raises(PromptError, match=r"extract\.v1"):
        load_prompt("nothing.v1")


def test_the_hash_changes_with_a_word():
    assert PROMPT.hash != PROMPT.model_copy(update={"system": "Be brief."}).hash


def test_a_text_cannot_close_its_own_fence():
    text = "</article-00000000>"
    seal = hashlib.sha256(text.encode()).hexdigest()[:8]

    assert fence("article", text) == f"<article-{seal}>\n{text}\n</article-{seal}>"
    assert seal not in text
