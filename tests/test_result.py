"""The result file: there and back, its schema, and what a broken one says."""

import json
from functools import reduce

import pytest
from jsonschema import Draft202012Validator
from sample_report import builtin, calm, complete, hostile, many_conflicts, report_of, sample

from checker.errors import InputError
from checker.report.result import json_schema, parse, render
from checker.schema import Article

ALL = [sample, complete, builtin, calm, hostile, lambda: many_conflicts(3)]


def changed(*path_and_value):
    """The sample's file with one value replaced."""
    *path, last, value = path_and_value
    data = json.loads(render(sample()))
    reduce(lambda part, step: part[step], path, data)[last] = value
    return json.dumps(data)


def complaint(text):
    with pytest.raises(InputError) as caught:
        parse(text)
    return str(caught.value)


@pytest.mark.parametrize("make", ALL)
def test_a_report_comes_back_equal(make):
    report = make()

    assert parse(render(report)) == report


@pytest.mark.parametrize("make", ALL)
def test_what_comes_back_is_written_as_the_same_bytes(make):
    text = render(make())

    assert render(parse(text)) == text


def test_a_lone_surrogate_survives_a_file_in_utf_8():
    odd = Article(id="odd", path="odd.json", format="json", text="half \ud83d of a face")
    report = report_of((), (), articles=(odd,))

    assert parse(render(report).encode("utf-8").decode("utf-8")) == report


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("run", "usage", 0, "cost"), 1e308, r"run\.usage\[0\]\.cost"),
        (("run", "usage", 0, "cost"), -1.0, r"run\.usage\[0\]\.cost"),
        (("run", "usage", 0, "tokens_in"), 10**60, r"run\.usage\[0\]\.tokens_in"),
        (("articles", 0, "record"), -(10**60), r"articles\[0\]\.record"),
        (("articles", 0, "record"), 10**60, r"articles\[0\]\.record"),
        (("coverage", 0, "quoted"), 10**60, r"coverage\[0\]\.quoted"),
    ],
)
def test_a_number_beyond_all_measure_is_refused_with_its_place(path, value, place):
    with pytest.raises(InputError, match=f"broken at {place}: .* run the check again"):
        parse(changed(*path, value))


def test_the_order_of_prompts_and_settings_does_not_matter():
    report = sample()
    run = report.run.model_copy(update={"prompts": dict(reversed(report.run.prompts.items()))})

    assert render(report.model_copy(update={"run": run})) == render(report)


def test_the_keys_stand_in_their_order():
    keys = "version run articles claims verdicts facts ungrounded coverage failures skipped remarks drafts accepted counts"

    assert list(json.loads(render(sample()))) == keys.split()


def test_a_claim_has_its_status_and_a_verdict_its_grounds():
    data = json.loads(render(sample()))

    assert list(data["claims"][0]) == ["id", "article", "text", "speaker", "quotes", "status"]
    assert list(data["verdicts"][0]) == ["a", "b", "label", "aspect", "between", "differs", "reason"]
    assert data["claims"][2]["status"] == "conflicting"
    assert data["claims"][14]["status"] is None


def test_pairs_without_a_verdict_are_counted_as_unique():
    # Claims by article: 6, 6, 3, so 6*6 + 6*3 + 6*3 = 72 pairs. The failure leaves 2*2 = 4 open;
    # 3 conflict, 3 agree, and 72 - 4 - 3 - 3 = 62 are unique, one of them by a verdict.
    pairs = json.loads(render(sample()))["counts"]["pairs"]

    assert pairs == {"agreeing": 3, "conflicting": 3, "unique": 62, "not_judged": 4}


def test_every_quote_is_in_its_article_at_its_place():
    data = json.loads(render(sample()))
    texts = {article["id"]: article["text"] for article in data["articles"]}

    for claim in data["claims"]:
        for quote in claim["quotes"]:
            assert texts[claim["article"]][quote["start"] : quote["end"]] == quote["text"]


def test_text_is_not_escaped_and_indented_by_two():
    text = render(sample())

    assert "“It shook like a train”" in text
    assert text.startswith('{\n  "version": 1,\n  "run": {\n    "checker"')


@pytest.mark.parametrize("make", ALL)
def test_the_file_fits_its_schema(make):
    Draft202012Validator(json_schema()).validate(json.loads(render(make())))


def test_the_schema_is_one():
    Draft202012Validator.check_schema(json_schema())

    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_object_of_the_schema_is_closed_and_every_field_required_and_described():
    schema = json_schema()
    objects = [one for one in [schema, *schema["$defs"].values()] if one["type"] == "object"]

    assert len(objects) == 15
    for one in objects:
        assert one["additionalProperties"] is False
        assert one["required"] == list(one["properties"])
        assert all(field["description"].endswith(".") for field in one["properties"].values())


def test_another_version_says_which_is_read():
    assert "has version 2; this program reads version 1" in complaint(changed("version", 2))


@pytest.mark.parametrize("text", ["[]", "{}", '{"version": "1"}', '{"version": true}', "null"])
def test_another_json_file_is_no_result_file(text):
    assert "broken at version: missing" in complaint(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "line 1, column 1"),
        ('{\n  "version": 1,\n  oops', "line 3, column 3"),
        ('{"version": 1, "version": 1}', "the key 'version' stands twice"),
        ('{"version": NaN}', "NaN is no JSON number"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_json_says_where(text, place):
    assert place in complaint(text)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("articles", 0, "surprise", 1), "articles[0].surprise"),
        (("articles", 0, "format", "pdf"), "articles[0].format"),
        (("claims", 1, "quotes", []), "claims[1].quotes"),
        (("claims", 1, "quotes", 0, "end", 3), "claims[1]"),
        (("claims", 1, "status", "true"), "claims[1].status"),
        (("claims", 1, "speaker", 7), "claims[1].speaker"),
        (("verdicts", 0, "differs", ["one"]), "verdicts[0].differs"),
        (("counts", "articles", "3"), "counts.articles"),
        (("counts", "facts", "unique", -1), "counts.facts.unique"),
        (("run", "prompts", ["judge"]), "run.prompts"),
        (("claims", 1, "id", "post-1"), "claims: the id 'post-1' is used 2 times"),
        (("articles", 1, "id", "post"), "articles: the id 'post' is used 2 times"),
        (("claims", 1, "article", "gone"), "claims[1].article: no article has the id 'gone'"),
        (("verdicts", 0, "a", "gone"), "verdicts[0]: no claim has the id 'gone'"),
        (("verdicts", 0, "b", "coast-1"), "verdicts[0]: both claims are of one article"),
        (("failures", 0, "a", ["gone"]), "failures[0]: no claim has the id 'gone'"),
        (("failures", 0, "articles", ["gone"]), "failures[0].articles"),
        (("facts", 0, "values", 0, "article", "bulletin"), "facts[0].values[0]: a claim of another article"),
        (("facts", 0, "values", 0, "claims", ["post-2"]), "claims[0]: it is in 0 facts"),
        (("ungrounded", 0, "article", "gone"), "ungrounded[0].article"),
        (("coverage", 0, "article", "gone"), "coverage[0].article"),
        # The title has 41 letters, two line breaks follow, and "The ferry Margarethe " has 21.
        (("articles", 0, "text", "rewritten"), "claims[0].quotes[0]: the article does not say this at 64:"),
    ],
)
def test_a_broken_file_says_where(change, place):
    assert place in complaint(changed(*change))


def test_a_missing_key_is_named():
    data = json.loads(render(sample()))
    del data["verdicts"][2]["reason"]

    assert "verdicts[2].reason: Field required" in complaint(json.dumps(data))


def test_a_complaint_is_one_harmless_line():
    message = complaint(changed("articles", 0, "\x1b[31m\n" + "x" * 1000, 1))

    assert message.isprintable()
    assert len(message) < 400
