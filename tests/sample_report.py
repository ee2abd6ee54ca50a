"""
Made-up reports for the tests of the report formats.

`sample()` is three articles about a ferry that ran aground, with everything a report can hold.
`hostile()` is the smallest report whose every outside text tries to be more than text.
"""

from checker.facts import Findings, group, statuses, tally, tally_pairs
from checker.schema import (
    Article,
    Aspect,
    Between,
    Claim,
    Counts,
    Coverage,
    Failure,
    Label,
    Quote,
    Remark,
    Report,
    Run,
    Ungrounded,
    Usage,
    Verdict,
)

POST = Article(
    id="post",
    path="ferry/harbour-post.txt",
    format="text",
    title="Ferry Margarethe runs aground off Varsund",
    source="The Harbour Post",
    published="2031-05-04T18:40",
    language="en",
    text="""Ferry Margarethe runs aground off Varsund

The ferry Margarethe ran aground off Varsund shortly after 8 a.m. on Sunday, with 212 people on board.
Twelve people were injured, the coast guard said.

"The steering failed without warning," captain Ines Holt told reporters on the quay.
The ship was carrying 40 cars & one circus lorry.

The harbour office has closed the eastern fairway until Wednesday.
""",
)
COAST = Article(
    id="coast",
    path="ferry/coast-news.html",
    format="html",
    title="“It shook like a train”: 14 hurt on stranded ferry",
    source="Coast News",
    url="https://coast-news.example/2031/margarethe?id=7&page=1",
    published="2031-05-05",
    language="en",
    text="""“It shook like a train”: 14 hurt on stranded ferry

Fourteen people were injured when the Margarethe stranded near Varsund at about 8 a.m. on Sunday.

The crew was exhausted after a double shift, and that caused the accident, said Oda Lien of the seamen's union. The steering worked, she said.

The eastern fairway stays closed until Friday. A tug from Nordhavn reached the ship within the hour.
""",
)
BULLETIN = Article(
    id="bulletin",
    path="ferry/bulletins.json",
    format="json",
    record=2,
    title=None,
    source="Varsund Radio",
    published=None,
    language=None,
    text="""According to the hospital, 14 passengers of the Margarethe were treated for injuries. Divers found a four-metre tear in the hull. More than 200 people were on board.
""",
)
_ARTICLES = (POST, COAST, BULLETIN)


def quote(article, text):
    """The first place of *text* in *article*."""
    start = article.text.index(text)
    return Quote(text=text, start=start, end=start + len(text))


def claim(article, number, text, *quotes, speaker=None):
    """One claim of *article* with its quotes, found in the text."""
    return Claim(
        id=f"{article.id}-{number}",
        article=article.id,
        text=text,
        speaker=speaker,
        quotes=tuple(quote(article, words) for words in quotes),
    )


CLAIMS = (
    claim(POST, 1, "The ferry Margarethe ran aground off Varsund shortly after 8 a.m. on Sunday, 4 May 2031.",
          "ran aground off Varsund shortly after 8 a.m. on Sunday"),
    claim(POST, 2, "212 people were on board the Margarethe.", "with 212 people on board"),
    claim(POST, 3, "The coast guard said that twelve people were injured on the Margarethe.",
          "Twelve people were injured, the coast guard said.", speaker="the coast guard"),
    claim(POST, 4, "Ines Holt said that the steering of the Margarethe failed.",
          '"The steering failed without warning," captain Ines Holt told reporters', speaker="Ines Holt"),
    claim(POST, 5, "The Margarethe was carrying 40 cars.", "The ship was carrying 40 cars"),
    claim(POST, 6, "The eastern fairway is closed until Wednesday.",
          "closed the eastern fairway until Wednesday"),
    claim(COAST, 1, "Fourteen people were injured when the Margarethe stranded.",
          "14 hurt on stranded ferry", "Fourteen people were injured"),
    claim(COAST, 2, "The Margarethe stranded near Varsund at about 8 a.m. on Sunday.",
          "the Margarethe stranded near Varsund at about 8 a.m. on Sunday"),
    claim(COAST, 3, "Oda Lien said that exhaustion of the crew caused the accident.",
          "The crew was exhausted after a double shift, and that caused the accident, said Oda Lien",
          speaker="Oda Lien"),
    claim(COAST, 4, "Oda Lien said that the steering of the Margarethe worked.", "The steering worked, she said.",
          speaker="Oda Lien"),
    claim(COAST, 5, "The eastern fairway is closed until Friday.", "The eastern fairway stays closed until Friday."),
    claim(COAST, 6, "A tug from Nordhavn reached the Margarethe within the hour.",
          "A tug from Nordhavn reached the ship within the hour."),
    claim(BULLETIN, 1, "The hospital said that 14 passengers of the Margarethe were treated for injuries.",
          "According to the hospital, 14 passengers of the Margarethe were treated for injuries.",
          speaker="the hospital"),
    claim(BULLETIN, 2, "Divers found a four-metre tear in the hull of the Margarethe.",
          "Divers found a four-metre tear in the hull."),
    claim(BULLETIN, 3, "More than 200 people were on board the Margarethe.", "More than 200 people were on board."),
)  # fmt: skip
VERDICTS = (
    Verdict(a="coast-4", b="post-4", label=Label.CONFLICTING, aspect=Aspect.POLARITY, between=Between.SPEAKERS,
            differs=("worked", "failed"), reason="The captain and the union contradict each other about the steering."),
    Verdict(a="coast-5", b="post-6", label=Label.CONFLICTING, aspect=Aspect.TIME, between=Between.ARTICLES,
            differs=("Friday", "Wednesday")),
    Verdict(a="coast-1", b="post-3", label=Label.CONFLICTING, aspect=Aspect.QUANTITY, between=Between.ARTICLES,
            differs=("14", "12"), reason="Both count the injured of the same accident."),
    Verdict(a="bulletin-1", b="coast-1", label=Label.AGREEING, reason="Both say that 14 people were hurt."),
    Verdict(a="coast-2", b="post-1", label=Label.AGREEING),
    Verdict(a="bulletin-3", b="post-2", label=Label.AGREEING, reason="212 is more than 200."),
    Verdict(a="coast-3", b="post-4", label=Label.UNIQUE, reason="Two different causes; both could be true."),
)  # fmt: skip
FAILURES = (
    Failure(step="judge", articles=("bulletin", "coast"), a=("bulletin-2", "bulletin-3"), b=("coast-5", "coast-6"),
            error="the endpoint answered 503 four times in 62 s"),
)  # fmt: skip
RUN = Run(
    checker="0.1.0",
    engine="llm",
    model="example-model-9",
    prompts={"judge.v1": "0f1e2d3c", "extract.v1": "9a8b7c6d"},
    settings={"temperature": "0 where the endpoint takes it", "endpoint": "localhost:8000"},
    usage=(
        Usage(stage="extract", calls=3, tokens_in=4210, tokens_out=1875, cost=0.0123),
        Usage(stage="judge", calls=2, kept=1, reasks=1, tokens_in=3100, tokens_out=420, kept_tokens_in=1500,
              kept_tokens_out=200),
    ),
    notes=("Prices are those of a made-up list.",),
)  # fmt: skip


def report_of(claims, verdicts, failures=(), articles=_ARTICLES, **more):
    """A report whose statuses, facts and counts follow from the rest, as in a real run."""
    found = Findings(claims=claims, verdicts=verdicts, failures=failures)
    status = statuses(found)
    facts = group(found, status)
    counts = Counts(
        articles=len(articles),
        claims=tally(status.values()),
        pairs=tally_pairs(found),
        facts=tally(fact.label for fact in facts),
        ungrounded=len(more.get("ungrounded", ())),
        failures=len(failures),
        skipped=len(more.get("skipped", ())),
    )
    return Report(
        articles=articles, claims=claims, verdicts=verdicts, failures=failures, statuses=status, facts=facts,
        counts=counts, **{"run": RUN, **more},
    )  # fmt: skip


def sample():
    """Three conflicts (one between speakers), agreements, a failure, a skipped file, a claim not kept."""
    return report_of(
        CLAIMS,
        VERDICTS,
        FAILURES,
        ungrounded=(
            Ungrounded(
                article="coast", text="Nobody was warned.", quotes=("passengers got no warning at all",)
            ),
        ),
        coverage=(
            Coverage(article="post", quoted=210, total=352),
            Coverage(article="coast", quoted=270, total=333),
            Coverage(article="bulletin", quoted=135, total=135),
        ),
        skipped=(Remark(path="ferry/notes.pdf", problem="no reader for .pdf", mend="save it as .txt"),),
        remarks=(Remark(path="ferry/bulletins.json", problem="no date", mend="add a date field"),),
    )


def complete():
    """The sample without a failure: every pair has an answer."""
    return report_of(CLAIMS, VERDICTS, coverage=sample().coverage)


def builtin():
    """The sample as the built-in engine would report it: no model, no usage."""
    return complete().model_copy(update={"run": Run(checker="0.1.0", engine="builtin")})


def calm():
    """The complete sample without its conflicts."""
    return report_of(CLAIMS, tuple(one for one in VERDICTS if one.label != Label.CONFLICTING))


def opened(first="1978", second="1987", title="The terminal was opened in {}."):
    """A conflict of two articles about one value; *title* is what both say of it."""
    texts = (title.format(first), title.format(second))
    articles = tuple(
        Article(id=name, path=f"{name}.txt", format="text", text=text)
        for name, text in zip("ab", texts, strict=True)
    )
    claims = tuple(claim(one, 1, one.text, one.text) for one in articles)
    verdict = Verdict(a="a-1", b="b-1", label=Label.CONFLICTING, aspect=Aspect.TIME, differs=(first, second))
    return report_of(claims, (verdict,), articles=articles)


def silent():
    """Two articles of which nothing could be read."""
    failures = tuple(Failure(step="extract", articles=(one.id,), error="no answer") for one in (POST, COAST))
    return report_of((), (), failures, (POST, COAST))


def drafted():
    """The complete sample, with the article of Coast News as a draft held against the other two."""
    return report_of(CLAIMS, VERDICTS, coverage=sample().coverage, drafts=("coast",))


def halved():
    """The sample with half a character in a name, which no reader lets in."""
    report = sample()
    first, *others = report.articles
    return report.model_copy(update={"articles": (first.model_copy(update={"source": "a\ud800b"}), *others)})


def paragraphs(size):
    """A conflict of two articles that are one paragraph of *size* characters each, and are quoted whole."""
    texts = [f"{'word ' * (size // 5 - 1)}{last}" for last in ("one.", "two.")]
    articles = tuple(
        Article(id=name, path=f"{name}.txt", format="text", text=text)
        for name, text in zip("ab", texts, strict=True)
    )
    claims = tuple(claim(one, 1, f"The {one.id}.", one.text) for one in articles)
    verdict = Verdict(a="a-1", b="b-1", label=Label.CONFLICTING, aspect=Aspect.OTHER)
    return report_of(claims, (verdict,), articles=articles)


def many_conflicts(number):
    """*number* facts, all of them conflicting, of two articles with one line for each claim."""
    lines = [f"Item {i} costs {i} crowns." for i in range(number)]
    others = [f"Item {i} costs {i + 1} crowns." for i in range(number)]
    first = Article(id="a", path="a.txt", format="text", text="\n".join(lines))
    second = Article(id="b", path="b.txt", format="text", text="\n".join(others))
    claims = tuple(
        claim(article, i, text, text)
        for article, texts in ((first, lines), (second, others))
        for i, text in enumerate(texts)
    )
    verdicts = tuple(
        Verdict(
            a=f"a-{i}",
            b=f"b-{i}",
            label=Label.CONFLICTING,
            aspect=Aspect.QUANTITY,
            differs=(str(i), str(i + 1)),
        )
        for i in range(number)
    )
    return report_of(claims, verdicts, articles=(first, second))


SCRIPT = "</script><img src=x onerror=alert(1)>"
ATTRIBUTE = '"\' onmouseover=alert(1) x="{{ 7*7 }}{% raw %}'
ESCAPES = "\x1b]0;owned\x07\x1b[31mred\x9b2J"
REVERSED = "\u202egnp.exe\u2066"
LINK = "[x](javascript:alert(1)) ![y](https://evil.example/i.png) <https://evil.example> https://evil.example/a www.evil.example"
BLOCK = "# Title\n===\n\n- [ ] task\n\n```\n| a | b |\n|---|---|\n@everyone #1 a@b.example\n"
HIDDEN = "zero\u200bwidth\ufeff tag\U000e0041\u2028next"
EVERYTHING = f"{SCRIPT} {ATTRIBUTE} {ESCAPES} {REVERSED} {LINK} {BLOCK} {HIDDEN}"


def hostile(words=EVERYTHING):
    """Two articles, one conflict, and every outside text is an attack: *words*."""
    text = f"{words}\n\n{words}"
    one = Article(
        id=SCRIPT, path=f"{SCRIPT}\n{ESCAPES}.txt", format="text", title=words, source=words,
        url="javascript:alert(1)", published=words, language='en" onload="alert(1)', text=text,
    )  # fmt: skip
    two = one.model_copy(update={"id": ATTRIBUTE, "path": LINK, "url": f"https://ok.example/{SCRIPT}"})
    claims = tuple(
        Claim(id=f"{words}{number}", article=article.id, text=words, speaker=words,
              quotes=(Quote(text=text, start=0, end=len(text)),))
        for number, article in enumerate((one, two))
    )  # fmt: skip
    verdict = Verdict(
        a=claims[0].id, b=claims[1].id, label=Label.CONFLICTING, aspect=Aspect.OTHER, between=Between.ARTICLES,
        differs=(words, words), reason=words,
    )  # fmt: skip
    return report_of(
        claims,
        (verdict,),
        (Failure(step="verify", articles=(SCRIPT,), error=words),),
        (one, two),
        run=Run(
            checker="0.1.0", engine=words, model=words, prompts={words: words},
            settings={words: words}, usage=(Usage(stage=words, calls=1),), notes=(words,),
        ),
        ungrounded=(Ungrounded(article=SCRIPT, text=words, quotes=(words,)),),
        skipped=(Remark(path=words, problem=words, mend=words),),
        remarks=(Remark(path=words, problem=words, mend=words),),
    )  # fmt: skip
