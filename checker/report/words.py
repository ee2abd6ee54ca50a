"""The sentences that every report shares: counts, gaps, shares and prices in plain words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from checker.facts import Findings, n_judged
from checker.report.findings import Finding, Kind, Overview
from checker.report.unanswered import Unanswered, unanswered
from checker.report.where import clean
from checker.schema import Between, Label, Report, Tally
from checker.settings import BUILTIN

LABEL_WORDS: dict[Label | None, str] = {
    Label.CONFLICTING: "conflicting",
    Label.AGREEING: "agreeing",
    Label.UNIQUE: "only in one article",
    None: "not judged",
}
KIND_WORDS = {
    Kind.CONFLICT: "conflict",
    Kind.UNSUPPORTED: "in no source",
    Kind.MISSING: "missing from the draft",
    Kind.NOT_JUDGED: "not judged",
    Kind.AGREEMENT: "agreement",
    Kind.SUPPORTED: "supported",
    Kind.SINGLE: "only in one article",
    Kind.SOURCES: "of the sources alone",
}
KIND_HEADINGS = {
    Kind.CONFLICT: "Conflicts",
    Kind.UNSUPPORTED: "In no source",
    Kind.MISSING: "Missing from the draft",
    Kind.NOT_JUDGED: "Not judged",
    Kind.AGREEMENT: "Agreements",
    Kind.SUPPORTED: "Supported",
    Kind.SINGLE: "Only in one article",
    Kind.SOURCES: "Of the sources alone",
}
FINISH = "The same command finishes the run, with --retry-failed what was refused, cut or unusable."
NOTHING_JUDGED = "Nothing could be judged"
BETWEEN_WORDS = {Between.ARTICLES: "between the articles", Between.SPEAKERS: "between the people they quote"}

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_LONGEST_DATE = len("2031-05-04 18:40 +02:00")


def count(number: int, noun: str) -> str:
    """
    Give a number with its noun.

    >>> count(1, "fact"), count(1200, "claim")
    ('1 fact', '1,200 claims')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def spread(articles: int, texts: int) -> str:
    """
    Give how many articles say something, and of how many independent texts, where these are fewer.

    >>> spread(3, 3), spread(3, 2)
    ('3 articles', '3 articles, 2 independent texts')
    """
    fewer = f", {count(texts, 'independent text')}" if texts < articles else ""
    return f"{count(articles, 'article')}{fewer}"


def share(part: int, whole: int) -> str:
    """
    Give *part* of *whole* in per cent, 0 and 100 only where they are exact.

    >>> share(1, 3), share(1, 1000), share(999, 1000), share(0, 0)
    ('33%', 'under 1%', 'over 99%', 'nothing to quote')
    """
    if whole == 0:
        return "nothing to quote"
    if 0 < part * 100 < whole:
        return "under 1%"
    if whole * 99 < part * 100 < whole * 100:
        return "over 99%"
    return f"{part * 100 // whole}%"


def copied(part: float, name: str) -> str:
    """
    Give how much of a text stands in the article called *name* too.

    >>> copied(0.943, "reuters.md"), copied(1.0, "reuters.md")
    ('94% of it is also in reuters.md', '100% of it is also in reuters.md')
    """
    return f"{share(round(part * 1000), 1000)} of it is also in {name}"


def is_complete(report: Report) -> bool:
    """Whether every step gave an answer, so that silence means what it says."""
    counts = report.counts
    tallies = (counts.claims, counts.pairs, counts.facts)
    return not report.failures and not counts.failures and not any(tally.not_judged for tally in tallies)


def is_silent(report: Report) -> bool:
    """Whether not one pair of claims could be judged; with drafts, not one with a claim of a draft."""
    found = Findings(claims=report.claims, verdicts=report.verdicts, failures=report.failures)
    return not is_complete(report) and n_judged(found, report.drafts) == 0


def none(report: Report, known: str = "None.") -> str:
    """Give what stands where nothing was found: *known*, unless an answer is missing that could change it."""
    if is_complete(report):
        return known
    return f"{NOTHING_JUDGED}." if is_silent(report) else "None in what was judged."


def headline(report: Report, view: Overview) -> str:
    """
    Give the answer in one line: how many facts conflict, agree, stand alone, are not judged.

    With a draft: how many of its facts the sources contradict, support or do not have, and
    how many it leaves out. What somebody accepted is counted apart; what there is none of is
    left out, but for conflicts. Where nothing could be judged, that comes first.
    """
    number = Counter(one.kind for one in view.findings if one.accepted is None)
    parts = [_conflicts(number[Kind.CONFLICT], report) + _against(report, view)]
    parts += _draft_parts(number) if report.drafts else _peer_parts(number)
    parts += _part(number[Kind.NOT_JUDGED], "is not judged", "are not judged")
    parts += _part(len(view.findings) - number.total(), "accepted before", "accepted before")
    return ", ".join(parts)


def inventory(report: Report, view: Overview) -> str:
    """Give what was read and compared, in one line; copies of one text count as one text."""
    counts = report.counts
    n_sources = counts.articles - len(report.drafts)
    read = count(counts.articles, "article")
    if report.drafts:
        read = f"{count(len(report.drafts), 'draft')} against {count(n_sources, 'source')}"
    texts = view.texts.count((article.id for article in report.articles), report.drafts)
    sizes = [read, *([count(texts, "independent text")] if texts < n_sources else [])]
    sizes += [count(counts.claims.total, "claim"), f"{count(counts.pairs.total, 'pair')} of claims"]
    return f"{', '.join(sizes)}: {tally(counts.pairs)}"


def tally(counted: Tally) -> str:
    """Give a tally of pairs in words (`neither` is what the label `unique` says of a pair); what was not judged is named only if there is some."""
    words = f"{counted.conflicting:,} conflicting, {counted.agreeing:,} agreeing, {counted.unique:,} neither"
    return f"{words}, {counted.not_judged:,} not judged" if counted.not_judged else words


def gaps(report: Report) -> str:
    """Give what has no answer, in one line; empty where everything has one."""
    if is_complete(report):
        return ""
    counts = report.counts
    lost = [(counts.facts, "fact"), (counts.claims, "claim"), (counts.pairs, "pair of claims")]
    named = [_lost(tallied.not_judged, noun) for tallied, noun in lost if tallied.not_judged]
    steps = f"{count(len(unanswered(report)), 'step')} gave no answer"
    return f"{steps}; not judged: {', '.join(named)}" if named else steps


def subject(step: Unanswered, names: Mapping[str, str]) -> str:
    """Give what a step without an answer was about; *names* are those of the articles, by id."""
    about = ", ".join(names.get(article, article) for article in step.articles)
    return f"{about} ({count(step.n_pairs, 'pair')} of claims)" if step.n_pairs else about


def engine(report: Report) -> str:
    """Give what read the articles, plainly where it was no language model."""
    run = report.run
    if run.model is None:
        return (
            f"the {_engine_name(run.engine)} engine, for English; no language model was used: "
            "a rough first look, not a judgement"
        )
    return f"the model {run.model}"


def moment(published: str) -> str:
    """
    Give a date, with the time where it is known, for a reader.

    >>> moment("2031-05-04T18:40:00+02:00"), moment("2031-05-04")
    ('2031-05-04 18:40 +02:00', '2031-05-04')
    """
    time = _TIME.fullmatch(published)
    return " ".join(filter(None, time.groups())) if time else clean(published, _LONGEST_DATE)


def _against(report: Report, view: Overview) -> str:
    """What the conflicts of a draft are with: the sources, other drafts, or nothing where it is now this, now that."""
    found = [one for one in view.of(Kind.CONFLICT) if one.accepted is None]
    with_source = {_is_with_source(one, report.drafts) for one in found} if report.drafts else set()
    if len(with_source) != 1:
        return ""
    return " with the sources" if with_source.pop() else " among the drafts"


def _is_with_source(finding: Finding, drafts: Collection[str]) -> bool:
    return any((one.a.article.id in drafts) != (one.b.article.id in drafts) for one in finding.differences)


def _peer_parts(number: Counter[Kind]) -> list[str]:
    return [
        *_part(number[Kind.AGREEMENT], "agrees", "agree"),
        *_part(number[Kind.SINGLE], "is in one article only", "are in one article only"),
    ]


def _draft_parts(number: Counter[Kind]) -> list[str]:
    return [
        *_part(number[Kind.UNSUPPORTED], "is in no source", "are in no source"),
        *_part(number[Kind.SUPPORTED], "is supported", "are supported"),
        *_part(number[Kind.MISSING], "that every source has is missing", "that every source has are missing"),
    ]


def _part(number: int, one: str, many: str) -> list[str]:
    return [f"{number:,} {one if number == 1 else many}"] if number else []


def _conflicts(number: int, report: Report) -> str:
    if number == 0 and is_silent(report):
        return NOTHING_JUDGED
    if number == 0:
        return "No conflict found" if is_complete(report) else "No conflict found in what was judged"
    return f"{count(number, 'fact')} {'conflicts' if number == 1 else 'conflict'}"


def _lost(number: int, noun: str) -> str:
    first, _, rest = noun.partition(" ")
    return f"{count(number, first)} {rest}".rstrip()


def _engine_name(name: str) -> str:
    return "built-in" if name == BUILTIN else name
