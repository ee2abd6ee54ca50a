"""The tree of errors is as its docstring draws it."""

import re

from checker import errors


def children(kind):
    return [
        child
        for sub in kind.__subclasses__()
        if sub.__module__ == "checker.errors"
        for child in (sub, *children(sub))
    ]


def test_the_drawing_names_every_error_in_the_order_of_the_tree():
    drawn = re.findall(r"^ +[│├└─ ]*([A-Z]\w+)", errors.__doc__, re.MULTILINE)

    assert drawn == ["CheckerError", *(kind.__name__ for kind in children(errors.CheckerError))]


def test_exit_codes_are_the_public_ones():
    assert {code.name: code.value for code in errors.ExitCode} == {
        "OK": 0, "FOUND": 1, "SETUP": 2, "INCOMPLETE": 3, "BROKEN": 70, "INTERRUPTED": 130
    }  # fmt: skip
