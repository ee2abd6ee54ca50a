from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, RootModel

from checker.model.shape import loads, plain_json, reply_schema


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Row(BaseModel):
    """Words for people."""

    title: str = Field(description="more words", min_length=3)
    description: Annotated[int, Field(ge=1)] | None = None
    colour: Colour = Colour.RED


class Table(BaseModel):
    rows: list[Row]
    best: Row
    kind: Literal["a", "b"]


def test_references_are_inlined_and_only_the_shape_is_left():
    row = {
        "type": "object",
        "properties": {
            "title": {"type": "string"},
            "description": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
            "colour": {"type": "string", "enum": ["red", "blue"]},
        },
        "required": ["title", "description", "colour"],
        "additionalProperties": False,
    }

    assert reply_schema(Table) == {
        "type": "object",
        "properties": {
            "rows": {"type": "array", "items": row},
            "best": row,
            "kind": {"type": "string", "enum": ["a", "b"]},
        },
        "required": ["rows", "best", "kind"],
        "additionalProperties": False,
    }


def test_properties_keep_their_order():
    assert list(reply_schema(Table)["properties"]["best"]["properties"]) == ["title", "description", "colour"]


class Tree(BaseModel):
    children: list["Tree"]


class Circle(BaseModel):
    points: "list[Point]"


class Point(BaseModel):
    of: Circle


def one_field(annotation):
    return type("Odd", (BaseModel,), {"__annotations__": {"field": annotation}})


@pytest.mark.parametrize(
    "annotation",
    [
        dict[str, int],
        dict[str, Any],
        tuple[int, str],
        set[str],
        Any,
        list[Any],
        list,
        list[dict[str, str]],
        dict[str, str] | None,
        Tree,
        Circle,
    ],
)
def test_what_structured_outputs_cannot_carry_is_refused(annotation):
    with pytest.raises(TypeError, match=r"^Odd|^Tree|^Circle|^Point"):
        reply_schema(one_field(annotation))


def test_a_model_that_takes_other_names_too_is_refused():
    class Open(BaseModel, extra="allow"):
        a: int

    with pytest.raises(TypeError, match="Open: a map"):
        reply_schema(Open)


def test_a_reply_that_is_no_object_is_refused():
    with pytest.raises(TypeError, match="must be an object, not array"):
        reply_schema(RootModel[list[int]])


def test_a_tuple_of_one_kind_is_a_list():
    assert reply_schema(one_field(tuple[int, ...]))["properties"] == {
        "field": {"type": "array", "items": {"type": "integer"}}
    }


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        ' \n{"a": 1}\n',
        '```json\n{"a": 1}\n```',
        '```\n{"a": 1}```',
        '<think>\nIs it {"a": 2}?\n</think>\n\n{"a": 1}',
        '<think></think>```json\n{"a": 1}\n```\n',
        '\ufeff{"a": 1}',
    ],
)
def test_the_json_is_found_behind_thinking_and_inside_a_fence(text):
    assert plain_json(text) == '{"a": 1}'


@pytest.mark.parametrize(
    "text",
    ['{"a": "<think>x</think>"}', '{"a": "```\\n```"}', "<think> without an end", "```", "", "Yes: {}"],
)
def test_other_text_is_left_as_it_is(text):
    assert plain_json(text) == text


def test_a_fence_inside_a_string_stays():
    assert plain_json('```json\n{"a": "```"}\n```') == '{"a": "```"}'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("{} {}", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("1" * 5000, "not JSON"),
        ('{"a": NaN}', "not JSON: NaN or Infinity"),
        ('{"a": -Infinity}', "not JSON: NaN or Infinity"),
        ('{"a": 1e999}', "not JSON: NaN or Infinity"),
        ('[{"a": 1, "a": 1}]', "not JSON: duplicate key"),
    ],
)
def test_json_that_readers_would_understand_differently_is_refused(text, problem):
    with pytest.raises(ValueError, match=f"^{problem}$"):
        loads(text)


def test_sound_json_is_read():
    assert loads('{"a": [1, 2.5, "é", null]}') == {"a": [1, 2.5, "é", None]}
