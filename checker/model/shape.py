"""What a reply must look like: a model class → the JSON schema to send; a reply's text → JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from typing import Any, NoReturn

from pydantic import BaseModel

# Words for people, and limits that structured outputs do not list: pydantic checks those here.
_DROPPED = frozenset({"$defs", "title", "description", "default", "examples", "minLength", "maxLength"})
_REFUSED = {
    "prefixItems": "a tuple",
    "patternProperties": "a map",
    "uniqueItems": "a set",
    "oneOf": "a tagged union",
    "allOf": "an intersection",
    "not": "a negation",
}
_THINK_START, _THINK_END = "<think>", "</think>"
_FENCE = "```"


@cache
def reply_schema(answer: type[BaseModel]) -> dict[str, Any]:
    """
    The JSON schema of a reply model, as strict structured outputs and llama.cpp both take it.

    All `$ref`s are inlined, every object names and requires all its properties, in their
    order, and no words for people are left. Raises TypeError for what cannot be carried:
    maps, tuples, sets, tagged unions, models that hold themselves.

    >>> class Ruling(BaseModel):
    ...     title: str
    >>> reply_schema(Ruling)["properties"]
    {'title': {'type': 'string'}}
    """
    schema = answer.model_json_schema()
    plain = _plain(schema, schema.get("$defs", {}), (answer.__name__,))
    if plain.get("type") != "object":
        raise TypeError(f"{answer.__name__}: a reply must be an object, not {plain.get('type', 'a union')}")
    return plain


def plain_json(text: str) -> str:
    """
    The JSON of a reply, without the thinking before it and the Markdown fence around it.

    >>> plain_json("<think>Hm.</think>```json\\n{}\\n```")
    '{}'
    """
    text = text.strip().removeprefix("\ufeff")
    if text.startswith(_THINK_START) and _THINK_END in text:
        text = text.partition(_THINK_END)[2].strip()
    if text.startswith(_FENCE) and text.endswith(_FENCE) and "\n" in text:
        text = text.partition("\n")[2].removesuffix(_FENCE).strip()
    return text


def loads(text: str) -> Any:
    """
    Read JSON as the standard has it.

    Raises ValueError, which says no more than what is wrong, for what is not JSON, for
    NaN and numbers beyond a float, and for a key that stands twice in one object.
    """
    try:
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_no_twins)
    except _OddJSONError:
        raise
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None


class _OddJSONError(ValueError):
    """JSON that parses but that readers would understand in different ways."""


def _no_constant(_: str) -> NoReturn:
    raise _OddJSONError("not JSON: NaN or Infinity")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_constant(digits)


def _no_twins(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _OddJSONError("not JSON: duplicate key")
        found[key] = value
    return found


def _plain(node: dict[str, Any], definitions: dict[str, Any], inside: tuple[str, ...]) -> dict[str, Any]:
    """One schema without references and words; *inside* names the models that hold it."""
    if "$ref" in node:
        name = node["$ref"].removeprefix("#/$defs/")
        if name in inside:
            raise TypeError(f"{inside[0]}: {name} holds itself, which a reply schema cannot say")
        return _plain(definitions[name], definitions, (*inside, name))
    for keyword in node.keys() & _REFUSED.keys():
        raise TypeError(f"{inside[-1]}: {_REFUSED[keyword]} ({keyword}) cannot stand in a reply schema")
    if not node.keys() - _DROPPED:
        raise TypeError(f"{inside[-1]}: a field that may hold anything cannot stand in a reply schema")
    plain = {key: value for key, value in node.items() if key not in _DROPPED}
    if "items" in plain:
        plain["items"] = _plain(plain["items"], definitions, inside)
    elif plain.get("type") == "array":
        raise TypeError(f"{inside[-1]}: a list that may hold anything cannot stand in a reply schema")
    if "anyOf" in plain:
        plain["anyOf"] = [_plain(choice, definitions, inside) for choice in plain["anyOf"]]
    return _closed(plain, definitions, inside) if plain.get("type") == "object" else plain


def _closed(node: dict[str, Any], definitions: dict[str, Any], inside: tuple[str, ...]) -> dict[str, Any]:
    """An object that has all its properties and no others."""
    if "properties" not in node or node.get("additionalProperties", False) is not False:
        raise TypeError(f"{inside[-1]}: a map (any property names) cannot stand in a reply schema")
    properties = {name: _plain(value, definitions, inside) for name, value in node["properties"].items()}
    return {**node, "properties": properties, "required": list(properties), "additionalProperties": False}
