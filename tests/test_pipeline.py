"""The whole path: the same articles and answers give the same report, and nothing is lost."""

import asyncio

import pytest
from scripted import CONFLICT, NO_CLAIMS, Scripted, rows, sentence_claims

from checker.engines.builtin import Builtin
from checker.engines.llm import LanguageModel
from checker.errors import EndpointError, InputError, Unreachable
from checker.load import Loaded
from checker.pipeline import MOST_CLAIMS, run
from checker.schema import Article, Label

A = "Police arrested 14 people. The match ended 3-2. It rained all evening in Brackwater."
B = "Nobody was arrested at all. Rovers won the match 3-2."
C = "Rovers won 3-2 in extra time. Tickets cost 40 crowns."


def article(name, text):
    return Article(id=name, path=f"{name}.txt", format="text", text=text)


def loaded(*articles):
    return Loaded(articles=articles, skipped=(), remarks=())


THREE = (article("a", A), article("b", B), article("c", C))


def rules(**stages):
    usual = {
        "extract": [sentence_claims],
        "gaps": [NO_CLAIMS],
        "judge": [rows(agrees=[("3-2", "3-2")], conflicts=[("14", "Nobody")])],
        "verify": [CONFLICT],
    }
    return Scripted(**{**usual, **stages})


def check(articles=THREE, model=None):
    return asyncio.run(run(loaded(*articles), LanguageModel(model or rules(), "m")))


class Dawdling:
    """A model whose answers come in another order than the questions."""

    def __init__(self, model, steps):
        self.model = model
        self.steps = steps

    async def __call__(self, request):
        reply = await self.model(request)
        for _ in range(self.steps(request)):
            await asyncio.sleep(0)
        return reply


def test_every_pair_of_articles_is_compared():
    model = rules()
    check(model=model)

    assert [request.stage for request in model.requests].count("judge") == 3


def test_verdicts_and_counts_fit_the_answers():
    report = check()

    # 3-2 is in one claim of each article: three agreeing pairs; 14 against nobody: one conflict
    assert len(report.labelled(Label.AGREEING)) == 3
    assert [v.differs for v in report.labelled(Label.CONFLICTING)] == [("14", "nobody")]
    # 3 + 2 + 2 claims: 3*2 + 3*2 + 2*2 = 16 cross pairs
    assert report.counts.pairs.total == 16
    assert (report.counts.pairs.unique, report.counts.pairs.not_judged) == (12, 0)


def test_every_quote_is_in_its_article_at_its_place():
    report = check()
    texts = {one.id: one.text for one in report.articles}

    assert all(texts[c.article][q.start : q.end] == q.text for c in report.claims for q in c.quotes)


def test_the_order_of_the_articles_changes_nothing():
    assert check(THREE[::-1]) == check(THREE)


def test_the_order_in_which_answers_come_changes_nothing():
    late_first = Dawdling(rules(), lambda request: 50 - len(request.messages[1].content) % 50)

    assert check(model=late_first) == check()


def test_two_identical_articles_agree_and_never_conflict():
    report = asyncio.run(run(loaded(article("a", A), article("z", A)), Builtin()))

    assert report.labelled(Label.CONFLICTING) == ()
    assert len(report.labelled(Label.AGREEING)) == len([c for c in report.claims if c.article == "a"]) > 0


def test_one_article_is_not_enough():
    with pytest.raises(InputError, match="1 usable article"):
        check(THREE[:1])


def test_an_article_without_an_answer_is_a_failure_and_leaves_no_status():
    def gone_for_c(request):
        return Unreachable("gone") if "Tickets" in request.messages[1].content else sentence_claims(request)

    report = check(model=rules(extract=[gone_for_c], gaps=[Unreachable("gone")]))

    assert {f.articles for f in report.failures} == {("c",)}
    # the conflict stands; everything else could still change
    assert sorted(set(report.statuses.values()), key=str) == [None, Label.CONFLICTING]


def test_of_too_many_claims_the_first_are_compared_and_the_rest_is_said():
    text = " ".join(f"The bridge has {n} lamps." for n in range(MOST_CLAIMS + 1))
    report = asyncio.run(run(loaded(article("a", text), article("b", B)), Builtin()))

    assert sum(claim.article == "a" for claim in report.claims) == MOST_CLAIMS
    assert [(one.step, one.articles, one.error) for one in report.failures] == [
        ("extract", ("a",), "1,001 claims, of which the first 1,000 are compared: split the article")
    ]
    assert {report.statuses[claim.id] for claim in report.claims if claim.article == "b"} == {None}


def test_a_broken_set_up_ends_the_run_as_itself():
    with pytest.raises(EndpointError, match="no key"):
        check(model=rules(extract=[EndpointError("no key")]))


def test_the_watch_is_told_of_every_step():
    told = []
    asyncio.run(run(loaded(*THREE), LanguageModel(rules(), "m"), lambda *step: told.append(step)))

    assert told == [
        ("extract", 0, 3),
        ("extract", 1, 3),
        ("extract", 2, 3),
        ("extract", 3, 3),
        ("judge", 0, 3),
        ("judge", 1, 3),
        ("judge", 2, 3),
        ("judge", 3, 3),
    ]


def test_coverage_counts_the_quoted_characters():
    report = check()

    # the claims of article b quote all of it but the space between its sentences
    coverage = {c.article: (c.quoted, c.total) for c in report.coverage}
    assert coverage["b"] == (len(B.replace(" ", "")),) * 2
