"""The HTML page as a reader has it: in a browser, in the dark, on a phone, without scripts, in Jenkins."""

import pytest
from browser import DARK, JENKINS, LIGHT, NARROW, NO_SCRIPT, axe
from sample_report import calm, hostile, report_of, sample

from checker.report.html import render
from checker.report.where import harmless


def empty():
    return report_of((), ())


EVERY = [sample, calm, hostile, empty]


def words(text):
    """*text* with every stretch of white space as one space."""
    return " ".join(text.split())


def quotes(report):
    """Every quote of *report* as a page prints it."""
    return {words(harmless(quote.text)) for claim in report.claims for quote in claim.quotes}


def absent(report, page):
    """The quotes of *report* that are not in the text of *page*."""
    text = words(page.text_content("body"))
    return {quote for quote in quotes(report) if quote not in text}


@pytest.mark.parametrize("make", EVERY)
def test_a_file_opens_without_asking_for_more_and_without_an_error(make, open_file):
    page = open_file(render(make()))

    assert page.inner_text("h1")


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("make", [sample, calm, hostile])
def test_axe_finds_nothing_wrong(make, scheme, open_file):
    assert axe(open_file(render(make()), **scheme)) == []


@pytest.mark.parametrize("make", EVERY)
def test_every_quote_is_there_without_scripts(make, open_file):
    report = make()

    assert absent(report, open_file(render(report), **NO_SCRIPT)) == set()


@pytest.mark.parametrize("make", EVERY)
def test_every_quote_is_there_under_the_header_of_jenkins(make, open_served, troubles):
    report = make()

    assert absent(report, open_served(render(report), JENKINS)) == set()
    troubles.clear()  # Chromium says on the console what the header refused


@pytest.mark.parametrize("make", [sample, hostile])
def test_no_script_runs_under_the_header_of_jenkins(make, open_served, troubles):
    html = render(make())

    assert open_served(html, JENKINS).content() == open_served(html, **NO_SCRIPT).content()
    troubles.clear()


@pytest.mark.parametrize("make", EVERY)
def test_nothing_sticks_out_of_a_narrow_window(make, open_file):
    page = open_file(render(make()), **NARROW)

    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["viewport"]["width"]
