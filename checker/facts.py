"""Verdicts → Facts: which claims of which articles speak of one fact, and what each claim comes to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from checker.lexical.neutral import neutral
from checker.lexical.speech import split_report
from checker.schema import Claim, Fact, Failure, Frozen, Label, Tally, Value, Verdict

Statuses = dict[str, Label | None]


class Findings(Frozen):
    """What the engine gave for all articles: claims, verdicts on pairs of them, and what failed."""

    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    failures: tuple[Failure, ...]


def statuses(found: Findings) -> Statuses:
    """
    Give each claim's own status: conflicting before agreeing before unique.

    A status that a missing answer could still change is None: `conflicting` stands
    whatever else comes, the others need every answer about the claim. An article whose
    extraction failed may hold claims about anything in the other articles.
    """
    best = _best_labels(found.verdicts)
    unsure = {claim for pair in not_judged(found) for claim in pair}
    broken = {
        article for failure in found.failures if failure.step == "extract" for article in failure.articles
    }
    status: Statuses = {}
    for claim in found.claims:
        label = best.get(claim.id, Label.UNIQUE)
        known = claim.id not in unsure and not broken - {claim.article}
        status[claim.id] = label if known or label == Label.CONFLICTING else None
    return status


def group(found: Findings, status: Mapping[str, Label | None]) -> tuple[Fact, ...]:
    """
    Put every claim into exactly one fact, in the order of the claims.

    Claims that agree or conflict, directly or through others, share a fact. The result
    does not depend on the order of the verdicts.
    """
    together = [verdict for verdict in found.verdicts if verdict.label != Label.UNIQUE]
    root = _components([claim.id for claim in found.claims], [(v.a, v.b) for v in together])
    members: dict[str, list[Claim]] = {}
    for claim in found.claims:
        members.setdefault(root[claim.id], []).append(claim)
    conflicts = _first_conflicts(found, root)
    return tuple(
        _fact(claims, [status[claim.id] for claim in claims], conflicts.get(name))
        for name, claims in members.items()
    )


def camps(claims: Sequence[str], verdicts: Iterable[Verdict]) -> tuple[tuple[str, ...], ...]:
    """
    Part the ids in *claims*, those of one fact, into camps of which no two claims conflict.

    Claims that agree share a camp, directly or through others, unless that would bring two
    together that conflict. A claim that agrees with more than one camp is in none. The camps
    are in the order of their first claims.
    """
    within = set(claims)
    inside = sorted((_key(v.a, v.b), v.label) for v in verdicts if v.a in within and v.b in within)
    foes = {pair for pair, label in inside if label == Label.CONFLICTING}
    parties = {name for pair in foes for name in pair} or within
    agreed = [pair for pair, label in inside if label == Label.AGREEING]
    camp = _joined(claims, [pair for pair in agreed if parties.issuperset(pair)], foes)
    others = _components(
        [one for one in claims if one not in parties], [pair for pair in agreed if parties.isdisjoint(pair)]
    )
    sides: dict[str, set[str]] = {}
    for pair in agreed:
        for one, other in (pair, pair[::-1]):
            if one in others and other in parties:
                sides.setdefault(others[one], set()).add(camp[other])
    for one, group in others.items():
        met = sides.get(group, set())
        camp[one] = next(iter(met)) if len(met) == 1 else ""
    firsts = dict.fromkeys(camp[one] for one in claims if camp[one])
    return tuple(tuple(one for one in claims if camp[one] == first) for first in firsts)


def _joined(
    claims: Sequence[str], agreed: Iterable[tuple[str, str]], foes: set[tuple[str, str]]
) -> dict[str, str]:
    """The first claim of each claim's camp; camps that hold foes of each other are not joined."""
    camp = {name: {name} for name in claims}
    for a, b in agreed:
        if not any(_key(x, y) in foes for x in camp[a] for y in camp[b]):
            camp[a] |= camp[b]
            for name in camp[a]:
                camp[name] = camp[a]
    return {name: next(one for one in claims if one in camp[name]) for name in claims}


def not_judged(found: Findings) -> set[tuple[str, str]]:
    """The pairs of claim ids (smaller id first) that a failure left without a verdict."""
    article = {claim.id: claim.article for claim in found.claims}
    judged = {_key(verdict.a, verdict.b) for verdict in found.verdicts}
    lost = {
        _key(a, b)
        for failure in found.failures
        for a in failure.a
        for b in failure.b
        if article[a] != article[b]
    }
    return lost - judged


def tally_pairs(found: Findings) -> Tally:
    """Count all cross-article pairs: by verdict, not judged, and, for all others, unique."""
    judged = tally(verdict.label for verdict in found.verdicts if verdict.label != Label.UNIQUE)
    lost = len(not_judged(found))
    rest = n_cross_pairs(found.claims) - judged.total - lost
    return judged.model_copy(update={"unique": rest, "not_judged": lost})


def n_cross_pairs(claims: Sequence[Claim]) -> int:
    """How many pairs of claims of different articles there are."""
    sizes = Counter(claim.article for claim in claims)
    return (len(claims) ** 2 - sum(size**2 for size in sizes.values())) // 2


def n_judged(found: Findings, drafts: Collection[str] = ()) -> int:
    """Count the cross-article pairs that have an answer; with *drafts*, those with a claim of one."""
    article = {claim.id: claim.article for claim in found.claims}
    sources = [claim for claim in found.claims if drafts and claim.article not in drafts]
    lost = [pair for pair in not_judged(found) if not drafts or any(article[one] in drafts for one in pair)]
    return n_cross_pairs(found.claims) - n_cross_pairs(sources) - len(lost)


def tally(labels: Iterable[Label | None]) -> Tally:
    """Count *labels*; None is counted as not judged."""
    all_labels = list(labels)
    return Tally(
        agreeing=all_labels.count(Label.AGREEING),
        conflicting=all_labels.count(Label.CONFLICTING),
        unique=all_labels.count(Label.UNIQUE),
        not_judged=all_labels.count(None),
    )


def _first_conflicts(found: Findings, root: Mapping[str, str]) -> dict[str, Verdict]:
    """The conflict of each fact whose claims come first, the earlier claim as `a`."""
    place = {claim.id: number for number, claim in enumerate(found.claims)}
    turned = (
        one if place[one.a] < place[one.b] else _turned(one)
        for one in found.verdicts
        if one.label == Label.CONFLICTING
    )
    ranked = sorted(turned, key=lambda one: (place[one.a], place[one.b]), reverse=True)
    return {root[one.a]: one for one in ranked}


def _turned(one: Verdict) -> Verdict:
    differs = (one.differs[1], one.differs[0]) if one.differs else None
    return one.model_copy(update={"a": one.b, "b": one.a, "differs": differs})


def _best_labels(verdicts: Iterable[Verdict]) -> dict[str, Label]:
    """The strongest label of each claim; claims with none are left out."""
    best: dict[str, Label] = {}
    for label in (Label.AGREEING, Label.CONFLICTING):
        for verdict in verdicts:
            if verdict.label == label:
                best[verdict.a] = best[verdict.b] = label
    return best


def _components(ids: Sequence[str], edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A name for each id's connected component: one of its ids (union-find)."""
    parent = {name: name for name in ids}

    def find(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in edges:
        parent[find(b)] = find(a)
    return {name: find(name) for name in ids}


def _fact(claims: Sequence[Claim], labels: Sequence[Label | None], conflict: Verdict | None) -> Fact:
    names = "\n".join(sorted(claim.id for claim in claims))
    return Fact(
        id="f" + hashlib.sha256(names.encode()).hexdigest()[:8],
        label=_common_label(labels),
        title=_title(claims, conflict),
        values=_values(claims),
    )


def _common_label(labels: Sequence[Label | None]) -> Label | None:
    """A known conflict stands; otherwise one unknown makes the whole unknown."""
    if Label.CONFLICTING in labels:
        return Label.CONFLICTING
    if None in labels:
        return None
    return Label.AGREEING if Label.AGREEING in labels else Label.UNIQUE


def _title(claims: Sequence[Claim], conflict: Verdict | None) -> str:
    """The first claim; of a conflict, what both sides could sign."""
    if conflict is None:
        return claims[0].text
    a, b = (next(claim for claim in claims if claim.id == name) for name in (conflict.a, conflict.b))
    values = conflict.differs or ("", "")
    title = neutral(_said(a, values[0]), _said(b, values[1]), conflict.differs)
    title = title or f"{_said(a, values[0]).rstrip('.')} / {_said(b, values[1])}"
    return title[:1].upper() + title[1:]


def _said(claim: Claim, value: str) -> str:
    """What a claim says, without who says it where *value* is not about that."""
    report = split_report(claim.text)
    told = claim.speaker and report.frame.endswith(" that") and value.lower() not in report.frame.lower()
    return report.said if told else claim.text


def _values(claims: Sequence[Claim]) -> tuple[Value, ...]:
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.article, []).append(claim)
    return tuple(
        Value(article=article, text=own[0].text, claims=tuple(claim.id for claim in own))
        for article, own in by_article.items()
    )


def _key(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)
