"""Report → result file (JSON, version 1) and back: the format that programs read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from checker.errors import InputError
from checker.report.result_file import ResultFile
from checker.report.strict import json_text
from checker.report.where import clean
from checker.schema import FORMAT_VERSION, Article, Claim, Report

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LONGEST_ERROR = 300


def render(report: Report) -> str:
    """Give *report* as JSON: keys in fixed order, two spaces, equal bytes for equal reports."""
    fields = report.model_dump()
    statuses = fields.pop("statuses")
    claims = [claim | {"status": statuses[claim["id"]]} for claim in fields.pop("claims")]
    parts = ResultFile.model_validate({"version": FORMAT_VERSION, **fields, "claims": claims}).model_dump()
    for name in ("prompts", "settings"):
        parts["run"][name] = dict(sorted(parts["run"][name].items()))
    parts["accepted"] = dict(sorted(parts["accepted"].items()))
    return json_text(parts, indent=2) + "\n"


def parse(text: str) -> Report:
    """
    Give the report that `render` wrote as *text*.

    Raises InputError, with the place, for another version, a value that does not fit, an
    id that nothing has, or a quote that is not in its article.
    """
    data = _read(text)
    if not isinstance(data, dict) or type(data.get("version")) is not int:
        raise _broken("version", "missing; this is not a result file of checker")
    if data["version"] != FORMAT_VERSION:
        raise InputError(
            f"the result file has version {data['version']}; this program reads version {FORMAT_VERSION}; "
            "run the check again, or use the program that wrote it"
        )
    try:
        report = _report(ResultFile.model_validate(data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise _broken(_place(first["loc"]), first["msg"]) from None
    fault = next(_faults(report), None)
    if fault:
        raise _broken(*fault)
    return report


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of the result file."""
    return {"$schema": _DIALECT, **ResultFile.model_json_schema()}


def _read(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise _broken(f"line {error.lineno}, column {error.colno}", error.msg) from None
    except ValueError as error:
        raise _broken("some place", str(error)) from None
    except RecursionError:
        raise _broken("some place", "nested too deeply") from None


def _no_key_twice(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    counted = Counter(key for key, _ in pairs)
    for key, times in counted.items():
        if times > 1:
            raise ValueError(f"the key {key!r} stands twice in one object")
    return dict(pairs)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _report(file: ResultFile) -> Report:
    fields = file.model_dump(exclude={"version"})
    statuses = {claim["id"]: claim.pop("status") for claim in fields["claims"]}
    return Report.model_validate({**fields, "statuses": statuses})


def _faults(report: Report) -> Iterator[tuple[str, str]]:
    """Give the place and the problem of what does not hold together; later checks trust earlier ones."""
    yield from _repeated("articles", report.articles)
    yield from _repeated("claims", report.claims)
    articles = {article.id: article for article in report.articles}
    claims = {claim.id: claim for claim in report.claims}
    for place, name in _article_names(report):
        if name not in articles:
            yield place, f"no article has the id {name!r}"
    for place, name in _claim_names(report):
        if name not in claims:
            yield place, f"no claim has the id {name!r}"
    yield from _misquoted(report.claims, articles)
    yield from _paired_within(report, claims)
    yield from _grouped_wrongly(report, claims)


def _repeated(place: str, things: Sequence[Article] | Sequence[Claim]) -> Iterator[tuple[str, str]]:
    counted = Counter(thing.id for thing in things)
    yield from (
        (place, f"the id {name!r} is used {times} times") for name, times in counted.items() if times > 1
    )


def _article_names(report: Report) -> Iterator[tuple[str, str]]:
    for i, claim in enumerate(report.claims):
        yield f"claims[{i}].article", claim.article
    for i, fact in enumerate(report.facts):
        yield from ((f"facts[{i}].values[{j}].article", value.article) for j, value in enumerate(fact.values))
    yield from ((f"drafts[{i}]", name) for i, name in enumerate(report.drafts))
    for i, failure in enumerate(report.failures):
        yield from ((f"failures[{i}].articles", name) for name in failure.articles)
    yield from ((f"ungrounded[{i}].article", one.article) for i, one in enumerate(report.ungrounded))
    yield from ((f"coverage[{i}].article", one.article) for i, one in enumerate(report.coverage))


def _claim_names(report: Report) -> Iterator[tuple[str, str]]:
    for i, verdict in enumerate(report.verdicts):
        yield from ((f"verdicts[{i}]", name) for name in (verdict.a, verdict.b))
    for i, fact in enumerate(report.facts):
        yield from ((f"facts[{i}].values", name) for value in fact.values for name in value.claims)
    for i, failure in enumerate(report.failures):
        yield from ((f"failures[{i}]", name) for name in (*failure.a, *failure.b))


def _misquoted(claims: Sequence[Claim], articles: dict[str, Article]) -> Iterator[tuple[str, str]]:
    for i, claim in enumerate(claims):
        for j, quote in enumerate(claim.quotes):
            if articles[claim.article].text[quote.start : quote.end] != quote.text:
                yield (
                    f"claims[{i}].quotes[{j}]",
                    f"the article does not say this at {quote.start}:{quote.end}",
                )


def _paired_within(report: Report, claims: dict[str, Claim]) -> Iterator[tuple[str, str]]:
    for i, verdict in enumerate(report.verdicts):
        if claims[verdict.a].article == claims[verdict.b].article:
            yield f"verdicts[{i}]", "both claims are of one article"


def _grouped_wrongly(report: Report, claims: dict[str, Claim]) -> Iterator[tuple[str, str]]:
    grouped: Counter[str] = Counter()
    for i, fact in enumerate(report.facts):
        for j, value in enumerate(fact.values):
            grouped.update(value.claims)
            if any(claims[name].article != value.article for name in value.claims):
                yield f"facts[{i}].values[{j}]", "a claim of another article"
    for i, claim in enumerate(report.claims):
        if grouped[claim.id] != 1:
            yield f"claims[{i}]", f"it is in {grouped[claim.id]} facts; a claim is in exactly one"


def _place(location: Sequence[int | str]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(steps).lstrip(".") or "the file"


def _broken(place: str, problem: str) -> InputError:
    said = clean(f"{place}: {problem}", _LONGEST_ERROR)
    return InputError(f"the result file is broken at {said}; run the check again to write it anew")
