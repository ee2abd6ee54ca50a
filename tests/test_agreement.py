"""Annotators are held against each other pair by pair, counts first."""

import json

import pytest

from checker.errors import InputError
from checker.evaluate.agreement import MOST_SHOWN, agreement, lines
from checker.schema import Label

A, C, U = Label.AGREEING, Label.CONFLICTING, Label.UNIQUE
CLAIMS = ("a1", "a2", "b1", "b2", "b3", "b4", "b5")
"""Two claims of one article and five of another: ten pairs."""


@pytest.fixture
def write(tmp_path):
    """Write lines of JSON to a file below the test's folder; text is written as it is."""

    def to_file(name, rows):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        text = rows if isinstance(rows, str) else "".join(f"{json.dumps(row)}\n" for row in rows)
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


@pytest.fixture
def label(write):
    """Write one annotator's labels, a pair and its label in each word: `a1-b2:C`."""

    def labels(name, words):
        long = {"A": A, "C": C, "U": U}
        pairs = [(word.partition(":")[0].split("-"), long[word[-1]]) for word in words.split()]
        return write(name, [{"a": a, "b": b, "label": label} for (a, b), label in pairs])

    return labels


def claim(name, text=None):
    return {
        "id": name,
        "article": f"{name[0]}.txt",
        "text": text or f"text of {name}",
        "speaker": None,
        "quotes": ["q"],
    }


def claim_rows():
    return [claim(name) for name in CLAIMS]


def test_the_pairs_are_all_of_claims_of_different_articles(write, label):
    write("claims.jsonl", claim_rows())

    assert agreement([label("mk.jsonl", "a1-b1:A"), label("ab.jsonl", "")]).three.n == 10


def test_a_pair_that_is_not_listed_is_unique(write, label):
    write("claims.jsonl", claim_rows())
    found = agreement([label("mk.jsonl", "a1-b1:A a1-b2:A"), label("ab.jsonl", "a1-b1:A a1-b3:U")])

    # They differ on a1-b2 alone.
    assert (found.three.alike, found.three.n) == (9, 10)
    assert found.disagreements[0].labels == {"mk": A, "ab": U}


def test_a_pair_is_the_same_whichever_claim_stands_first(write, label):
    write("claims.jsonl", claim_rows())

    assert agreement([label("mk.jsonl", "a1-b1:A"), label("ab.jsonl", "b1-a1:A")]).disagreements == ()


def test_pairs_that_anyone_marks_are_counted_apart(write, label):
    write("claims.jsonl", claim_rows())
    found = agreement([label("mk.jsonl", "a1-b1:A a1-b2:C"), label("ab.jsonl", "a1-b1:A a1-b3:A")])

    # Marked: a1-b1, a1-b2, a1-b3, of which the first alike; a conflict: a1-b2 alone, not alike.
    assert (found.three.marked_alike, found.three.marked) == (1, 3)
    assert (found.conflicting.marked_alike, found.conflicting.marked) == (0, 1)


def test_kappa_and_alpha_of_conflicting_or_not_are_those_worked_out_by_hand(write, label):
    write("claims.jsonl", claim_rows())
    found = agreement(
        [label("mk.jsonl", "a1-b1:C a1-b2:C a1-b3:C"), label("ab.jsonl", "a1-b1:C a1-b2:C a2-b1:C")]
    )

    # Both 2, one alone 1 and 1, neither 6: observed 0.8, expected 0.3 * 0.3 + 0.7 * 0.7 = 0.58;
    # kappa 0.22 / 0.42. Of 20 labels 6 are conflicting; alpha 1 - 19 * 4 / (2 * 6 * 14).
    [kappa] = found.conflicting.kappas
    assert (kappa.a, kappa.b, kappa.alike, kappa.n) == ("mk", "ab", 8, 10)
    assert kappa.kappa == pytest.approx(0.22 / 0.42)
    assert found.conflicting.alpha == pytest.approx(1 - 76 / 168)


def test_conflicting_or_not_takes_agreeing_and_unique_for_one(write, label):
    write("claims.jsonl", claim_rows())
    found = agreement([label("mk.jsonl", "a1-b1:C a1-b2:A"), label("ab.jsonl", "a1-b1:C")])

    assert found.conflicting.alpha == 1
    assert found.three.alpha < 1


def test_full_agreement_is_1(write, label):
    write("claims.jsonl", claim_rows())
    found = agreement([label("mk.jsonl", "a1-b1:C a1-b2:A"), label("ab.jsonl", "a1-b1:C a1-b2:A")])

    assert (found.three.alike, found.three.alpha, found.three.kappas[0].kappa) == (10, 1, 1)


def test_where_all_is_unique_nothing_can_be_said_beyond_the_counts(write, label):
    write("claims.jsonl", claim_rows())
    found = agreement([label("mk.jsonl", ""), label("ab.jsonl", "")])

    assert (found.three.alike, found.three.alpha, found.three.kappas[0].kappa) == (10, None, None)


def test_three_annotators_have_a_kappa_for_each_two(write, label):
    write("claims.jsonl", claim_rows())
    files = [label(f"{name}.jsonl", "a1-b1:A") for name in ("mk", "ab", "xy")]

    assert [(one.a, one.b) for one in agreement(files).three.kappas] == [
        ("mk", "ab"),
        ("mk", "xy"),
        ("ab", "xy"),
    ]


def test_alike_means_all_annotators(write, label):
    write("claims.jsonl", claim_rows())
    words = {"mk": "a1-b1:A", "ab": "a1-b1:A", "xy": ""}
    found = agreement([label(f"{name}.jsonl", text) for name, text in words.items()])

    assert (found.three.alike, [one.alike for one in found.three.kappas]) == (9, [10, 9, 9])


def test_without_claims_only_listed_pairs_count(label):
    found = agreement([label("mk.jsonl", "a1-b1:A a1-b2:A"), label("ab.jsonl", "a1-b1:A a1-b3:U")])

    assert (found.claims, found.three.alike, found.three.n) == (None, 2, 3)


def test_without_claims_the_terminal_says_so(label):
    files = [label("mk.jsonl", "a1-b1:A"), label("ab.jsonl", "a1-b1:A")]

    assert "Without a claims file only the 1 pair that somebody lists" in "\n".join(lines(agreement(files)))


def test_a_claims_file_that_is_given_comes_first(write, label):
    write("claims.jsonl", claim_rows())
    other = write("other.jsonl", [*claim_rows(), claim("c1")])

    # c1 adds a pair with each of the seven.
    assert agreement([label("mk.jsonl", ""), label("ab.jsonl", "")], other).three.n == 17


def test_the_claims_may_lie_beside_one_of_the_files(write, label):
    write("mk/claims.jsonl", claim_rows())

    assert agreement([label("mk/labels.jsonl", ""), label("ab/labels.jsonl", "")]).three.n == 10


def test_the_same_claims_may_lie_beside_every_file(write, label):
    write("mk/claims.jsonl", claim_rows())
    write("ab/claims.jsonl", claim_rows())

    assert agreement([label("mk/labels.jsonl", ""), label("ab/labels.jsonl", "")]).three.n == 10


def test_claims_that_differ_between_annotators_are_refused(write, label):
    write("mk/claims.jsonl", claim_rows())
    write("ab/claims.jsonl", claim_rows()[:-1])

    with pytest.raises(InputError, match="differ, so the labels are not of the same claims"):
        agreement([label("mk/labels.jsonl", ""), label("ab/labels.jsonl", "")])


def test_annotators_are_named_by_the_folder_where_the_files_have_one_name(write, label):
    write("mk/claims.jsonl", claim_rows())

    assert agreement([label("mk/labels.jsonl", ""), label("ab/labels.jsonl", "")]).annotators == ("mk", "ab")


def test_disagreements_have_the_texts_of_both_claims(write, label):
    write("claims.jsonl", claim_rows())
    [one] = agreement([label("mk.jsonl", "b1-a1:A"), label("ab.jsonl", "")]).disagreements

    assert (one.a, one.b, one.texts) == ("a1", "b1", ("text of a1", "text of b1"))


def test_disagreements_about_conflicts_stand_first(write, label):
    write("claims.jsonl", claim_rows())
    found = agreement([label("mk.jsonl", "a1-b1:A a2-b5:C"), label("ab.jsonl", "a1-b2:A")])

    assert [one.b for one in found.disagreements] == ["b5", "b1", "b2"]


def test_one_file_is_refused(label):
    with pytest.raises(InputError, match="at least two"):
        agreement([label("mk.jsonl", "a1-b1:A")])


def test_one_file_twice_is_refused(label):
    path = label("mk.jsonl", "a1-b1:A")

    with pytest.raises(InputError, match="named twice"):
        agreement([path, path.parent / ".." / path.parent.name / path.name])


def test_files_without_any_pair_are_refused(label):
    with pytest.raises(InputError, match="no pair of claims"):
        agreement([label("mk.jsonl", ""), label("ab.jsonl", "")])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('{"a": "a1", "b": "b9", "label": "agreeing"}', "1: a1, b9: no claim 'b9' in claims.jsonl"),
        ('\n{"a": "a1", "b": "a2", "label": "agreeing"}', "2: a1, a2: both claims are of one article"),
        ('{"a": "a1", "b": "a1", "label": "unique"}', "1: a1, a1: a claim is no pair with itself"),
        ('{"a": "a1", "b": "b1", "label": "maybe"}', "1: a1, b1: label: Input should be"),
        ('{"a": "a1", ', "1: not a line of JSON"),
        (
            '{"a": "a1", "b": "b1", "label": "unique"}\n{"a": "b1", "b": "a1", "label": "agreeing"}',
            "2: b1, a1: is already in line 1",
        ),
    ],
)
def test_a_label_that_does_not_fit_is_named_by_file_line_and_record(write, label, rows, said):
    write("claims.jsonl", claim_rows())
    bad = write("ab.jsonl", rows)

    with pytest.raises(InputError) as refused:
        agreement([label("mk.jsonl", ""), bad])

    assert f"{bad}:{said}" in str(refused.value)


def test_every_file_is_looked_through_before_anything_is_refused(write, label):
    write("claims.jsonl", claim_rows())
    files = [label("mk.jsonl", "a1-x:A"), label("ab.jsonl", "a1-y:A")]

    with pytest.raises(InputError, match=r"(?s)mk.jsonl:1: a1, x.*ab.jsonl:1: a1, y"):
        agreement(files)


def test_a_claim_that_stands_twice_is_refused(write, label):
    claims = write("claims.jsonl", [claim("a1"), claim("b1"), claim("a1")])

    with pytest.raises(InputError) as refused:
        agreement([label("mk.jsonl", ""), label("ab.jsonl", "")])

    assert str(refused.value) == f"{claims}:3: a1: is already in line 1"


def test_the_terminal_gives_counts_before_coefficients(write, label):
    write("claims.jsonl", claim_rows())
    found = agreement([label("mk.jsonl", "a1-b1:C a1-b2:A"), label("ab.jsonl", "a1-b1:C a1-b3:A")])
    shown = list(lines(found.model_copy(update={"claims": "claims.jsonl"})))

    # Three labels: 8 of 10 alike, 1 and 8 and 1 of each label: expected 0.01 + 0.01 + 0.64; kappa
    # 0.14 / 0.34. Alpha: 2, 2 and 16 of 20: 1 - 19 * 4 / (400 - 4 - 4 - 256).
    assert shown == [
        "2 annotators: mk, ab",
        "All 10 pairs of claims of different articles in claims.jsonl; a pair that is not listed is unique.",
        "",
        "conflicting, agreeing, unique: 8 of 10 pairs labelled alike, 1 of the 3 that anyone calls conflicting or agreeing",
        "  Krippendorff's alpha 0.441",
        "  mk and ab: 8 of 10 alike, Cohen's kappa 0.412",
        "",
        "conflicting, not conflicting: 10 of 10 pairs labelled alike, 1 of the 1 that anyone calls conflicting",
        "  Krippendorff's alpha 1.000",
        "  mk and ab: 10 of 10 alike, Cohen's kappa 1.000",
        "",
        "2 disagreements, conflicts first",
        "  a1 b2: mk agreeing, ab unique",
        "    text of a1",
        "    text of b2",
        "  a1 b3: mk unique, ab agreeing",
        "    text of a1",
        "    text of b3",
    ]


def test_the_terminal_counts_the_disagreements_it_does_not_show(label):
    many = " ".join(f"a{n}-b{n}:A" for n in range(MOST_SHOWN + 3))
    found = agreement([label("mk.jsonl", many), label("ab.jsonl", "")])

    assert list(lines(found))[-1] == "  3 more, not shown"
    assert sum(text.startswith("  a") for text in lines(found, most=None)) == MOST_SHOWN + 3


def test_text_from_outside_cannot_steer_the_terminal(write, label):
    write("claims.jsonl", [claim("a1", "a\x1b[2J\u202ea"), claim("b1\x07", "b\nb")])
    mk = write("mk.jsonl", [{"a": "a1", "b": "b1\x07", "label": "agreeing"}])
    shown = list(lines(agreement([mk, label("ab.jsonl", "")])))

    assert shown[-2:] == ["    a\ufffd[2Ja", "    b b"]
    assert not {"\x1b", "\u202e", "\x07", "\n"} & set("".join(shown))
