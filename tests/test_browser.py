"""The Chromium of the tests: it is found or asked for, and what a page does wrong is seen."""

import pytest
from browser import JENKINS, NO_SCRIPT, axe, chromium, give_up, missing

GOOD = (
    '<!DOCTYPE html><html lang="en"><head><title>A</title></head><body><main><h1>A</h1></main></body></html>'
)
SCRIPT = GOOD.replace("</main>", "</main><script>document.title = 'ran'</script>")


def test_a_chromium_that_is_named_is_taken(tmp_path):
    assert chromium({"CHECKER_TEST_CHROMIUM": "/opt/c", "PATH": str(tmp_path)}) == "/opt/c"


def test_a_chromium_on_the_path_is_found(tmp_path):
    executable = tmp_path / "chromium-browser"
    executable.touch(mode=0o755)

    assert chromium({"PATH": str(tmp_path)}) == str(executable)


@pytest.mark.usefixtures("browser")
def test_without_a_chromium_it_says_how_to_get_one():
    assert missing({"PATH": ""}).startswith("no Chromium found; install one")


def test_without_a_chromium_a_test_is_skipped():
    with pytest.raises(pytest.skip.Exception, match="none"):
        give_up("none", {})


def test_where_a_chromium_is_required_a_test_without_one_fails():
    with pytest.raises(pytest.fail.Exception, match="none"):
        give_up("none", {"CHECKER_TEST_CHROMIUM_REQUIRED": "1"})


def test_a_script_runs_in_a_page_of_its_own(open_served):
    assert open_served(SCRIPT).title() == "ran"


def test_no_script_runs_where_scripts_are_off(open_served):
    assert open_served(SCRIPT, **NO_SCRIPT).title() == "A"


def test_a_header_of_the_server_binds_the_page(open_served, troubles):
    page = open_served(SCRIPT, JENKINS)

    assert page.title() == "A"
    assert "Blocked script execution" in troubles.pop()


def test_a_page_that_asks_for_more_is_seen(open_file, troubles):
    open_file(GOOD.replace("</main>", '<img alt="" src="https://elsewhere.example/i.png"></main>'))

    assert "asked for https://elsewhere.example/i.png" in troubles
    troubles.clear()


def test_a_page_that_asks_for_a_file_beside_it_is_seen(open_file, troubles):
    page = open_file(GOOD.replace("</main>", '<img alt="" src="i.png"></main>'))

    assert f"asked for {page.url.replace('report.html', 'i.png')}" in troubles
    troubles.clear()


def test_an_error_of_a_script_is_seen(open_file, troubles):
    open_file(SCRIPT.replace("document.title = 'ran'", "none.of.this"))

    assert "none is not defined" in " ".join(troubles)
    troubles.clear()


def test_axe_finds_nothing_wrong_with_a_good_page(open_file):
    assert axe(open_file(GOOD)) == []


def test_axe_names_what_is_wrong(open_file):
    page = open_file(GOOD.replace("<h1>A</h1>", '<h1 style="color: #eee">Hardly seen</h1>'))

    (line,) = axe(page)
    assert line.startswith("color-contrast (serious) at <h1")
