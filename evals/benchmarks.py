"""
The built-in engine and the baselines on public files of labelled pairs, which are not part of this project.

    python evals/benchmarks.py [FOLDER]            print the table
    python evals/benchmarks.py [FOLDER] --write    and keep the scores in evals/scorecards/benchmarks.json

FOLDER holds the twelve files named below, one JSON object a line (docs/evaluation.md); it is
../shared/benchmarks/pairs where nothing else is named, and without it the script says so and ends.
Only scores are kept: no text of these files is ever copied into the project.

| file | data set | source of the rows | licence |
| --- | --- | --- | --- |
| rte3_dev_3way | RTE-3, three-way | GitOffice/RTEFormatWork, mskandalis/rte3-french | free for research; labels BSD-2-Clause |
| emergent_train | Emergent (Ferreira and Vlachos 2016) | willferreira/mscproject | none stated |
| emergent_headline_pairs | pairs of Emergent headlines | willferreira/mscproject | none stated |
| vitaminc | VitaminC | INK-USC/Lifelong-ICL | CC BY-SA 3.0 |
| fnc1_headline_body | FNC-1, competition test set | FakeNewsChallenge/fnc-1 | none stated |
| climatefever | Climate-FEVER, evidence level | tdiggelm/climate-fever-dataset | none stated |
| factcheckbench | Factcheck-Bench | yuxiaw/Factcheck-GPT | Apache-2.0 |
| newsnli | NewsNLI (EQUATE) | Bit-numeval/NumEval | MIT |
| msrp_train | Microsoft Research Paraphrase Corpus | galsang/ABCNN | Microsoft Research licence |
| pyrxsum_scu_presence | PyrXSum | ZhangShiyue/Lite2-3Pyramid | none stated |
| mnli | MultiNLI | INK-USC/Lifelong-ICL | OANC and others |
| sick_train | SICK | barfsma/ComSem | CC BY-NC-SA 3.0 |
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT.parent / "shared" / "benchmarks" / "pairs"
KEPT = ROOT / "evals" / "scorecards" / "benchmarks.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Score every file of the folder; give the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--write", action="store_true", help="keep the scores")
    given = parser.parse_args(arguments)
    files = sorted(given.folder.glob("*.jsonl"))
    if not files:
        print(f"skipped: no .jsonl files in {given.folder}; name the folder that holds the public files")
        return 0
    keep = ["-o", str(KEPT)] if given.write else []
    command = [sys.executable, "-m", "checker", "eval", "pairs", *map(str, files), *keep]
    return subprocess.run(command, check=False, cwd=ROOT).returncode  # noqa: S603 - our own command


if __name__ == "__main__":
    sys.exit(main())
