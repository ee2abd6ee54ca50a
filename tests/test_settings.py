"""Settings come from options, then the environment, then the nearest file; what is unknown is refused."""

import os

import pytest

from checker.errors import SettingsError
from checker.settings import Settings, find_file, read_settings


def read(tmp_path, given=None, environment=None):
    return read_settings(given or {}, environment or {}, tmp_path)


def test_without_anything_the_built_in_engine_is_used(tmp_path):
    assert read(tmp_path) == Settings()


def test_a_file_is_read(tmp_path):
    (tmp_path / "checker.toml").write_text('model = "m"')

    assert read(tmp_path).model == "m"


def test_the_table_in_pyproject_is_read(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[tool.checker]\nmodel = "m"')

    assert read(tmp_path).model == "m"


def test_a_pyproject_without_the_table_is_passed_over(tmp_path):
    (tmp_path / "checker.toml").write_text("concurrency = 3")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[project]")

    assert find_file(inner) == tmp_path / "checker.toml"


def test_the_environment_comes_before_the_file_and_the_option_before_both(tmp_path):
    (tmp_path / "checker.toml").write_text('model = "file"\nconcurrency = 2')

    settings = read(
        tmp_path, {"concurrency": 4}, {"CHECKER_MODEL": "environment", "CHECKER_CONCURRENCY": "3"}
    )
    assert (settings.model, settings.concurrency) == ("environment", 4)


def test_an_option_that_was_not_given_hides_nothing(tmp_path):
    assert read(tmp_path, {"model": None}, {"CHECKER_MODEL": "m"}).model == "m"


def test_an_unknown_name_in_a_file_is_refused_with_a_guess(tmp_path):
    (tmp_path / "checker.toml").write_text('modle = "m"')

    with pytest.raises(SettingsError, match="did you mean 'model'"):
        read(tmp_path)


def test_a_file_cannot_choose_where_text_and_answers_go(tmp_path):
    (tmp_path / "checker.toml").write_text('base_url = "https://elsewhere.example"')

    with pytest.raises(SettingsError, match="base_url"):
        read(tmp_path)


def test_a_value_that_does_not_fit_is_named(tmp_path):
    with pytest.raises(SettingsError, match="--concurrency"):
        read(tmp_path, {"concurrency": 0})


def test_a_broken_file_is_named(tmp_path):
    (tmp_path / "checker.toml").write_text("model = ")

    with pytest.raises(SettingsError, match=r"checker\.toml"):
        read(tmp_path)


@pytest.mark.parametrize("text", ["tool = 5", 'tool = "checker"', "x = ["])
def test_a_pyproject_without_a_table_of_ours_is_none_of_our_business(tmp_path, text):
    (tmp_path / "pyproject.toml").write_text(text)

    assert read(tmp_path) == Settings()


def test_a_table_that_is_no_table_is_refused(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool]\nchecker = 5")

    with pytest.raises(SettingsError, match="must be a table"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["CHECKER_MAXCALLS", "CHECKER_DRY_RUN", "CHECKER_TIMEOUT"])
def test_a_variable_that_would_do_nothing_is_refused(tmp_path, name):
    with pytest.raises(SettingsError, match=name):
        read(tmp_path, environment={name: "1"})


@pytest.mark.parametrize(
    "given", [{"price_in": 3.0}, {"record": "a", "replay": "b"}, {"model": "m\x1b[31m"}, {"model": "m\udcff"}]
)
def test_what_does_not_fit_together_is_refused(tmp_path, given):
    with pytest.raises(SettingsError):
        read(tmp_path, given)


@pytest.mark.parametrize(
    "given", ["conflict,unsupported", ["conflict", "unsupported"], ["conflict, unsupported"]]
)
def test_what_fails_a_run_is_a_list_or_words_with_commas(tmp_path, given):
    assert read(tmp_path, {"fail_on": given}).fail_on == ("conflict", "unsupported")


def test_what_fails_a_run_can_stand_in_a_file_and_in_the_environment(tmp_path):
    (tmp_path / "checker.toml").write_text('fail_on = ["conflict", "missing"]')

    assert read(tmp_path).fail_on == ("conflict", "missing")
    assert read(tmp_path, environment={"CHECKER_FAIL_ON": "missing,unsupported"}).fail_on == (
        "missing",
        "unsupported",
    )


def test_never_takes_back_what_a_file_asks_for(tmp_path):
    (tmp_path / "checker.toml").write_text('fail_on = "conflict"')

    assert read(tmp_path, {"fail_on": ["never"]}).fail_on == ()


def test_never_goes_with_no_other_kind(tmp_path):
    with pytest.raises(SettingsError, match="never goes with no other"):
        read(tmp_path, {"fail_on": ["never", "conflict"]})


@pytest.mark.parametrize("given", ["agreement", "", "conflict,", ["conflict", "x"]])
def test_an_unknown_kind_is_refused_with_those_that_are_known(tmp_path, given):
    with pytest.raises(
        SettingsError, match=r"^--fail-on: '.*' is none of never, conflict, unsupported, missing"
    ):
        read(tmp_path, {"fail_on": given})


@pytest.mark.parametrize("given", [5, [5], {"conflict": True}])
def test_a_kind_that_is_no_word_is_refused(tmp_path, given):
    with pytest.raises(SettingsError, match="--fail-on"):
        read(tmp_path, {"fail_on": given})


def test_a_number_where_a_list_belongs_is_told_so(tmp_path):
    with pytest.raises(SettingsError, match=r"^--fail-on: it must be a list "):
        read(tmp_path, {"fail_on": 5})


@pytest.mark.parametrize("name", ["CHECKER_BASELINE", "CHECKER_AGAINST"])
def test_what_is_an_option_only_is_refused_in_the_environment(tmp_path, name):
    with pytest.raises(SettingsError, match=name):
        read(tmp_path, environment={name: "x"})


def test_a_file_larger_than_any_memory_is_refused(tmp_path):
    (tmp_path / "checker.toml").touch()
    os.truncate(tmp_path / "checker.toml", 2**40)

    with pytest.raises(
        SettingsError, match=r"checker\.toml: cannot be read as TOML \(larger than 1,000,000 bytes\)"
    ):
        read_settings({}, {}, tmp_path)


def test_a_price_that_no_sum_could_hold_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="--price-in"):
        read(tmp_path, {"price_in": 1e308, "price_out": 1.0})
