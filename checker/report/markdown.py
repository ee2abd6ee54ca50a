"""Report → Markdown: for a job summary, a pull request, or a mail. One sentence a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from checker.report.findings import Chapter, Finding, Kind, Overview
from checker.report.overview import overview
from checker.report.view import Spoken
from checker.report.where import clean
from checker.report.words import (
    BETWEEN_WORDS,
    engine,
    gaps,
    headline,
    inventory,
    is_complete,
    moment,
    share,
    spent,
    subject,
)
from checker.schema import Article, Report, Ungrounded

_SPECIAL = re.compile(r"[\\`*_\[\]{}<>&|~#!$^]")
# These would begin a list, a rule or an underlined heading where they stand first.
_LEADING = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")
# GitHub makes links and mentions of these after it has read the escapes, so only a
# character between them helps: a zero-width space, as an entity that a reader can see.
_LINKING = re.compile(r"(@|\\#|:(?=//)|(?<=www)\.|(?:mailto|xmpp):|(?<=GH)-)", re.IGNORECASE)
_APART = "&#8203;"

# So that `checker check` does not read its own reports as articles.
_MARK = "<!-- fact-consistency-checker report -->"


def render(report: Report) -> str:
    """Give the whole report, without the articles' texts."""
    view = overview(report)
    sections = (
        _answer(report, view),
        _conflicts(report, view),
        _not_judged(report, view),
        _agreements(view),
        _alone(view),
        _not_kept(report),
        _inputs(report, view),
        _run(report),
    )
    lines = (line for section in sections for line in section)
    return "\n".join((_MARK, *lines)) + "\n"


def escaped(text: str) -> str:
    r"""
    Give *text* as one line that Markdown shows as it is: no link, image, HTML, mention or heading.

    >>> print(escaped("[x](javascript:alert(1)) <b>"))
    \[x\](javascript:alert(1)) \<b\>
    """
    inert = _SPECIAL.sub(r"\\\g<0>", clean(text))
    inert = _LEADING.sub(r"\1\\", inert)
    return _LINKING.sub(rf"\g<0>{_APART}", inert)


def _answer(report: Report, view: Overview) -> Iterator[str]:
    yield from (
        "# Fact consistency report",
        "",
        f"**{headline(report, view)}.**",
        f"{inventory(report, view)}.",
    )
    yield f"Read by {escaped(engine(report))}."
    if not is_complete(report):
        yield from ("", f"> **Not complete:** {gaps(report)}.")
        yield "> What is not judged is neither a conflict nor the lack of one."
    yield ""


def _conflicts(report: Report, view: Overview) -> Iterator[str]:
    yield from ("## Conflicts", "")
    if not view.of(Kind.CONFLICT):
        yield from ("None." if is_complete(report) else "None in what was judged.", "")
    for shown in view.of(Kind.CONFLICT):
        yield from (f"### {escaped(shown.fact.title)}", "")
        for side in shown.sides:
            for spoken in side.spoken:
                yield from (f"{_who(spoken)}:", "")
                yield from _quoted(spoken)
        yield from _differences(shown)
        yield ""


def _who(spoken: Spoken) -> str:
    """Give claim number, place, date and speaker of a claim."""
    article, claim = spoken.article, spoken.claim
    known = [escaped(moment(article.published))] if article.published else []
    known += [f"speaker {escaped(claim.speaker)}"] if claim.speaker else []
    return f"**{spoken.number}** · {', '.join([_places(spoken), *known])}"


def _places(spoken: Spoken) -> str:
    return ", ".join(dict.fromkeys(escaped(spoken.place_of(quote)) for quote in spoken.claim.quotes))


def _quoted(spoken: Spoken) -> Iterator[str]:
    for quote in spoken.claim.quotes:
        yield from (f"> “{escaped(quote.text)}”", "")


def _differences(shown: Finding) -> Iterator[str]:
    for one in shown.differences:
        verdict = one.verdict
        kinds = [str(verdict.aspect)] if verdict.aspect else []
        kinds += [BETWEEN_WORDS[verdict.between]] if verdict.between else []
        apart = f": {' / '.join(map(escaped, one.differs))}" if one.differs else ""
        kind = f" ({', '.join(kinds)})" if kinds else ""
        yield f"- **{one.a.number}** and **{one.b.number}** cannot both be true{kind}{apart}."
        if verdict.reason:
            yield f"  {escaped(verdict.reason)}"


def _not_judged(report: Report, view: Overview) -> Iterator[str]:
    if is_complete(report):
        return
    names = {article.id: article.path for article in report.articles}
    yield from ("## Not judged", "")
    for failure in report.failures:
        about = escaped(subject(failure, names))
        yield f"- The step *{failure.step}* gave no answer for {about}: {escaped(failure.error)}"
    yield from ("", "The same command finishes the run.", "")
    yield from _facts(view.of(Kind.NOT_JUDGED))


def _facts(facts: Iterable[Finding]) -> Iterator[str]:
    """Give each fact with one line for each claim about it."""
    for shown in facts:
        yield f"- {escaped(shown.fact.title)}"
        for spoken in (spoken for side in shown.sides for spoken in side.spoken):
            quotes = " … ".join(f"“{escaped(quote.text)}”" for quote in spoken.claim.quotes)
            yield f"  - {_who(spoken)}: {quotes}"
    yield ""


def _agreements(view: Overview) -> Iterator[str]:
    yield from ("## Agreements", "")
    yield from _facts(view.of(Kind.AGREEMENT)) if view.of(Kind.AGREEMENT) else ("None.", "")


def _alone(view: Overview) -> Iterator[str]:
    yield from ("## Only in one article", "")
    chapters = [chapter for chapter in view.chapters if chapter.alone]
    if not chapters:
        yield from ("None.", "")
    for chapter in chapters:
        yield from (f"### {escaped(_place(chapter.article))}", "")
        yield from _facts(chapter.alone)


def _not_kept(report: Report) -> Iterator[str]:
    if not report.ungrounded:
        return
    names = {article.id: article.path for article in report.articles}
    yield from ("## Not kept", "", "The article does not hold the words that were offered as a quote.", "")
    yield from (_offered(one, names.get(one.article, one.article)) for one in report.ungrounded)
    yield ""


def _offered(one: Ungrounded, path: str) -> str:
    words = " … ".join(escaped(quote) for quote in one.quotes)
    return f"- {escaped(path)}: {escaped(one.text)} (offered: {words})"


def _inputs(report: Report, view: Overview) -> Iterator[str]:
    yield from ("## Articles", "", "| Article | Title | Source | Published | Claims | Quoted |")
    yield "| --- | --- | --- | --- | ---: | ---: |"
    quoted = {one.article: share(one.quoted, one.total) for one in report.coverage}
    yield from (_row(chapter, quoted.get(chapter.article.id, "")) for chapter in view.chapters)
    yield ""
    for heading, noted in (("Not read", report.skipped), ("Remarks", report.remarks)):
        if noted:
            yield from (f"### {heading}", "")
            yield from (
                f"- {escaped(one.path)}: {escaped(one.problem)} → {escaped(one.mend)}" for one in noted
            )
            yield ""


def _row(chapter: Chapter, quoted: str) -> str:
    article = chapter.article
    cells = [escaped(text or "") for text in _told(article)]
    return f"| {' | '.join([*cells, str(len(chapter.spoken)), quoted])} |"


def _place(article: Article) -> str:
    """Give the path of *article*, with its place in a file that holds several."""
    return article.path if article.record is None else f"{article.path}#{article.record}"


def _told(article: Article) -> tuple[str | None, ...]:
    """Give what an article tells of itself, where it does."""
    return (
        _place(article),
        article.title,
        article.source,
        moment(article.published) if article.published else None,
    )


def _run(report: Report) -> Iterator[str]:
    run = report.run
    yield from ("## About this run", "", f"- Program: version {escaped(run.checker)}")
    yield f"- Engine: {escaped(run.engine)}"
    yield f"- Model: {escaped(run.model) if run.model is not None else 'none'}"
    yield from (
        f"- Prompt {escaped(name)}: {escaped(digest)}" for name, digest in sorted(run.prompts.items())
    )
    yield from (
        f"- Setting {escaped(name)}: {escaped(value)}" for name, value in sorted(run.settings.items())
    )
    yield from (f"- Used by {escaped(usage.stage)}: {spent(usage)}" for usage in run.usage)
    yield from (f"- Note: {escaped(note)}" for note in run.notes)
