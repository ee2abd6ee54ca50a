"""Which articles carry largely the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.copies import Copy, Texts, texts
from checker.schema import Article


def article(name, text):
    return Article(id=name, path=f"{name}.txt", format="text", text=text)


def words(start, number):
    """Words that stand nowhere else: `w7 w8 w9`."""
    return " ".join(f"w{i}" for i in range(start, start + number))


def groups(*given):
    """The groups of articles that are named a, b, c… in their order."""
    return texts([article(name, text) for name, text in zip("abcdef", given, strict=False)]).groups


WIRE = words(0, 200)
SENTENCE = words(900, 40)
CHINESE = "".join(chr(0x4E00 + i) for i in range(300))


def test_no_articles_have_no_texts():
    assert texts([]).groups == ()


def test_different_texts_stand_alone_and_have_no_copies():
    found = texts([article("a", words(0, 200)), article("b", words(500, 200))])

    assert (found.groups, found.copies) == ((("a",), ("b",)), ())


def test_the_same_text_is_a_copy_whatever_its_case_and_punctuation():
    assert groups("The ferry, “Lena”, ran\naground.", "THE FERRY LENA: RAN AGROUND") == (("a", "b"),)


def test_a_text_cut_short_is_a_copy():
    assert groups(WIRE, words(0, 60)) == (("a", "b"),)


def test_paragraphs_of_their_own_at_the_end_of_both_leave_two_copies():
    assert groups(f"{WIRE}\n\n{words(300, 150)}", f"{WIRE}\n\n{words(600, 150)}") == (("a", "b"),)


def test_one_word_in_ten_changed_leaves_a_copy():
    changed = " ".join(f"x{i}" if i % 10 == 0 else f"w{i}" for i in range(200))

    assert groups(WIRE, changed) == (("a", "b"),)


def test_one_long_sentence_shared_by_two_short_articles_makes_no_copy():
    assert groups(f"{SENTENCE} {words(0, 10)}", f"{words(20, 10)} {SENTENCE}") == (("a",), ("b",))


def test_a_third_of_the_text_shared_makes_no_copy():
    assert groups(f"{words(0, 100)} {words(300, 200)}", f"{words(0, 100)} {words(600, 200)}") == (
        ("a",),
        ("b",),
    )


def test_two_articles_without_a_run_of_words_are_no_copies():
    assert groups("", "", "Fire out", "Fire out") == (("a",), ("b",), ("c",), ("d",))


def test_a_copy_of_a_copy_is_in_the_group():
    # a and c share nothing; b is the two of them, one after the other
    assert groups(words(0, 100), words(0, 200), words(100, 100)) == (("a", "b", "c"),)


def test_a_text_without_spaces_is_compared_by_its_characters():
    assert groups(CHINESE, f"{CHINESE[:100]}。", CHINESE[::-1]) == (("a", "b"), ("c",))


def test_signs_that_nobody_sees_hide_no_copy():
    assert groups(WIRE, WIRE.replace("w", "w\u200b\u00ad")) == (("a", "b"),)


def test_vowel_signs_belong_to_their_words():
    # without the signs, every word would be the same two letters
    signs = "ािीुूेैोौ"
    plain = [f"क{one}ल{other}" for one in signs for other in signs]

    assert groups(" ".join(plain), " ".join(plain[::-1])) == (("a",), ("b",))


def test_the_share_is_the_part_of_the_runs_that_the_other_has_too():
    found = texts([article("long", words(0, 104)), article("cut", words(0, 54))])

    # runs of five words: 100 in the long one, 50 in the cut one, 50 in both
    assert found.copies == (Copy("long", "cut", 0.5), Copy("cut", "long", 1.0))


def test_a_copy_names_the_member_that_it_shares_most_with():
    found = texts([article("a", words(0, 60)), article("b", words(0, 200)), article("c", words(0, 150))])

    assert [(copy.article, copy.of) for copy in found.copies] == [("a", "b"), ("b", "c"), ("c", "b")]


@pytest.mark.parametrize(
    ("asked", "number"), [("abc", 2), ("ab", 1), ("c", 1), ("", 0), ("z", 0)]
)  # fmt: skip
def test_independent_texts_are_counted_among_the_articles_asked_for(asked, number):
    found = texts([article("a", WIRE), article("b", WIRE), article("c", words(500, 100))])

    assert found.count(asked) == number


def linked(*pairs):
    """Articles of one group, of which those in *pairs* are copies: `ab` joins a and b."""
    names = sorted(set("".join(pairs)))
    copies_of = {name: frozenset("".join(pair for pair in pairs if name in pair)) - {name} for name in names}
    return Texts(groups=(tuple(names),), copies=(), copies_of=copies_of)


def test_a_digest_of_two_articles_takes_neither_its_independence():
    found = texts([article("a", words(0, 100)), article("b", words(500, 100))])
    digest = article("x", f"{words(0, 100)}\n{words(500, 100)}")
    with_digest = texts([article("a", words(0, 100)), article("b", words(500, 100)), digest])

    assert (found.count("ab"), with_digest.count("ab"), with_digest.count("abx")) == (2, 2, 2)
    assert [(copy.article, copy.of) for copy in with_digest.copies] == [("a", "x"), ("b", "x"), ("x", "a")]


def test_a_copy_of_a_draft_s_copy_is_a_source():
    found = linked("ax", "bx")

    assert (found.count("bx", "a"), found.count("ab", "x"), found.count("abx", "")) == (1, 0, 2)


@pytest.mark.parametrize(
    ("pairs", "number"),
    [
        (("ab", "bc"), 2),  # a, c
        (("ab", "bc", "ca"), 1),
        (("ab", "bc", "cd", "de", "ea"), 2),  # a, c
        (("ab", "ac", "bd", "cd", "de", "df", "eg", "fg"), 4),  # b, c, e, f
    ],
)
def test_the_most_articles_are_counted_of_which_no_two_are_copies(pairs, number):
    assert linked(*pairs).count("abcdefg") == number


def test_among_many_linked_articles_no_more_are_counted_than_are_independent():
    # A ring of 17, in which each is a copy of its two neighbours: 8 at most.
    names = "abcdefghijklmnopq"
    found = linked(*(one + other for one, other in zip(names, names[1:] + names[0], strict=True)))

    assert found.count(names) == 8


@st.composite
def some_articles(draw):
    """Pieces of a few texts, put together."""
    pieces = [words(start, 30) for start in range(0, 180, 30)]
    chosen = draw(st.lists(st.lists(st.sampled_from(pieces), max_size=6), max_size=6))
    return [article(str(i), " ".join(parts)) for i, parts in enumerate(chosen)]


@given(some_articles(), st.randoms(use_true_random=False))
def test_the_order_of_the_articles_decides_only_the_order_of_the_answer(articles, chance):
    shuffled = chance.sample(articles, len(articles))
    one, other = texts(articles), texts(shuffled)

    assert {frozenset(group) for group in one.groups} == {frozenset(group) for group in other.groups}
    assert set(one.copies) == set(other.copies)
    assert one.count(one.copies_of) == other.count(one.copies_of)


@given(st.lists(st.text(), max_size=5))
def test_every_article_is_in_one_group_whatever_its_text(given):
    names = [str(i) for i in range(len(given))]
    found = texts([article(name, text) for name, text in zip(names, given, strict=True)])

    assert sorted(name for group in found.groups for name in group) == names
    assert all(0 <= copy.share <= 1 for copy in found.copies)
