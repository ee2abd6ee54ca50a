"""
The plan of the house. A module imports only from floors below its own; modules inside one
folder are one room and may know each other, without a cycle.
"""

import ast
from pathlib import Path

import checker

FLOORS = [
    {"schema", "errors", "lexical", "data", "files", "sentences", "version"},
    {"load", "ground", "pair", "facts", "copies", "prompt", "settings"},
    {"model"},
    {"engines"},
    {"pipeline", "estimate", "resources"},
    {"report", "session"},
    {"evaluate", "api"},
    {"cli"},
    {"__main__"},
]
HOUSE = Path(checker.__file__).parent
# The package's own file holds the version and opens other modules only when asked for a name.
DOOR = "__init__"


def module(path):
    """The dotted name of a file below the house, without its `__init__`."""
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


FILES = {module(path): path for path in HOUSE.rglob("*.py")}


def room(name):
    return name.split(".")[0]


def floor(name):
    return next(n for n, rooms in enumerate(FLOORS) if room(name) in rooms)


def imports(path):
    """The modules of the house that the file at *path* imports when it is used or type-checked."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "checker":
            inside = (node.module or "").removeprefix("checker").lstrip(".")
            for alias in node.names:
                deeper = f"{inside}.{alias.name}".lstrip(".")
                yield deeper if deeper in FILES else inside or DOOR
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "checker":
                    yield alias.name.removeprefix("checker").lstrip(".") or DOOR


def arrows():
    return [(name, target) for name, path in FILES.items() if name != DOOR for target in imports(path)]


def test_every_module_has_a_floor():
    assert {room(name) for name in FILES} - {DOOR} == set().union(*FLOORS)


def test_every_import_goes_down():
    up = [
        f"{name} -> {target}"
        for name, target in arrows()
        if target != DOOR and room(name) != room(target) and floor(target) >= floor(name)
    ]

    assert up == []


def test_no_room_has_a_cycle_inside():
    inside = [(name, target) for name, target in arrows() if room(name) == room(target)]
    below = {name: {t for n, t in inside if n == name} for name in FILES}
    done = set()
    while ready := {name for name, targets in below.items() if name not in done and targets <= done}:
        done |= ready

    assert set(FILES) - done == set()


def test_no_file_uses_relative_imports():
    relative = [
        name
        for name, path in FILES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


def test_nothing_of_the_house_imports_the_evals():
    outside = [
        name
        for name, path in FILES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import) and "evals" in ast.unparse(node)
    ]

    assert outside == []


def test_openai_and_instructor_are_imported_by_one_file():
    users = {
        name
        for name, path in FILES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for target in ([node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
        if (target or "").split(".")[0] in {"openai", "instructor"}
    }

    assert users == {"model.openai"}
