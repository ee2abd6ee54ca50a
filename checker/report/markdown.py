"""Report → Markdown of at most 60,000 bytes: for a pull request, a job summary, or a mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.report.findings import Chapter, Finding, Kind, Overview
from checker.report.inert import escaped
from checker.report.markdown_facts import LEGEND, entry, heading, in_full, row, title
from checker.report.measured import measured
from checker.report.overview import overview
from checker.report.section import Section, shown
from checker.report.spending import spent
from checker.report.unanswered import unanswered
from checker.report.words import (
    FINISH,
    KIND_HEADINGS,
    copied,
    count,
    engine,
    gaps,
    headline,
    inventory,
    is_complete,
    moment,
    none,
    share,
    subject,
)
from checker.schema import Article, Remark, Report, Ungrounded

MOST_BYTES = 60_000
_FOR_LEFT_OUT = 800  # bytes, more than the sentence about what is left out takes
_MOST_RUN_LINES = 30
_LONGEST_RUN_LINE = 160
_LONGEST_NAME = 100
_LONGEST_NOTE = 200

# So that `checker check` does not read its own reports as articles.
_MARK = "<!-- fact-consistency-checker report -->\n"


def render(report: Report) -> str:
    """
    Give the whole report without the articles' texts, or as much of it as fits, worst first.

    What is left out is said at the top, by kind.
    """
    view = overview(report)
    answer = "".join(f"{line}\n" for line in _answer(report, view))
    about = "".join(f"{line}\n" for line in _about(report))
    sections = tuple(_sections(report, view))
    room = MOST_BYTES - len((_MARK + answer + about).encode()) - _FOR_LEFT_OUT
    number = shown(sections, room)
    parts = [section.text(number[section.title]) for section in sections]
    return "".join([_MARK, answer, _left_out(sections, number), _no_conflict(report, view), *parts, about])


def _answer(report: Report, view: Overview) -> Iterator[str]:
    yield from ("# Fact consistency report", "", f"**{headline(report, view)}.**")
    yield f"{inventory(report, view)}."
    yield f"Read by {escaped(engine(report), _LONGEST_NOTE)}."
    if not is_complete(report):
        yield from ("", f"> **Not complete:** {gaps(report)}.")
        yield "> What is not judged is neither a conflict nor the lack of one."
    yield ""


def _left_out(sections: tuple[Section, ...], number: Mapping[str, int]) -> str:
    left = {section.title: len(section.items) - number[section.title] for section in sections}
    told = ", ".join(f"{name} {n:,}" for name, n in left.items() if n)
    if not told:
        return ""
    return (
        f"> **Not all is shown here**, for want of room. Left out: {told}.\n"
        "> See all: `checker report result.json -o report.html`\n\n"
    )


def _no_conflict(report: Report, view: Overview) -> str:
    if any(one.accepted is None for one in view.of(Kind.CONFLICT)):
        return ""
    return f"## {KIND_HEADINGS[Kind.CONFLICT]}\n\n{none(report)}\n\n"


def _sections(report: Report, view: Overview) -> Iterator[Section]:
    """The sections in their order; the rank says which goes first for want of room: the highest."""
    told = [one for one in view.findings if one.accepted is None]

    def entries(kind: Kind) -> list[str]:
        return [entry(one) for one in told if one.kind == kind]

    conflicts = [in_full(one) for one in told if one.kind == Kind.CONFLICT]
    yield Section(KIND_HEADINGS[Kind.CONFLICT], 0, conflicts)
    yield Section(KIND_HEADINGS[Kind.UNSUPPORTED], 1, entries(Kind.UNSUPPORTED))
    yield Section(KIND_HEADINGS[Kind.MISSING], 2, entries(Kind.MISSING))
    not_judged = [*_failures(report), *entries(Kind.NOT_JUDGED)]
    yield Section(KIND_HEADINGS[Kind.NOT_JUDGED], 3, not_judged, f"{FINISH}\n\n")
    rows = [row(one, view.chapters) for one in told if len(one.sides) > 1]
    yield Section("Facts by article", 6, rows, LEGEND + heading(view.chapters))
    for rank, kind in enumerate((Kind.AGREEMENT, Kind.SUPPORTED, Kind.SOURCES), 7):
        yield Section(KIND_HEADINGS[kind], rank, entries(kind), is_folded=True)
    yield Section(KIND_HEADINGS[Kind.SINGLE], 10, list(_alone(view)), is_folded=True)
    accepted = [one for one in view.findings if one.accepted is not None]
    yield Section("Accepted before", 11, [_accepted(one) for one in accepted], is_folded=True)
    yield _not_kept(report)
    yield _articles(report, view)
    yield Section("Not read", 4, [_remark(one) for one in report.skipped])
    yield Section("Remarks", 13, [_remark(one) for one in report.remarks])


def _failures(report: Report) -> Iterator[str]:
    names = {article.id: article.path for article in report.articles}
    for one in unanswered(report):
        about = escaped(subject(one, names), _LONGEST_NOTE)
        error = escaped(one.error, _LONGEST_NOTE)
        yield f"- The step *{one.step}* gave no answer for {about}: {error}\n"


def _alone(view: Overview) -> Iterator[str]:
    """Give the facts of single articles, article by article."""
    for chapter in view.chapters:
        head = f"\n### {escaped(_place(chapter.article), _LONGEST_NOTE)}\n\n"
        for one in chapter.alone:
            if one.kind == Kind.SINGLE and one.accepted is None:
                yield head + entry(one)
                head = ""


def _accepted(finding: Finding) -> str:
    reason = escaped(finding.accepted or "", _LONGEST_NOTE)
    return f"- **F{finding.number}** {title(finding)}: {reason}\n"


def _not_kept(report: Report) -> Section:
    names = {article.id: article.path for article in report.articles}
    head = "The article does not hold the words that were offered as a quote.\n\n"
    items = [_offered(one, names.get(one.article, one.article)) for one in report.ungrounded]
    return Section("Not kept", 12, items, head, is_folded=True)


def _offered(one: Ungrounded, path: str) -> str:
    words = escaped(" … ".join(one.quotes), _LONGEST_NOTE)
    return f"- {escaped(path, _LONGEST_NAME)}: {escaped(one.text, _LONGEST_NOTE)} (offered: {words})\n"


def _articles(report: Report, view: Overview) -> Section:
    quoted = {one.article: share(one.quoted, one.total) for one in report.coverage}
    places = {article.id: _place(article) for article in report.articles}
    notes = {one.article: copied(one.share, places[one.of]) for one in view.texts.copies}
    head = "| | Article | Title | Source | Published | Claims | Quoted | Note |\n"
    head += "| ---: | --- | --- | --- | --- | ---: | ---: | --- |\n"
    rows = [_row(one, quoted.get(one.article.id, ""), notes.get(one.article.id, "")) for one in view.chapters]
    return Section("Articles", 5, rows, head)


def _row(chapter: Chapter, quoted: str, note: str) -> str:
    article = chapter.article
    told = [_place(article), article.title, article.source, moment(article.published or "")]
    cells = [escaped(text or "", _LONGEST_NAME) for text in told]
    notes = "; ".join(filter(None, ["draft" if chapter.is_draft else "", escaped(note, _LONGEST_NOTE)]))
    return f"| {' | '.join([str(chapter.number), *cells, str(len(chapter.spoken)), quoted, notes])} |\n"


def _place(article: Article) -> str:
    """Give the path of *article*, with its place in a file that holds several."""
    return article.path if article.record is None else f"{article.path}#{article.record}"


def _remark(one: Remark) -> str:
    return (
        f"- {escaped(one.path, _LONGEST_NAME)}: {escaped(f'{one.problem} → {one.mend}', 2 * _LONGEST_NOTE)}\n"
    )


def _about(report: Report) -> Iterator[str]:
    yield from ("## About this run", "")
    if figures := measured(report):
        yield from (f"- {escaped(sentence)}" for sentence in figures.sentences)
    told = list(_run(report))
    yield from (f"- {escaped(line, _LONGEST_RUN_LINE)}" for line in told[:_MOST_RUN_LINES])
    if len(told) > _MOST_RUN_LINES:
        yield f"- and {count(len(told) - _MOST_RUN_LINES, 'more line')}"


def _run(report: Report) -> Iterator[str]:
    run = report.run
    yield f"Program: version {run.checker}"
    yield f"Engine: {run.engine}"
    yield f"Model: {run.model if run.model is not None else 'none'}"
    yield from (f"Prompt {name}: {digest}" for name, digest in sorted(run.prompts.items()))
    yield from (f"Setting {name}: {value}" for name, value in sorted(run.settings.items()))
    yield from (f"Used by {usage.stage}: {spent(usage)}" for usage in run.usage)
    yield from (f"Note: {note}" for note in run.notes)
