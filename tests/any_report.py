"""Any report that a run could give: the shapes and the texts are hypothesis's, most of the texts attack something."""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st
from sample_report import report_of

from checker.report.gate import ALARMS
from checker.report.overview import overview
from checker.schema import (
    Article,
    Aspect,
    Between,
    Claim,
    Failure,
    Label,
    Quote,
    Remark,
    Run,
    Ungrounded,
    Verdict,
)

_ATTACKS = [
    *("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "]]>", "&amp;", '"', "'", "`", "```"),
    *("=1+1", "@SUM(1)", "-x", "\uff1d1", "\t=1", "::error::", "##vso[", "{{ 7*7 }}", "{% raw %}", "%0A", "| a |"),
    *("\x00", "\x1b[31m", "\x9b2J", "\u202e", "\u2066", "\u200b", "\ufeff", "\U000e0041", "\u2028", "\x85", "\ufffe"),
    *("\r", "\n", "\r\n", "\n\n", " ", "# ", "- [ ] ", "@everyone", "https://evil.example/a", "javascript:alert(1)"),
    *("12 people", "The ferry sank", " said that ", "שלום", "é", "e\u0301", "\U0001f6a2", "1,200.50", "a" * 300),
]  # fmt: skip
# A value holds no lone surrogate: pydantic refuses it.
TEXT = st.one_of(
    st.lists(st.sampled_from(_ATTACKS), min_size=1, max_size=6).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
)
_MAYBE = st.none() | TEXT


@st.composite
def articles(draw):
    """Two to four articles, each with an id of its own."""
    names = draw(st.lists(TEXT, min_size=2, max_size=4, unique=True))
    return tuple(
        Article(
            id=name,
            path=draw(TEXT),
            format=draw(st.sampled_from(["text", "html", "json"])),
            record=draw(st.none() | st.integers(1, 9)),
            title=draw(_MAYBE),
            source=draw(_MAYBE),
            url=draw(_MAYBE),
            published=draw(_MAYBE | st.just("2031-05-04")),
            language=draw(_MAYBE | st.just("en")),
            text=draw(TEXT),
        )
        for name in names
    )


@st.composite
def claims(draw, article):
    """One to three claims of *article*, that quote any stretches of it."""
    return tuple(
        Claim(
            id=f"{article.id}-{number}",
            article=article.id,
            text=draw(TEXT),
            speaker=draw(_MAYBE),
            quotes=tuple(draw(st.lists(quotes(article.text), min_size=1, max_size=2))),
        )
        for number in range(draw(st.integers(1, 3)))
    )


@st.composite
def quotes(draw, text):
    """Any stretch of *text*."""
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return Quote(text=text[start:end], start=start, end=end)


@st.composite
def verdicts(draw, some):
    """A verdict for some of the pairs of *some* claims."""
    pairs = [(a.id, b.id) for a, b in combinations(some, 2) if a.article != b.article]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=8)) if pairs else []
    return tuple(draw(_verdict(*draw(st.permutations(pair)))) for pair in chosen)


@st.composite
def _verdict(draw, a, b):
    label = draw(st.sampled_from([Label.CONFLICTING, *Label]))
    if label != Label.CONFLICTING:
        return Verdict(a=a, b=b, label=label, reason=draw(_MAYBE))
    return Verdict(
        a=a,
        b=b,
        label=label,
        aspect=draw(st.sampled_from(Aspect)),
        between=draw(st.sampled_from(Between)),
        differs=draw(st.none() | st.tuples(TEXT, TEXT)),
        reason=draw(_MAYBE),
    )


@st.composite
def _failures(draw, given, some):
    """Failures about any articles, and about any of *some* claims."""
    ids = (
        st.lists(st.sampled_from([one.id for one in some]), unique=True, max_size=3) if some else st.just([])
    )
    names = st.lists(st.sampled_from([one.id for one in given]), unique=True, min_size=1, max_size=2)
    return tuple(
        Failure(step=step, articles=tuple(draw(names)), error=draw(TEXT), **_lost(step, draw(ids), draw(ids)))
        for step in draw(st.lists(st.sampled_from(["extract", "judge", "verify"]), max_size=2))
    )


def _lost(step, a, b):
    return {} if step == "extract" else {"a": tuple(a), "b": tuple(b)}


@st.composite
def reports(draw):
    """Any report: with drafts or without, with gaps or without, and with findings that were accepted."""
    given = draw(articles())
    spoken = draw(st.just(given) | st.lists(st.sampled_from(given), unique=True))
    some = tuple(claim for article in spoken for claim in draw(claims(article)))
    ids = [article.id for article in given]
    report = report_of(
        some,
        draw(verdicts(some)),
        draw(_failures(given, some)),
        given,
        run=Run(checker="0.1.0", engine=draw(TEXT), model=draw(_MAYBE), settings=draw(st.dictionaries(TEXT, TEXT, max_size=2)),
                notes=tuple(draw(st.lists(TEXT, max_size=1)))),
        drafts=tuple(draw(st.lists(st.sampled_from(ids), unique=True, max_size=len(ids) - 1))),
        ungrounded=tuple(Ungrounded(article=ids[0], text=text, quotes=(text,)) for text in draw(st.lists(TEXT, max_size=1))),
        skipped=tuple(Remark(path=text, problem=text, mend=text) for text in draw(st.lists(TEXT, max_size=1))),
    )  # fmt: skip
    alarms = [one.id for one in overview(report).of(*ALARMS)]
    chosen = draw(st.lists(st.sampled_from(alarms), unique=True)) if alarms else []
    return report.model_copy(update={"accepted": {name: draw(TEXT) for name in sorted(chosen)}})
