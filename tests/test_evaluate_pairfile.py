"""Files of labelled pairs of texts: read strictly, scored by hand-made judges."""

import asyncio
import json

import pytest

from checker.engines import Judgement
from checker.errors import InputError
from checker.evaluate.baselines import BUILTIN_NAME, MAJORITY, RULE
from checker.evaluate.pairfile import (
    PairRow,
    PairScores,
    by_engine,
    by_majority,
    by_rule,
    read_pairs,
    score_file,
    score_files,
)
from checker.schema import Failure, Label, Verdict

AGREEING, CONFLICTING, UNIQUE = Label.AGREEING, Label.CONFLICTING, Label.UNIQUE


def pair(name, label, **more):
    return {"id": name, "text_a": "The ferry sank.", "text_b": "A ferry went down.", "label": label, **more}


def row(name, label, **more):
    return PairRow(**pair(name, label, **more))


def write(path, *rows):
    """One line for each row: a dict as JSON, a string as it stands."""
    path.write_text(
        "".join(f"{r if isinstance(r, str) else json.dumps(r)}\n" for r in rows), encoding="utf-8"
    )
    return path


def refusal(path):
    with pytest.raises(InputError) as caught:
        read_pairs(path)
    return str(caught.value)


def told(**labels):
    """A judge that knows the label of each line."""

    async def judge(one):
        return labels[one.id]

    return judge


def score(rows, judge):
    return asyncio.run(score_file("pairs", rows, "system", judge))


def counts(scored):
    """(right, given, wanted) by label."""
    return {one.label: (one.right, one.given, one.wanted) for one in scored.scores}


# Reading.


def test_the_lines_are_read_in_their_order(tmp_path):
    path = write(tmp_path / "p.jsonl", pair("y", "agreeing", group="g"), "", pair("x", "unique"))

    assert [(one.id, one.label, one.group) for one in read_pairs(path)] == [
        ("y", "agreeing", "g"),
        ("x", "unique", None),
    ]


def test_other_fields_are_not_read(tmp_path):
    [one] = read_pairs(write(tmp_path / "p.jsonl", pair("x", "unique", source="a corpus")))

    assert not hasattr(one, "source")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"id": "x"', "2: not a line of JSON"),
        ('{"id": "x", "id": "x"}', "2: not a line of JSON (not JSON: duplicate key)"),
        ('{"id": "x", "score": NaN}', "2: not a line of JSON (not JSON: NaN"),
        ('"x"', "2: Input should be"),
        ({"text_a": "x", "text_b": "y", "label": "unique"}, "2: id: Field required"),
        ({"id": "x", "text_b": "y", "label": "unique"}, "2: x: text_a: Field required"),
        ({"id": "x", "text_a": "y", "label": "unique"}, "2: x: text_b: Field required"),
        ({"id": "x", "text_a": "y", "text_b": "z"}, "2: x: label: Field required"),
        (pair("x", "same"), "2: x: label: Input should be"),
        (pair("x", "unique", text_a=""), "2: x: text_a: Value error, there is nothing but white space"),
        (pair("x", "unique", text_b=["y"]), "2: x: text_b: Input should be a valid string"),
        (pair("x", "unique", group=3), "2: x: group: Input should be a valid string"),
        (pair("first", "unique"), "2: first: is already in line 1"),
    ],
)
def test_a_broken_line_is_named(tmp_path, line, problem):
    path = write(tmp_path / "p.jsonl", pair("first", "agreeing"), line)

    text = refusal(path)

    assert text.startswith(f"{path}:{problem}")
    assert "\n" not in text


@pytest.mark.parametrize("text", [" \n", "\x1c"])  # a file separator is white space to str.split
@pytest.mark.parametrize("field", ["text_a", "text_b"])
def test_a_text_of_white_space_alone_is_refused(tmp_path, field, text):
    path = write(tmp_path / "p.jsonl", pair("first", "agreeing"), pair("x", "unique", **{field: text}))

    assert refusal(path).startswith(f"{path}:2: x: {field}: ")


def test_all_problems_are_listed_at_once(tmp_path):
    path = write(tmp_path / "p.jsonl", "{", pair("x", "unique"), pair("x", "same"))

    assert [line.split(": ")[0] for line in refusal(path).split("\n")] == [f"{path}:1", f"{path}:3"]


@pytest.mark.parametrize("label", ["conflicting", "unique"])
def test_two_way_and_three_way_labels_in_one_file_are_refused(tmp_path, label):
    path = write(tmp_path / "p.jsonl", pair("x", "not_agreeing"), pair("y", label))

    assert refusal(path).startswith(f"{path}: has two-way labels (not_agreeing) and three-way ones")


@pytest.mark.parametrize("labels", [("agreeing", "not_agreeing"), ("agreeing", "conflicting", "unique")])
def test_labels_of_one_kind_are_read(tmp_path, labels):
    path = write(tmp_path / "p.jsonl", *(pair(label, label) for label in (*labels, "partial")))

    assert len(read_pairs(path)) == len(labels) + 1


@pytest.mark.parametrize("rows", [(), ("",), (pair("x", "partial"),)])
def test_a_file_without_a_labelled_pair_is_refused(tmp_path, rows):
    path = write(tmp_path / "p.jsonl", *rows)

    assert refusal(path) == f"{path}: no labelled pair in it"


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    (tmp_path / "p.jsonl").write_bytes(b"\xe9")

    assert "p.jsonl: not UTF-8 (byte 0)" in refusal(tmp_path / "p.jsonl")


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "p.jsonl: cannot be read (No such file" in refusal(tmp_path / "p.jsonl")


# Scoring.

THREE_WAY = (row("1", "agreeing"), row("2", "agreeing"), row("3", "conflicting"), row("4", "unique"))
SAID = {"1": AGREEING, "2": CONFLICTING, "3": CONFLICTING, "4": None}


def test_labels_are_counted_as_right_given_and_wanted():
    assert counts(score(THREE_WAY, told(**SAID))) == {
        "conflicting": (1, 2, 1),
        "agreeing": (1, 1, 2),
        "unique": (0, 0, 1),
    }


def test_accuracy_is_right_of_all():
    # lines 1 and 3
    assert score(THREE_WAY, told(**SAID)).accuracy.value == 0.5


def test_macro_f1_is_the_mean_f1_of_the_labels_by_hand():
    # agreeing 2 * 1 / (1 + 2), conflicting 2 * 1 / (2 + 1), unique 0: (2/3 + 2/3 + 0) / 3 = 0.4444
    assert score(THREE_WAY, told(**SAID)).macro_f1.value == 0.444444


def test_a_label_that_no_line_has_is_not_in_the_macro_f1():
    rows = (row("1", "agreeing"), row("2", "agreeing"), row("3", "conflicting"))
    scored = score(rows, told(**{"1": AGREEING, "2": UNIQUE, "3": CONFLICTING}))

    # agreeing 2 * 1 / (1 + 2), conflicting 1: (2/3 + 1) / 2
    assert scored.macro_f1.value == 0.833333
    assert set(counts(scored)) == {"agreeing", "conflicting"}


def test_what_has_no_answer_is_counted_and_wrong():
    scored = score([row("1", "agreeing"), row("2", "agreeing")], told(**{"1": None, "2": AGREEING}))

    assert (scored.not_judged, scored.n, scored.accuracy.value) == (1, 2, 0.5)


def test_where_nothing_is_right_accuracy_is_0():
    scored = score([row("1", "unique")], told(**{"1": None}))

    assert (scored.accuracy.value, scored.macro_f1.value) == (0.0, 0.0)


def test_partial_lines_are_left_out_and_counted():
    rows = (*THREE_WAY, row("5", "partial"), row("6", "partial"))
    scored = score(rows, told(**SAID))  # a judge that does not know lines 5 and 6

    assert (scored.n, scored.left_out, scored.groups) == (4, 2, 4)


TWO_WAY = (
    row("1", "agreeing"),
    row("2", "not_agreeing"),
    row("3", "not_agreeing"),
    row("4", "not_agreeing"),
)


def test_in_a_two_way_file_all_but_agreeing_is_not_agreeing():
    scored = score(TWO_WAY, told(**{"1": UNIQUE, "2": UNIQUE, "3": CONFLICTING, "4": AGREEING}))

    # not_agreeing was given to 1, 2 and 3; right for 2 and 3
    assert counts(scored) == {"agreeing": (0, 1, 1), "not_agreeing": (2, 3, 3)}
    assert scored.accuracy.value == 0.5


def test_in_a_two_way_file_no_answer_is_not_taken_for_not_agreeing():
    scored = score(TWO_WAY, told(**{"1": AGREEING, "2": None, "3": None, "4": UNIQUE}))

    assert (scored.not_judged, counts(scored)["not_agreeing"]) == (2, (1, 1, 3))


def test_partial_lines_make_no_file_two_way():
    scored = score([row("1", "agreeing"), row("2", "partial")], told(**{"1": CONFLICTING}))

    assert counts(scored) == {"agreeing": (0, 0, 1)}


def grouped(*groups):
    rows = [row(str(n), "unique", group=group) for n, group in enumerate(groups)]
    return score(rows, told(**{one.id: UNIQUE for one in rows})).groups


@pytest.mark.parametrize(
    ("groups", "n"),
    [
        (("g", "g", "h"), 2),
        (("g", "h", "g"), 2),
        (("g", None, None), 3),
        ((None, "0"), 2),  # the group 0 is not the line 0
    ],
)
def test_lines_of_one_group_count_as_one_and_any_other_line_for_itself(groups, n):
    assert grouped(*groups) == n


def test_groups_without_a_counted_line_do_not_count():
    rows = [row("1", "unique", group="g"), row("2", "partial", group="h")]

    assert score(rows, told(**{"1": UNIQUE})).groups == 1


def test_the_interval_is_over_groups():
    rows = [row(str(n), "agreeing", group="g" if n < 2 else "h") for n in range(4)]
    scored = score(rows, told(**{"0": AGREEING, "1": UNIQUE, "2": AGREEING, "3": AGREEING}))

    # g 1 of 2, h 2 of 2: their draws give 1/2, 3/4 or 1
    assert (scored.accuracy.low, scored.accuracy.high) == (0.5, 1.0)


# Judges.


class Fake:
    """An engine that answers every group alike and writes down the texts it saw."""

    name = "fake"

    def __init__(self, label=None, *, fails=False):
        self.label = label
        self.fails = fails
        self.seen = []

    async def extract(self, article):
        raise NotImplementedError

    async def judge(self, group):
        [a], [b] = group.rows, group.columns
        self.seen.append((a.text, b.text, [article.text for article in group.articles]))
        failure = Failure(step="judge", articles=("a", "b"), a=(a.id,), b=(b.id,), error="no answer")
        return Judgement(
            verdicts=(Verdict(a=a.id, b=b.id, label=self.label),) if self.label else (),
            failures=(failure,) if self.fails else (),
        )


@pytest.mark.parametrize(
    ("engine", "label"),
    [
        (Fake(AGREEING), AGREEING),
        (Fake(CONFLICTING), CONFLICTING),
        (Fake(UNIQUE), UNIQUE),
        (Fake(), UNIQUE),
        (Fake(fails=True), None),
        (Fake(CONFLICTING, fails=True), CONFLICTING),
    ],
)
def test_an_engine_gives_its_verdict_or_unique_or_where_it_failed_nothing(engine, label):
    assert asyncio.run(by_engine(engine)(row("1", "unique"))) is label


def test_an_engine_sees_the_texts_as_the_claims_of_two_articles():
    engine = Fake()

    asyncio.run(by_engine(engine)(row("1", "unique", text_a="The ferry\n sank.", text_b="It is afloat.")))

    # a claim is one line
    assert engine.seen == [("The ferry sank.", "It is afloat.", ["The ferry\n sank.", "It is afloat."])]


def test_texts_that_have_nothing_in_common_are_judged_too():
    engine = Fake(AGREEING)

    assert asyncio.run(by_engine(engine)(row("1", "unique", text_a="Frogs sing.", text_b="Up!"))) is AGREEING


@pytest.mark.parametrize(
    ("a", "b", "label"),
    [
        ("The fire killed 14 people.", "The fire killed 12 people.", CONFLICTING),
        ("The fire killed 14 people.", "The fire killed people.", AGREEING),
        ("The fire killed 14 people.", "Frogs sing.", UNIQUE),
    ],
)
def test_the_rule_reads_both_texts(a, b, label):
    assert asyncio.run(by_rule(row("1", "unique", text_a=a, text_b=b))) is label


@pytest.mark.parametrize(
    ("labels", "most"),
    [
        (["unique", "conflicting", "unique"], UNIQUE),
        (["unique", "conflicting", "agreeing"], AGREEING),
        (["unique", "conflicting", "unique", "conflicting", "agreeing"], CONFLICTING),
        (["partial", "partial", "conflicting"], CONFLICTING),
        (["not_agreeing", "not_agreeing", "agreeing"], UNIQUE),
        (["not_agreeing", "agreeing"], AGREEING),
    ],
)
def test_the_majority_is_the_most_frequent_label_the_first_by_name_in_a_tie(labels, most):
    rows = [row(str(n), label) for n, label in enumerate(labels)]

    assert asyncio.run(by_majority(rows)(rows[0])) is most


def test_the_majority_of_a_two_way_file_is_right_for_what_is_not_agreeing():
    assert score(TWO_WAY, by_majority(TWO_WAY)).accuracy.value == 0.75


# Whole files.


def test_each_file_is_scored_by_the_baselines_and_the_system(tmp_path):
    files = [write(tmp_path / f"{name}.jsonl", pair("1", "agreeing")) for name in ("y", "x")]

    found = asyncio.run(score_files(files, Fake(AGREEING), "system"))

    systems = [MAJORITY, RULE, BUILTIN_NAME, "system"]
    assert [(one.file, one.system) for one in found] == [
        (name, system) for name in "yx" for system in systems
    ]


def test_the_system_is_judged_by_its_own_engine(tmp_path):
    file = write(tmp_path / "p.jsonl", pair("1", "agreeing"), pair("2", "agreeing"))

    found = asyncio.run(score_files([file], Fake(fails=True), "system"))

    assert {one.system: one.not_judged for one in found} == {
        MAJORITY: 0,
        RULE: 0,
        BUILTIN_NAME: 0,
        "system": 2,
    }


def test_the_built_in_engine_is_not_scored_twice(tmp_path):
    file = write(tmp_path / "p.jsonl", pair("1", "agreeing"))

    found = asyncio.run(score_files([file], Fake(AGREEING), BUILTIN_NAME))

    assert [one.system for one in found] == [MAJORITY, RULE, BUILTIN_NAME]


def test_nothing_of_the_texts_is_in_the_scores(tmp_path):
    words = ("quokka", "wombat", "numbat", "bilby")
    rows = [
        pair("1", "agreeing", text_a="quokka wombat", text_b="wombat quokka"),
        pair("2", "conflicting", text_a="numbat 17", text_b="numbat 18"),
        pair("3", "partial", text_a="bilby", text_b="bilby"),
    ]

    files = asyncio.run(score_files([write(tmp_path / "p.jsonl", *rows)], Fake(fails=True), "system"))
    text = json.dumps(PairScores(checker="0", notes=(), files=files).model_dump(mode="json"))

    assert [word for word in words if word in text] == []
