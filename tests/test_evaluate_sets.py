"""Labelled sets are read strictly: what is wrong is named by file, line and record."""

import json
import os
import shutil

import pytest

from checker.errors import InputError
from checker.evaluate.records import pairing
from checker.evaluate.sets import read_set, read_sets
from checker.schema import Label

ARTICLES = {
    "a.txt": "The ferry sank on Monday.\nNine people died.\n",
    "b.txt": "A ferry went down.\nTwelve people died.\n",
}


def claim(name, quote, article=None, **more):
    article = article or f"{name[0]}.txt"
    return {"id": name, "article": article, "text": quote, "speaker": None, "quotes": [quote], **more}


def label(a, b, what="agreeing", **more):
    return {"a": a, "b": b, "label": what, **more}


CLAIMS = (
    claim("a1", "The ferry sank on Monday."),
    claim("a2", "Nine people died."),
    claim("b1", "A ferry went down."),
    claim("b2", "Twelve people died."),
)
LABELS = (label("a1", "b1"), label("a2", "b2", "conflicting", aspect="quantity", between="articles"))
NINE = claim("a9", "Nine people died.")
CROSS = label("a2", "b1")


def lines(rows):
    """One line for each row: a dict as JSON, a string as it stands."""
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


def write(folder, claims=CLAIMS, labels=LABELS, kinds=(), articles=ARTICLES):
    """A set on disk; without *kinds* there is no articles.jsonl."""
    (folder / "articles").mkdir(parents=True)
    for name, text in articles.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    for name, rows in (("claims", claims), ("labels", labels), ("articles", kinds)):
        if rows or name != "articles":
            (folder / f"{name}.jsonl").write_text(lines(rows), encoding="utf-8")
    return folder


def refusal(folder, read=read_set):
    with pytest.raises(InputError) as caught:
        read(folder)
    return str(caught.value)


def without(row, field):
    return {key: value for key, value in row.items() if key != field}


# What a good set holds.


def test_the_claims_are_those_of_the_file_in_its_order(tmp_path):
    one = read_set(write(tmp_path / "ferry"))

    assert [(each.id, each.article) for each in one.claims] == [
        ("a1", "a"),
        ("a2", "a"),
        ("b1", "b"),
        ("b2", "b"),
    ]


def test_a_quote_has_its_place_in_the_article(tmp_path):
    one = read_set(write(tmp_path / "ferry"))

    # "The ferry sank on Monday." and the line break are 26 characters; "Nine people died." has 17
    assert [(quote.start, quote.end) for quote in one.claims[1].quotes] == [(26, 43)]


def test_quotes_stand_in_the_order_of_the_text(tmp_path):
    thrice = claim("a3", "x", quotes=["Nine people died.", "ferry", "The ferry sank"])

    one = read_set(write(tmp_path / "ferry", claims=(*CLAIMS, thrice)))

    # by where they begin: 0, 4 and 26
    assert [quote.text for quote in one.claims[4].quotes] == ["The ferry sank", "ferry", "Nine people died."]


def test_a_quote_with_an_ellipsis_has_two_places(tmp_path):
    parted = claim("a3", "The ferry ... on Monday.")

    one = read_set(write(tmp_path / "ferry", claims=(*CLAIMS, parted)))

    assert [quote.text for quote in one.claims[4].quotes] == ["The ferry", "on Monday."]


def test_a_speaker_is_kept(tmp_path):
    said = claim("a3", "Nine people died.", speaker="The mayor")

    one = read_set(write(tmp_path / "ferry", claims=(*CLAIMS, said)))

    assert [each.speaker for each in one.claims] == [None, None, None, None, "The mayor"]


def test_a_listed_pair_has_its_label(tmp_path):
    one = read_set(write(tmp_path / "ferry"))

    assert one.label(("a2", "b2")) == Label.CONFLICTING


def test_a_pair_that_is_not_listed_is_unique(tmp_path):
    one = read_set(write(tmp_path / "ferry"))

    assert one.label(("a1", "b2")) == Label.UNIQUE


def test_a_pair_listed_the_other_way_round_has_its_label(tmp_path):
    one = read_set(write(tmp_path / "ferry", labels=(label("b1", "a1"),)))

    assert one.label(("a1", "b1")) == Label.AGREEING


def test_no_labels_are_a_set_too(tmp_path):
    assert read_set(write(tmp_path / "ferry", labels=())).labels == {}


def test_kinds_are_by_the_id_of_the_article(tmp_path):
    kinds = ({"article": "b.txt", "kind": "translated"},)

    assert read_set(write(tmp_path / "ferry", kinds=kinds)).kinds == {"b": "translated"}


def test_the_longest_id_and_the_longest_kind_are_read(tmp_path):
    longest = claim("a" * 200, "Nine people died.", "a.txt")

    one = read_set(
        write(tmp_path / "ferry", claims=(*CLAIMS, longest), kinds=({"article": "a.txt", "kind": "x" * 60},))
    )

    assert (len(one.claims[4].id), len(one.kinds["a"])) == (200, 60)


def test_without_articles_jsonl_no_kind_is_known(tmp_path):
    assert read_set(write(tmp_path / "ferry")).kinds == {}


def test_blank_lines_are_passed_over_and_counted(tmp_path):
    folder = write(tmp_path / "ferry", labels=(LABELS[0], "", "   ", "{"))

    assert refusal(folder).startswith(f"{folder / 'labels.jsonl'}:4: ")


@pytest.mark.parametrize(
    "change", [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.replace(b"\n", b"\r\n")]
)
def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path, change):
    folder = write(tmp_path / "ferry")
    file = folder / "claims.jsonl"
    file.write_bytes(change(file.read_bytes()))

    assert len(read_set(folder).claims) == 4


# Its pairs and statuses.


def test_the_key_of_a_pair_has_the_smaller_id_first():
    assert pairing("b7", "a1") == pairing("a1", "b7") == ("a1", "b7")


def test_pairs_are_those_of_different_articles_in_the_order_of_the_claims(tmp_path):
    claims = (CLAIMS[2], CLAIMS[0], CLAIMS[3], CLAIMS[1])  # b1 a1 b2 a2

    one = read_set(write(tmp_path / "ferry", claims=claims))

    # b1 with a1, a2; a1 with b2; b2 with a2
    assert list(one.pairs()) == [("a1", "b1"), ("a2", "b1"), ("a1", "b2"), ("a2", "b2")]


def three_articles(folder):
    """Claims: two of a, two of b, one of c."""
    articles = {**ARTICLES, "c.txt": "The pier was closed.\n"}
    return read_set(write(folder, claims=(*CLAIMS, claim("c1", "The pier was closed.")), articles=articles))


def test_n_pairs_counts_the_pairs_of_different_articles(tmp_path):
    # a with b 2 * 2, a with c 2 * 1, b with c 2 * 1
    assert three_articles(tmp_path / "ferry").n_pairs == 8


def test_n_pairs_is_the_number_of_pairs(tmp_path):
    one = three_articles(tmp_path / "ferry")

    assert len(set(one.pairs())) == one.n_pairs


def test_n_article_pairs_counts_the_pairs_of_articles(tmp_path):
    # a b, a c, b c
    assert three_articles(tmp_path / "ferry").n_article_pairs == 3


@pytest.mark.parametrize("turn", [1, -1])
def test_a_claims_status_is_its_strongest_label_in_whatever_order(tmp_path, turn):
    labels = (label("a1", "b1"), label("a1", "b2", "conflicting"), label("a2", "b1", "unique"))[::turn]

    one = read_set(write(tmp_path / "ferry", labels=labels))

    # a1 agrees with b1 and conflicts with b2; a2 is only ever unique
    assert one.statuses == {"a1": "conflicting", "a2": "unique", "b1": "agreeing", "b2": "conflicting"}


# What is refused.


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('{"id": "a9"', "claims.jsonl:5: not a line of JSON"),
        ("['a9']", "claims.jsonl:5: not a line of JSON"),
        ('{"id": "a9", "text": NaN}', "claims.jsonl:5: not a line of JSON (not JSON: NaN"),
        ('{"id": "a9", "id": "a9"}', "claims.jsonl:5: not a line of JSON (not JSON: duplicate key)"),
        ('["a9"]', "claims.jsonl:5: Input should be"),
        (without(NINE, "id"), "claims.jsonl:5: id: Field required"),
        (without(NINE, "article"), "claims.jsonl:5: a9: article: Field required"),
        (without(NINE, "text"), "claims.jsonl:5: a9: text: Field required"),
        (without(NINE, "speaker"), "claims.jsonl:5: a9: speaker: Field required"),
        (without(NINE, "quotes"), "claims.jsonl:5: a9: quotes: Field required"),
        ({**NINE, "note": "?"}, "claims.jsonl:5: a9: note: Extra inputs"),
        ({**NINE, "text": ""}, "claims.jsonl:5: a9: text: String should have at least 1"),
        ({**NINE, "text": 9}, "claims.jsonl:5: a9: text: Input should be a valid string"),
        ({**NINE, "quotes": []}, "claims.jsonl:5: a9: quotes: List should have at least 1"),
        ({**NINE, "quotes": "Nine people died."}, "claims.jsonl:5: a9: quotes: Input should be a valid list"),
        ({**NINE, "article": "z.txt"}, "claims.jsonl:5: a9: no article 'z.txt' in "),
        ({**NINE, "article": "a"}, "claims.jsonl:5: a9: no article 'a' in "),
        ({**NINE, "quotes": ["Ten died."]}, "claims.jsonl:5: a9: its quote is not in a.txt: 'Ten died.'"),
        ({**NINE, "article": "b.txt"}, "claims.jsonl:5: a9: its quote is not in b.txt: 'Nine people died.'"),
        ({**NINE, "quotes": ["Nine people died.", "Ten."]}, "claims.jsonl:5: a9: its quote is not in a.txt: 'Ten.'"),
        ({**NINE, "quotes": [" "]}, "claims.jsonl:5: a9: its quote is not in a.txt: ' '"),
        ({**NINE, "id": ""}, "claims.jsonl:5: id: String should have at least 1"),
        ({**NINE, "id": "a" * 201}, f"claims.jsonl:5: {'a' * 201}: id: String should have at most 200"),
        ({**NINE, "id": "a2"}, "claims.jsonl:5: a2: is already in line 2"),
    ],
)  # fmt: skip
def test_a_broken_claim_is_named(tmp_path, row, problem):
    folder = write(tmp_path / "ferry", claims=(*CLAIMS, row))

    text = refusal(folder)

    assert text.startswith(f"{folder}/{problem}")
    assert "\n" not in text


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('{"a": "a2"', "labels.jsonl:3: not a line of JSON"),
        ('{"a": "a2", "b": "b1", "label": Infinity}', "labels.jsonl:3: not a line of JSON (not JSON: NaN"),
        ('{"a": "a2", "a": "a2"}', "labels.jsonl:3: not a line of JSON (not JSON: duplicate key)"),
        (without(CROSS, "b"), "labels.jsonl:3: b: Field required"),
        (without(CROSS, "label"), "labels.jsonl:3: a2, b1: label: Field required"),
        ({**CROSS, "label": "same"}, "labels.jsonl:3: a2, b1: label: Input should be"),
        ({**CROSS, "label": "partial"}, "labels.jsonl:3: a2, b1: label: Input should be"),
        ({**CROSS, "reason": "?"}, "labels.jsonl:3: a2, b1: reason: Extra inputs"),
        (label("a2", "b1", "conflicting", aspect="size"), "labels.jsonl:3: a2, b1: aspect: Input should be"),
        (label("a2", "b1", "conflicting", between="us"), "labels.jsonl:3: a2, b1: between: Input should be"),
        ({**CROSS, "a": "a8"}, "labels.jsonl:3: a8, b1: no claim 'a8' in claims.jsonl"),
        ({**CROSS, "b": "b8"}, "labels.jsonl:3: a2, b8: no claim 'b8' in claims.jsonl"),
        ({**CROSS, "b": "a1"}, "labels.jsonl:3: a2, a1: both claims are of one article"),
        ({**CROSS, "b": "a2"}, "labels.jsonl:3: a2, a2: both claims are of one article"),
        (label("a2", "b2"), "labels.jsonl:3: a2, b2: is already in line 2"),
        (label("b2", "a2"), "labels.jsonl:3: a2, b2: is already in line 2"),
    ],
)
def test_a_broken_label_is_named(tmp_path, row, problem):
    folder = write(tmp_path / "ferry", labels=(*LABELS, row))

    text = refusal(folder)

    assert text.startswith(f"{folder}/{problem}")
    assert "\n" not in text


@pytest.mark.parametrize("note", [{"aspect": "time"}, {"between": "articles"}])
@pytest.mark.parametrize("what", ["agreeing", "unique"])
def test_notes_on_a_pair_that_is_no_conflict_are_refused(tmp_path, what, note):
    folder = write(tmp_path / "ferry", labels=(*LABELS, label("a2", "b1", what, **note)))

    text = refusal(folder)

    assert text.startswith(f"{folder / 'labels.jsonl'}:3: a2, b1: ")
    assert text.endswith(f"aspect and between belong to a conflict, not to {what}")


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([{"article": "z.txt", "kind": "wire"}], "articles.jsonl:1: no article 'z.txt' in "),
        ([{"article": "a.txt", "kind": ""}], "articles.jsonl:1: kind: String should have at least 1"),
        ([{"article": "a.txt", "kind": "x" * 61}], "articles.jsonl:1: kind: String should have at most 60"),
        ([{"article": "a.txt"}], "articles.jsonl:1: kind: Field required"),
        (
            [{"article": "a.txt", "kind": "wire"}, {"article": "a.txt", "kind": "blog"}],
            "articles.jsonl:2: a.txt: is already in line 1",
        ),
    ],
)
def test_a_broken_kind_is_named(tmp_path, rows, problem):
    folder = write(tmp_path / "ferry", kinds=rows)

    assert refusal(folder).startswith(f"{folder}/{problem}")


@pytest.mark.parametrize("name", ["claims.jsonl", "labels.jsonl", "articles.jsonl"])
def test_a_file_that_is_not_utf_8_is_named(tmp_path, name):
    folder = write(tmp_path / "ferry", kinds=({"article": "a.txt", "kind": "wire"},))
    (folder / name).write_bytes(b"{}\n\xff\n")

    # the bytes before it are { } and a line break
    assert refusal(folder) == f"{folder / name}: not UTF-8 (byte 3); save it as UTF-8"


@pytest.mark.parametrize("name", ["claims.jsonl", "labels.jsonl"])
def test_a_set_without_one_of_its_files_is_refused(tmp_path, name):
    folder = write(tmp_path / "ferry")
    (folder / name).unlink()

    assert refusal(folder).startswith(f"{folder / name}: no such file")


def test_the_problems_of_all_files_are_listed_at_once(tmp_path):
    folder = write(
        tmp_path / "ferry",
        claims=(*CLAIMS, without(NINE, "text"), "{"),
        labels=(*LABELS, {**CROSS, "label": "same"}),
        kinds=({"article": "z.txt", "kind": "wire"},),
    )

    places = [line.removeprefix(f"{folder}/").split(": ")[0] for line in refusal(folder).split("\n")]
    assert places == ["claims.jsonl:5", "claims.jsonl:6", "labels.jsonl:3", "articles.jsonl:1"]


def test_all_problems_of_one_line_are_listed(tmp_path):
    folder = write(tmp_path / "ferry", claims=(*CLAIMS, without(without(NINE, "text"), "speaker")))

    assert refusal(folder).count("claims.jsonl:5: a9: ") == 2


def test_twenty_problems_are_all_listed(tmp_path):
    text = refusal(write(tmp_path / "ferry", labels=["{"] * 20))

    assert len(text.split("\n")) == 20
    assert "more" not in text


def test_of_more_than_twenty_problems_the_rest_is_counted(tmp_path):
    found = refusal(write(tmp_path / "ferry", labels=["{"] * 21)).split("\n")

    assert found[19].split(": ")[0].endswith("labels.jsonl:20")
    assert found[20:] == ["... and 1 more"]


@pytest.mark.parametrize("change", [{"quotes": ["Ten died."]}, {"text": ""}])
def test_a_broken_claim_is_not_said_to_be_missing_where_a_label_names_it(tmp_path, change):
    folder = write(tmp_path / "ferry", claims=({**CLAIMS[0], **change}, *CLAIMS[1:]))

    # a1 stands in line 1 of claims.jsonl, so that "no claim 'a1' in claims.jsonl" would not be true
    assert "no claim" not in refusal(folder)


# Where sets are looked for.


def test_a_folder_that_is_a_set_has_its_own_name(tmp_path):
    [one] = read_sets([write(tmp_path / "ferry")])

    assert one.name == "ferry"


def test_sets_below_a_folder_are_named_by_their_path_in_it(tmp_path):
    write(tmp_path / "sets" / "news" / "ferry")
    write(tmp_path / "sets" / "bridge")

    assert [one.name for one in read_sets([tmp_path / "sets"])] == ["bridge", "news/ferry"]


def test_sets_of_several_folders_stand_in_the_order_given(tmp_path):
    ferry, bridge = write(tmp_path / "x" / "ferry"), write(tmp_path / "y" / "bridge")

    assert [one.name for one in read_sets([ferry, bridge])] == ["ferry", "bridge"]


def test_two_sets_of_one_name_are_refused(tmp_path):
    write(tmp_path / "x" / "ferry")
    write(tmp_path / "y" / "ferry")

    with pytest.raises(InputError, match="two sets have the name 'ferry'"):
        read_sets([tmp_path / "x", tmp_path / "y"])


def test_one_name_in_two_places_of_one_folder_is_two_names(tmp_path):
    write(tmp_path / "x" / "ferry")
    write(tmp_path / "y" / "ferry")

    assert [one.name for one in read_sets([tmp_path])] == ["x/ferry", "y/ferry"]


def test_a_folder_without_a_set_below_it_is_refused(tmp_path):
    (tmp_path / "empty" / "inner").mkdir(parents=True)

    assert refusal([tmp_path / "empty"], read_sets).startswith(f"{tmp_path / 'empty'}: no labelled set here")


@pytest.mark.parametrize("name", ["nowhere", "file.txt"])
def test_a_path_that_is_no_folder_is_refused(tmp_path, name):
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")

    assert refusal([tmp_path / name], read_sets).startswith(f"{tmp_path / name}: no such folder")


# What its digest stands for.


def digest(folder, **parts):
    return read_set(write(folder, **parts)).digest


def test_the_digest_is_12_hex_digits(tmp_path):
    found = digest(tmp_path / "ferry")

    assert len(found) == 12
    assert set(found) <= set("0123456789abcdef")


def test_the_digest_does_not_change_with_the_place_or_the_name_of_the_folder(tmp_path):
    folder = write(tmp_path / "ferry")
    shutil.copytree(folder, tmp_path / "deep" / "down" / "boat")

    assert read_set(tmp_path / "deep" / "down" / "boat").digest == read_set(folder).digest


@pytest.mark.parametrize(
    "changed",
    [
        {"labels": (label("a1", "b1", "conflicting"), LABELS[1])},
        {"labels": LABELS[:1]},
        {"claims": ({**CLAIMS[0], "text": "A ferry sank."}, *CLAIMS[1:])},
        {"articles": {**ARTICLES, "a.txt": ARTICLES["a.txt"] + "More follows.\n"}},
        {"articles": {**ARTICLES, "c.txt": "The pier was closed.\n"}},
    ],
)
def test_the_digest_changes_with_a_label_a_claim_and_an_article(tmp_path, changed):
    assert digest(tmp_path / "one") != digest(tmp_path / "other", **changed)


def test_the_digest_changes_with_the_kind_of_an_article(tmp_path):
    # the slices by kind of articles depend on it
    kinds = [({"article": "a.txt", "kind": kind},) for kind in ("wire", "translated")]

    assert digest(tmp_path / "one", kinds=kinds[0]) != digest(tmp_path / "other", kinds=kinds[1])


def test_two_articles_of_one_file_name_are_refused(tmp_path):
    folder = write(tmp_path / "ferry")
    (folder / "articles" / "more").mkdir()
    (folder / "articles" / "more" / "a.txt").write_text("Another text.\n", encoding="utf-8")

    assert "two articles are called 'a.txt'" in refusal(folder)


def test_labels_without_claims_are_a_set_that_is_not_whole(tmp_path):
    write(tmp_path / "ferry")
    (tmp_path / "stray").mkdir()
    (tmp_path / "stray" / "labels.jsonl").write_text("", encoding="utf-8")

    with pytest.raises(InputError, match=r"stray/claims\.jsonl: no such file"):
        read_sets([tmp_path])


def test_an_article_that_cannot_be_read_is_a_problem_of_the_set(tmp_path):
    folder = write(tmp_path / "ferry")
    (folder / "articles" / "c.pdf").write_bytes(b"%PDF-1.4")

    assert "c.pdf" in refusal(folder)


def test_who_labelled_a_set_is_known_where_it_says_so(tmp_path):
    folder = write(tmp_path / "ferry")
    (folder / "about.jsonl").write_text('{"labelled_by": "two editors"}\n', encoding="utf-8")

    assert read_set(folder).labelled_by == "two editors"
    assert read_set(write(tmp_path / "other")).labelled_by is None


def test_files_that_are_no_articles_are_not_in_the_digest(tmp_path):
    folder = write(tmp_path / "set")
    before = read_set(folder).digest
    os.mkfifo(folder / "articles" / ".pipe")
    (folder / "articles" / ".big").touch()
    os.truncate(folder / "articles" / ".big", 2**40)

    assert read_set(folder).digest == before


@pytest.mark.parametrize("name", ["claims.jsonl", "labels.jsonl", "articles.jsonl"])
def test_a_table_larger_than_any_memory_is_refused(tmp_path, name):
    folder = write(tmp_path / "set", kinds=({"article": "a.txt", "kind": "report"},))
    os.truncate(folder / name, 2**40)

    assert f"{name}: cannot be read (larger than 200,000,000 bytes)" in refusal(folder)
