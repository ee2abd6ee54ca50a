"""What a report says of the accuracy of what made it."""

import json
from pathlib import Path

from sample_report import builtin, complete

from checker.evaluate.scorecard import Stage, read_scorecard
from checker.report.measured import Figure, measured
from checker.schema import Label

CARD = read_scorecard(Path(__file__).parent.parent / "evals" / "scorecards" / "accepted.json")


def made_by(model, prompts):
    """The complete sample, made by *model* with *prompts*."""
    run = complete().run.model_copy(update={"model": model, "engine": model, "prompts": prompts})
    return complete().model_copy(update={"run": run})


def same():
    """The sample as what was measured would make it."""
    asked = {name: digest for name, digest in CARD.prompts.items() if name != "baseline.v1"}
    return made_by(CARD.system, asked)


def test_the_figures_are_those_of_the_accepted_scorecard():
    found = measured(same()).system.conflicting
    score = CARD.score(Stage.WHOLE, Label.CONFLICTING)

    assert (found.right, found.given, found.labelled) == (score.right, score.given, score.wanted)
    assert found.precision.value == round(score.precision.value, 4)


def test_what_was_measured_is_told_in_one_line_with_intervals_and_number():
    score = CARD.score(Stage.WHOLE, Label.CONFLICTING)
    line = measured(same()).line

    assert line.startswith(f"On {len(CARD.sets)} labelled sets (labels by language models) this ")
    assert f"this setup finds conflicts with precision {score.precision.value:.2f} (" in line
    assert line.endswith(f", n={score.wanted}.")


def test_another_model_was_not_measured():
    found = measured(complete())

    assert found.other == "model"
    assert found.line.startswith(f"Measured with another model ({CARD.system}); this one was not measured: ")
    assert found.sentences[0].startswith("Measured with another model")


def test_other_prompts_were_not_measured():
    found = measured(made_by(CARD.system, {"judge.v1": "0f1e2d3c"}))

    assert found.line.startswith("Measured with other prompts; these were not measured: ")


def test_the_built_in_engine_has_figures_of_its_own():
    found = measured(builtin())

    assert found.system.model is None
    assert "the built-in engine finds conflicts with precision " in found.line
    assert found.sentences[0].startswith("The built-in engine was measured on ")


def test_an_unknown_engine_without_a_model_has_no_figures():
    run = builtin().run.model_copy(update={"engine": "another"})

    assert measured(builtin().model_copy(update={"run": run})) is None


def test_the_sentences_say_who_labelled_and_that_care_is_needed():
    text = " ".join(measured(same()).sentences)

    assert "labelled by language models that read the labelling guide, not people" in text
    assert "Read these with care." in text


def test_the_counts_stand_beside_the_shares():
    score = CARD.score(Stage.WHOLE, Label.CONFLICTING)

    assert f"{score.right} of {score.given} reported" in " ".join(measured(same()).sentences)


def test_a_share_without_an_interval_is_told_alone():
    assert str(Figure(value=0.5, low=None, high=None)) == "0.50"


def test_the_file_is_small():
    path = Path(__file__).parent.parent / "checker" / "report" / "measured.json"

    assert json.loads(path.read_text(encoding="utf-8"))["sets"] == len(CARD.sets)
    assert path.stat().st_size < 10_000
