"""What a system found in the articles beside what is labelled: claims matched first, then pairs and statuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.evaluate.asking import Judged
from checker.evaluate.matching import Match, match
from checker.evaluate.pairs import Reading, Scored, score_pairs, side
from checker.evaluate.quoting import passage_shares
from checker.evaluate.records import pairing
from checker.evaluate.scorecard import CLAIM, NOT_LABELLED, ClaimItem, Outcome, Stage
from checker.evaluate.scoring import Hits, Named, Result
from checker.evaluate.sets import LabelledSet
from checker.facts import Findings, not_judged, statuses
from checker.lexical.words import STOP, name_key, tokens
from checker.schema import Claim, Coverage, Label, Report


@dataclass(frozen=True)
class Found:
    """The claims of a system beside those of a set."""

    one: LabelledSet
    findings: Findings
    match: Match

    @property
    def unread(self) -> frozenset[str]:
        """The articles whose extraction failed."""
        failed = (f.articles for f in self.findings.failures if f.step == "extract")
        return frozenset(article for articles in failed for article in articles)


def find(one: LabelledSet, findings: Findings) -> Found:
    """Match the claims of *findings* with those of *one*."""
    return Found(one, findings, match(findings.claims, one.claims))


def findings_of(report: Report) -> Findings:
    """The part of *report* that is scored."""
    return Findings(claims=report.claims, verdicts=report.verdicts, failures=report.failures)


def score_claims(found: Found, coverage: Sequence[Coverage], n_ungrounded: int) -> Result:
    """Hold the claims against the labelled ones, whatever was made of them after."""
    one, matched = found.one, found.match
    n_given, n_wanted, n_right = len(found.findings.claims), len(one.claims), len(matched.pairs)
    n_unread = sum(claim.article in found.unread for claim in (*matched.missed, *matched.merged))
    confusion = Counter(
        {
            (CLAIM, CLAIM): n_right,
            (CLAIM, Outcome.NOT_FOUND.value): n_wanted - n_right - n_unread,
            (CLAIM, Outcome.NOT_JUDGED.value): n_unread,
            (NOT_LABELLED, CLAIM): n_given - n_right,
        }
    )
    quoted, total = sum(c.quoted for c in coverage), sum(c.total for c in coverage)
    shares: dict[Named, Hits] = {
        ("labelled claims merged into another", None): (len(matched.merged), n_wanted),
        ("labelled claims missed", None): (len(matched.missed), n_wanted),
        ("found claims split off another", None): (len(matched.split), n_given),
        ("found claims that are extra", None): (len(matched.extra), n_given),
        ("speaker right, where either names one", None): _speakers_right(found),
        ("characters of the articles quoted", None): (quoted, total),
        ("claims offered whose quote is not in the article", None): (n_ungrounded, n_given + n_ungrounded),
    }
    return Result(one.name, {"claims": +confusion}, shares)


def score_whole(found: Found) -> Scored:
    """Hold the pair labels and the claims' own status against the labelled ones."""
    scored = score_pairs(found.one, Stage.WHOLE, _reading(found))
    tables = {**scored.result.tables, "status": _statuses(found)}
    shares = {**scored.result.shares, **dict(passage_shares(found.one, found.findings))}
    return Scored(Result(found.one.name, tables, shares), scored.items)


def claim_items(found: Found) -> Iterator[ClaimItem]:
    """The claims that have no partner on the other side."""
    articles = {article.id: article for article in found.one.loaded.articles}
    matched = found.match
    groups: Mapping[str, Sequence[Claim]] = {
        "missed": matched.missed,
        "merged": matched.merged,
        "extra": matched.extra,
        "split": matched.split,
    }
    for kind, claims in groups.items():
        for claim in claims:
            yield ClaimItem(event=found.one.name, kind=kind, side=side(claim, articles))


def _reading(found: Found) -> Reading:
    """What was said, in the ids of the set, and what of it the set does not have."""
    partner, claims = found.match.pairs, {claim.id: claim for claim in found.findings.claims}
    spoken = [v for v in found.findings.verdicts if v.label != Label.UNIQUE]
    known = [v for v in spoken if partner.keys() >= {v.a, v.b}]
    loose = [v for v in spoken if not partner.keys() >= {v.a, v.b}]
    lost = not_judged(found.findings)
    without = {claim.id for claim in found.one.claims} - set(partner.values())
    unread = {claim.id for claim in found.one.claims if claim.article in found.unread}
    return Reading(
        judged=Judged(
            verdicts={pairing(partner[v.a], partner[v.b]): v for v in known},
            lost=_pairs_of_failed_articles(found).union(
                pairing(partner[a], partner[b]) for a, b in lost if partner.keys() >= {a, b}
            ),
        ),
        unfound=frozenset(without - unread),
        unjudged=frozenset(without & unread),
        loose=tuple((v, claims[v.a], claims[v.b]) for v in loose),
    )


def _pairs_of_failed_articles(found: Found) -> frozenset[tuple[str, str]]:
    """The labelled pairs of two articles whose comparison failed as a whole."""
    failed = {frozenset(f.articles) for f in found.findings.failures if f.step == "judge" and not f.a}
    article = {claim.id: claim.article for claim in found.one.claims}
    return frozenset(
        pair for pair in found.one.pairs() if frozenset(article[name] for name in pair) in failed
    )


def _statuses(found: Found) -> Counter[tuple[str, str]]:
    """Each claim's own status: by hand, and as found."""
    wanted, given = found.one.statuses, statuses(found.findings)
    partner = {labelled: own for own, labelled in found.match.pairs.items()}
    confusion: Counter[tuple[str, str]] = Counter()
    for claim in found.one.claims:
        if claim.id in partner:
            status = given[partner[claim.id]]
            outcome = Outcome.NOT_JUDGED if status is None else Outcome(status.value)
        else:
            outcome = Outcome.NOT_JUDGED if claim.article in found.unread else Outcome.NOT_FOUND
        confusion[wanted[claim.id].value, outcome.value] += 1
    loose = [given[claim.id] for claim in found.findings.claims if claim.id not in found.match.pairs]
    confusion.update((NOT_LABELLED, str(status or Outcome.NOT_JUDGED)) for status in loose)
    return confusion


def _speakers_right(found: Found) -> Hits:
    own = {claim.id: claim.speaker for claim in found.findings.claims}
    labelled = {claim.id: claim.speaker for claim in found.one.claims}
    pairs = ((own[a], labelled[b]) for a, b in found.match.pairs.items())
    sides = [(a, b) for a, b in pairs if a is not None or b is not None]
    return sum(_same_speaker(a, b) for a, b in sides), len(sides)


def _same_speaker(a: str | None, b: str | None) -> bool:
    """Both nobody, or two that share a name or word, spelling aside."""
    if a is None or b is None:
        return a is b
    first, second = (
        {name_key(token.lower()) for token in tokens(name) if token.lower() not in STOP} for name in (a, b)
    )
    return bool(first & second)
