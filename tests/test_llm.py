"""The engine that asks a model: what it makes of good replies, bad ones and none."""

import asyncio
import json
import threading

import pytest
from pydantic import BaseModel
from scripted import CONFLICT, NO_CLAIMS, Scripted, looks, rows, sentence_claims

from checker.engines.llm import LanguageModel
from checker.engines.llm.conversation import Conversation, Question
from checker.errors import CutShort, NotAsked, Unreachable
from checker.model.gateway import NotKept
from checker.model.request import Reply
from checker.prompt import load_prompt
from checker.schema import Article, Claim, Group, Label, Pair, Quote

A = "Police arrested 14 people. The match ended 3-2."
B = "Nobody was arrested at all. Rovers won the match 3-2."


def article(name, text, **more):
    return Article(id=name, path=f"{name}.txt", format="text", text=text, **more)


def extract(model, text=A, **more):
    return asyncio.run(LanguageModel(model, "m", **more).extract(article("a", text)))


def claims(name, text):
    """One claim for each sentence of *text*."""
    found, at = [], 0
    for sentence in text.split(". "):
        quote = Quote(text=sentence, start=at, end=at + len(sentence))
        found.append(
            Claim(id=f"{name}{len(found) + 1}", article=name, text=sentence, speaker=None, quotes=(quote,))
        )
        at += len(sentence) + 2
    return tuple(found)


def pair_group(alike=()):
    rows_, columns = claims("a", A), claims("b", B)
    pairs = tuple(Pair(a=rows_[i], b=columns[j], why="words") for i, j in alike)
    return Group(articles=(article("a", A), article("b", B)), rows=rows_, columns=columns, alike=pairs)


def judge(model, group=None, **more):
    return asyncio.run(LanguageModel(model, "m", **more).judge(group or pair_group()))


def labels(judgement):
    return [(v.a, v.b, v.label.value) for v in judgement.verdicts]


def test_claims_carry_the_articles_own_characters():
    extraction = extract(Scripted(extract=[sentence_claims]))

    assert [c.text for c in extraction.claims] == ["Police arrested 14 people.", "The match ended 3-2."]
    assert all(A[q.start : q.end] == q.text for c in extraction.claims for q in c.quotes)


def test_a_claim_whose_quote_is_not_in_the_article_is_shown_as_ungrounded():
    made_up = {
        "claims": [
            {"quotes": ["Police arrested 14 people"], "speaker": None, "text": "Fourteen were arrested."},
            {"quotes": ["Police arrested 15 people"], "speaker": None, "text": "Fifteen were arrested."},
        ]
    }
    extraction = extract(Scripted(extract=[made_up], gaps=[NO_CLAIMS]))

    assert [c.text for c in extraction.claims] == ["Fourteen were arrested."]
    assert [u.text for u in extraction.ungrounded] == ["Fifteen were arrested."]


@pytest.mark.parametrize("quotes", [["14 people"] * 21, ["14 people", "x" * 12_000]])
def test_a_claim_with_more_quotes_than_are_looked_for_is_shown_as_ungrounded(quotes):
    few = {"quotes": ["Police arrested 14 people"] * 20, "speaker": None, "text": "Fourteen were arrested."}
    many = {"quotes": quotes, "speaker": None, "text": "There were fourteen."}
    extraction = extract(Scripted(extract=[{"claims": [few, many]}], gaps=[NO_CLAIMS]))

    assert [c.text for c in extraction.claims] == ["Fourteen were arrested."]
    assert [u.text for u in extraction.ungrounded] == ["There were fourteen."]


def test_a_reply_is_looked_at_beside_the_event_loop_so_that_an_interrupt_is_heard():
    threads = []

    class Reading(BaseModel):
        n: int

    def check(_):
        threads.append(threading.current_thread())
        return ()

    async def model(_):
        return Reply(text='{"n": 1}')

    prompt = load_prompt("extract.v1")
    values = {"published": "", "context": "", "article": ""}
    asyncio.run(Conversation(model, "m").hold(Question("extract", prompt, values, Reading, check)))

    assert threads
    assert threading.main_thread() not in threads


def test_sentences_without_a_quote_are_offered_once_more():
    first = {
        "claims": [
            {"quotes": ["Police arrested 14 people"], "speaker": None, "text": "Fourteen were arrested."}
        ]
    }
    model = Scripted(extract=[first], gaps=[sentence_claims])
    extraction = extract(model)

    assert [request.stage for request in model.requests] == ["extract", "gaps"]
    assert [c.text for c in extraction.claims] == ["Fourteen were arrested.", "The match ended 3-2."]


def test_sentences_that_get_no_answer_cost_only_themselves():
    first = {"claims": [{"quotes": ["Police arrested 14 people"], "speaker": None, "text": "14 arrested."}]}
    extraction = extract(Scripted(extract=[first], gaps=[Unreachable("gone")]))

    assert [c.text for c in extraction.claims] == ["14 arrested."]
    assert [(f.step, f.error) for f in extraction.failures] == [("extract", "gone")]


def test_no_second_question_where_every_sentence_is_quoted():
    model = Scripted(extract=[sentence_claims])
    extract(model)

    assert [request.stage for request in model.requests] == ["extract"]


def test_quotes_that_are_all_made_up_are_asked_for_again():
    made_up = {"claims": [{"quotes": ["Nobody came"], "speaker": None, "text": "Nobody came."}]}
    model = Scripted(extract=[made_up, sentence_claims])

    assert len(extract(model).claims) == 2
    assert "letter by letter" in model.requests[1].messages[-1].content


def test_a_cut_reply_is_asked_for_again_in_smaller_parts():
    text = "\n\n".join(f"Witness {n} saw the fire near the old harbour on Monday evening." for n in range(20))
    model = Scripted(extract=[CutShort("too long"), sentence_claims])
    extraction = extract(model, text)

    assert (len(extraction.claims), extraction.failures) == (20, ())


def test_no_answer_is_a_failure_and_no_claim():
    extraction = extract(Scripted(extract=[Unreachable("gone")]))

    assert extraction.claims == ()
    assert [(f.step, f.articles, f.error) for f in extraction.failures] == [("extract", ("a",), "gone")]


def test_a_text_without_an_answer_is_not_offered_once_more_in_other_words():
    model = Scripted(extract=[Unreachable("gone")], gaps=[sentence_claims])

    assert extract(model).claims == ()
    assert [request.stage for request in model.requests] == ["extract"]


def test_a_part_without_an_answer_costs_the_others_nothing():
    text = "\n\n".join(
        f"Witness {n} saw the fire near the old harbour on Monday evening." for n in range(400)
    )
    few = {"claims": [{"quotes": ["Witness 399 saw the fire"], "speaker": None, "text": "One saw it."}]}
    model = Scripted(extract=[Unreachable("gone"), sentence_claims, few], gaps=[sentence_claims])
    extract(model, text)

    assert [request.stage for request in model.requests] == ["extract", "extract", "extract", "gaps"]


def test_quotes_that_stay_made_up_are_a_failure():
    made_up = {"claims": [{"quotes": ["Nobody came"], "speaker": None, "text": "Nobody came."}]}
    extraction = extract(Scripted(extract=[made_up]))

    assert extraction.claims == ()
    assert [f.step for f in extraction.failures] == ["extract"]
    assert len(extraction.ungrounded) == 1


def test_an_article_in_which_the_model_finds_nothing_at_all_is_a_failure():
    extraction = extract(Scripted(extract=[NO_CLAIMS], gaps=[NO_CLAIMS]))

    assert [f.error for f in extraction.failures] == ["the model found no claim in the whole article"]


def test_claims_beyond_the_cap_are_left_out_and_said():
    many = [{"quotes": ["arrested 14 people"], "speaker": None, "text": f"Claim {n}."} for n in range(401)]
    extraction = extract(Scripted(extract=[{"claims": many}]))

    assert (len(extraction.claims), len(extraction.failures)) == (400, 1)


def test_a_re_ask_without_an_answer_does_not_cost_the_good_rows():
    partly = {"rows": [{"a": 1, "agrees": [7], "conflicts": []}, {"a": 2, "agrees": [2], "conflicts": []}]}
    judgement = judge(Scripted(judge=[partly, Unreachable("gone")]))

    assert labels(judgement) == [("a2", "b2", "agreeing")]
    assert [f.a for f in judgement.failures] == [("a1",)]


NO_ANSWER = [Unreachable("judge: no answer after 6 tries: 500"), NotAsked("--max-calls 3 reached")]
PARTLY = json.dumps({"rows": [{"a": 2, "agrees": [2], "conflicts": []}]})


@pytest.mark.parametrize("error", NO_ANSWER)
def test_a_re_ask_without_an_answer_is_told_with_its_reason(error):
    judgement = judge(Scripted(judge=[Reply(text=PARTLY), error]))

    assert [f.error for f in judgement.failures] == [
        f"the model gave no usable row for these claims, a re-ask had no answer: {error}"
    ]


def test_a_re_ask_of_the_second_look_without_an_answer_is_told_with_its_reason():
    model = Scripted(
        judge=[rows(conflicts=[("14", "Nobody")])], verify=[looks("conflicting"), Unreachable("gone")]
    )

    assert [f.error for f in judge(model).failures] == [
        "the model gave no usable row for this pair, a re-ask had no answer: gone"
    ]


def test_a_re_ask_for_claims_without_an_answer_is_told_with_its_reason():
    made_up = {"claims": [{"quotes": ["made up"], "speaker": None, "text": "Made up."}]}
    (failure,) = extract(Scripted(extract=[made_up, Unreachable("gone")], gaps=[NO_CLAIMS])).failures

    assert failure.error.endswith("(a re-ask had no answer: gone)")


def test_where_every_re_ask_was_answered_it_is_said_so():
    (failure,) = judge(Scripted(judge=[json.loads(PARTLY)])).failures

    assert failure.error == "the model gave no usable row for these claims, after the re-asks"


@pytest.mark.parametrize("error", NO_ANSWER)
@pytest.mark.parametrize("first", [PARTLY, "not JSON"])
def test_with_retry_failed_a_question_that_was_cut_off_is_not_asked_anew(first, error):
    model = Scripted(judge=[Reply(text=first, origin="kept"), error, NotKept("not there")])
    judge(model, retry_failed=True)

    # the re-ask is sent; under the next sample number only what is kept is looked for
    assert [(r.sample, r.fresh) for r in model.requests] == [(0, True), (0, True), (1, False)]


def test_after_a_question_that_was_cut_off_no_later_sample_is_bought_either():
    refused = Reply(text="no", finish="refusal", origin="kept")
    model = Scripted(judge=[Reply(text=PARTLY, origin="kept"), Unreachable("gone"), refused, NotKept("none")])
    judge(model, retry_failed=True)

    assert [(r.sample, r.fresh) for r in model.requests] == [(0, True), (0, True), (1, False), (2, False)]


def test_a_worse_reply_to_a_re_ask_does_not_replace_a_better_one():
    partly = {"rows": [{"a": 1, "agrees": [7], "conflicts": []}, {"a": 2, "agrees": [2], "conflicts": []}]}
    judgement = judge(Scripted(judge=[partly, {"rows": []}]))

    assert labels(judgement) == [("a2", "b2", "agreeing")]


def test_a_long_article_is_asked_about_in_parts_and_nothing_is_there_twice():
    text = "\n\n".join(
        f"Witness {n} saw the fire near the old harbour on Monday evening." for n in range(400)
    )
    model = Scripted(extract=[sentence_claims])
    extraction = extract(model, text)

    assert len(model.requests) == 3  # 400 paragraphs of about 67 characters, 12,000 to a part
    assert len(extraction.claims) == 400


def test_an_agreement_stands_after_the_first_look():
    judgement = judge(Scripted(judge=[rows(agrees=[("3-2", "3-2")])]))

    assert labels(judgement) == [("a2", "b2", "agreeing")]


def test_a_conflict_that_survives_the_second_look_carries_what_differs():
    judgement = judge(Scripted(judge=[rows(conflicts=[("14", "Nobody")])], verify=[CONFLICT]))

    (verdict,) = judgement.verdicts
    assert (verdict.label, verdict.differs, verdict.aspect.value) == (
        Label.CONFLICTING,
        ("14", "nobody"),
        "quantity",
    )


def test_a_conflict_that_does_not_survive_is_not_a_conflict():
    judgement = judge(Scripted(judge=[rows(conflicts=[("14", "Nobody")])], verify=[looks("unique")]))

    assert labels(judgement) == [("a1", "b1", "unique")]


def test_pairs_that_look_alike_and_were_not_proposed_get_a_second_look():
    model = Scripted(judge=[rows()], verify=[looks("agreeing")])

    assert labels(judge(model, pair_group(alike=[(1, 1)]))) == [("a2", "b2", "agreeing")]


def test_the_second_look_sees_the_sentences_around_the_claim():
    model = Scripted(judge=[rows(conflicts=[("14", "Nobody")])], verify=[CONFLICT])
    judge(model)

    assert "The match ended 3-2." in model.requests[-1].messages[1].content


def test_unique_pairs_cost_no_second_question():
    model = Scripted(judge=[rows()])

    assert (judge(model).verdicts, len(model.requests)) == ((), 1)


def test_an_invented_number_is_asked_for_again():
    wrong = {"rows": [{"a": 1, "agrees": [7], "conflicts": []}, {"a": 2, "agrees": [], "conflicts": []}]}
    model = Scripted(judge=[wrong, rows(agrees=[("3-2", "3-2")])])

    assert labels(judge(model)) == [("a2", "b2", "agreeing")]
    assert "claims 1 to 2, not [7]" in model.requests[1].messages[-1].content


def test_a_wrong_reply_that_comes_twice_is_followed_by_another_question():
    model = Scripted(judge=[{"rows": []}])
    judge(model)

    assert [len(request.messages) for request in model.requests] == [2, 4, 6]


def test_rows_that_stay_wrong_are_failures_and_the_others_count():
    wrong = {"rows": [{"a": 1, "agrees": [7], "conflicts": []}, {"a": 2, "agrees": [2], "conflicts": []}]}
    model = Scripted(judge=[wrong])
    judgement = judge(model)

    assert len(model.requests) == 3  # once, and two re-asks
    assert labels(judgement) == [("a2", "b2", "agreeing")]
    assert [(f.a, f.b) for f in judgement.failures] == [(("a1",), ("b1", "b2"))]


def test_a_missing_row_is_a_failure_never_unique():
    judgement = judge(Scripted(judge=[{"rows": [{"a": 2, "agrees": [], "conflicts": []}]}]))

    assert [f.a for f in judgement.failures] == [("a1",)]


def test_a_refused_judgement_fails_for_every_pair():
    judgement = judge(Scripted(judge=[Reply(text="I cannot", finish="refusal")]))

    assert judgement.verdicts == ()
    assert [(f.step, f.a, f.b) for f in judgement.failures] == [("judge", ("a1", "a2"), ("b1", "b2"))]


def test_a_second_look_without_an_answer_leaves_the_pair_not_judged():
    judgement = judge(Scripted(judge=[rows(conflicts=[("14", "Nobody")])], verify=[Unreachable("gone")]))

    assert judgement.verdicts == ()
    assert [(f.step, f.a, f.b) for f in judgement.failures] == [("verify", ("a1",), ("b1",))]


def test_a_conflict_without_its_values_is_asked_for_again_and_then_not_judged():
    model = Scripted(judge=[rows(conflicts=[("14", "Nobody")])], verify=[looks("conflicting")])
    judgement = judge(model)

    assert [request.stage for request in model.requests] == ["judge", "verify", "verify", "verify"]
    assert [f.step for f in judgement.failures] == ["verify"]


def test_many_rows_are_asked_about_in_even_chunks():
    text = ". ".join(f"Item {n} was sold" for n in range(70))
    group = Group(
        articles=(article("a", text), article("b", B)), rows=claims("a", text), columns=claims("b", B)
    )
    model = Scripted(judge=[rows()])
    judge(model, group)

    # 70 rows, at most 30 a prompt: 3 prompts of 23, 23 and 24
    sizes = [request.messages[1].content.count(" was sold") for request in model.requests]
    assert sorted(sizes) == [23, 23, 24]


def test_a_failed_answer_that_was_kept_is_not_bought_again_without_being_asked_to():
    refused = Reply(text="no", finish="refusal", origin="kept")
    model = Scripted(judge=[refused, NotKept("not there")])
    judge(model)

    # the second request only looks for a newer answer; it may not buy one
    assert [(r.sample, r.fresh) for r in model.requests] == [(0, True), (1, False)]


def test_with_retry_failed_a_kept_failure_is_asked_again_as_the_next_sample():
    refused = Reply(text="no", finish="refusal", origin="kept")
    model = Scripted(judge=[refused, rows(agrees=[("3-2", "3-2")])])

    assert labels(judge(model, retry_failed=True)) == [("a2", "b2", "agreeing")]
    assert [(r.sample, r.fresh) for r in model.requests] == [(0, True), (1, True)]


def test_a_failure_bought_in_this_run_is_not_bought_twice():
    model = Scripted(judge=[Reply(text="no", finish="refusal")])
    judge(model, retry_failed=True)

    assert len(model.requests) == 1


def test_no_article_sees_another_while_its_claims_are_extracted():
    model = Scripted(extract=[sentence_claims])
    extract(model)

    assert all("Nobody" not in message.content for request in model.requests for message in request.messages)
