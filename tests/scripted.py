"""A model in a few lines: a function from a request to a reply, of the real shape."""

import json
import re

from checker.model.request import Reply, Tokens


class Scripted:
    """
    Answers each stage from a table: `{"judge": [reply, reply, ...]}`, in turn, the last one for ever.

    A reply is a JSON value, a `Reply`, an exception to raise, or a function of the request.
    """

    def __init__(self, **stages):
        self.stages = stages
        self.requests = []

    async def __call__(self, request):
        turn = sum(earlier.stage == request.stage for earlier in self.requests)
        self.requests.append(request)
        replies = self.stages[request.stage]
        reply = replies[min(turn, len(replies) - 1)]
        if callable(reply):
            reply = reply(request)
        if isinstance(reply, Exception):
            raise reply
        if isinstance(reply, Reply):
            return reply
        return Reply(text=json.dumps(reply, ensure_ascii=False), tokens=Tokens(prompt=10, completion=5))


def sentence_claims(request):
    """An extraction: every sentence of the text is a claim, quoted whole."""
    fenced = re.findall(
        r"<(article|sentences)-(\w+)>\n(.*?)\n</\1-\2>", request.messages[1].content, re.DOTALL
    )
    text = fenced[-1][2]
    found = [part.strip() for part in re.findall(r"[^.!?\n]+[.!?]", text)]
    return {"claims": [{"quotes": [one], "speaker": None, "text": one} for one in found]}


def listed(request, side):
    """The claims that a judge request lists for side a or b."""
    ((_, inside),) = re.findall(
        rf"<claims-{side}-(\w+)>\n(.*?)\n</claims-{side}-\1>", request.messages[1].content, re.DOTALL
    )
    return [line.split(". ", 1)[1] for line in inside.split("\n")]


def rows(agrees=(), conflicts=()):
    """A judge whose answers name pairs by words that the two claims hold."""

    def answer(request):
        a_claims, b_claims = listed(request, "a"), listed(request, "b")

        def partners(claim, pairs):
            return [
                n
                for n, other in enumerate(b_claims, start=1)
                if any((x in claim and y in other) or (y in claim and x in other) for x, y in pairs)
            ]

        return {
            "rows": [
                {"a": n, "agrees": partners(claim, agrees), "conflicts": partners(claim, conflicts)}
                for n, claim in enumerate(a_claims, start=1)
            ]
        }

    return answer


def looks(label, **values):
    """A second look that gives every pair the same label."""
    row = {
        "reason": "Both speak of it.",
        "label": label,
        "aspect": None,
        "between": None,
        "value_a": None,
        "value_b": None,
        **values,
    }

    def answer(request):
        n_pairs = len(re.findall(r"^Pair \d+$", request.messages[1].content, re.MULTILINE))
        return {"rows": [{"pair": n, **row} for n in range(1, n_pairs + 1)]}

    return answer


CONFLICT = looks("conflicting", aspect="quantity", between="articles", value_a="14", value_b="nobody")
NO_CLAIMS = {"claims": []}
