"""Below the door nothing reads the clock of the wall, so it may go backwards; rule 7 of the house."""

import ast

from test_floors import FILES

WALL = {"time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime"}
NOW = {"now", "today", "utcnow"}


def calls(path):
    """What the file at *path* names with a dot: `time.monotonic`, `date.today`."""
    return {
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }


def test_nothing_reads_the_clock_of_the_wall():
    readers = [
        f"{name}: {call}"
        for name, path in FILES.items()
        for call in calls(path)
        if call in WALL or (call.rpartition(".")[2] in NOW and call.partition(".")[0] in {"datetime", "date"})
    ]

    assert readers == []


def test_time_is_imported_whole_and_by_those_who_measure_a_stretch_of_it():
    imports = {
        (name, ast.unparse(node))
        for name, path in FILES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and ast.unparse(node).split()[1] == "time"
    }

    assert imports == {("model.gateway", "import time"), ("cli.scoring", "import time")}


def test_those_who_measure_use_the_clock_that_only_goes_forward():
    used = {
        call for name in ("model.gateway", "cli.scoring") for call in calls(FILES[name]) if "time." in call
    }

    assert {call for call in used if call.startswith("time.")} == {"time.monotonic"}
