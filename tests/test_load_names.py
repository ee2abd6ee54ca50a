"""Ids of articles: readable, all different, whatever the order."""

from __future__ import annotations

import hashlib

import pytest

from checker.load.names import article_ids
from checker.load.reading import Reading


def at(path: str, record: int | None = None) -> Reading:
    return Reading(path=path, format="text", text="Words.", record=record)


def digest(path: str, n_digits: int) -> str:
    return hashlib.sha256(path.encode()).hexdigest()[:n_digits]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("seeds/000_x.txt", "000-x"),
        ("Überfall in Łódź.md", "uberfall-in-odz"),  # the stroke of Ł is no accent: the letter is dropped
        ("новости.txt", "article"),
        (".txt", "txt"),
        ("--.txt", "article"),
        ("a.b.c.txt", "a-b-c"),
        ("x" * 60 + ".txt", "x" * 40),
        ("x" * 39 + "-y.txt", "x" * 39),
    ],
)
def test_the_id_is_a_slug_of_the_name(path: str, name: str):
    assert (name,) == article_ids([at(path)])


def test_a_record_has_its_number_in_the_id():
    assert article_ids([at("news.json", 1), at("news.json", 12)]) == ("news-1", "news-12")


def test_the_number_of_a_record_survives_a_long_name():
    # 40 characters: 37 of the name, and "-12"
    assert article_ids([at("x" * 60 + ".json", 12)]) == ("x" * 37 + "-12",)


def test_every_article_that_shares_a_slug_gets_a_digest():
    paths = ["a/x.txt", "b/x.txt", "c.txt"]

    ids = article_ids([at(path) for path in paths])

    assert (f"x-{digest('a/x.txt', 6)}", f"x-{digest('b/x.txt', 6)}", "c") == ids


def test_a_record_may_share_the_slug_of_a_file():
    ids = article_ids([at("x.json", 1), at("x-1.txt")])

    assert (f"x-1-{digest('x.json', 6)}", f"x-1-{digest('x-1.txt', 6)}") == ids


def test_names_made_to_collide_get_the_whole_digest():
    # The third file is named as the first one is called after the first collision.
    made = f"x-{digest('a/x.txt', 6)}"

    ids = article_ids([at("a/x.txt"), at("b/x.txt"), at(f"{made}.txt")])

    assert f"x-{digest('a/x.txt', 64)}" == ids[0]
    assert len(set(ids)) == 3


def test_the_order_does_not_matter():
    readings = [at("a/x.txt"), at("b/x.txt"), at("c.txt")]

    assert article_ids(readings) == article_ids(readings[::-1])[::-1]
