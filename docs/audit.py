"""
Hold `constraints.txt` against the known advisories; what is passed over, and why, is in `audit.toml`.

    python docs/audit.py       exit 1 for an advisory that is not passed over

pip-audit says "no known vulnerabilities" where it could ask nobody, so its answer is read here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (
    *("-m", "pip_audit", "--requirement", "constraints.txt", "--no-deps", "--disable-pip"),
    *("--format", "json", "--progress-spinner", "off"),
)


def told(answer: str, ignores: Sequence[Mapping[str, Any]], today: date) -> tuple[list[str], int]:
    """The lines to print for pip-audit's *answer*, and the exit code."""
    try:
        asked = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        return ["NOT CHECKED: the advisory service cannot be reached; nothing was learned"], 0
    skipped = [one["name"] for one in asked if "skip_reason" in one]
    passed = {(one["package"], one["id"]): one for one in ignores if today < one["until"]}
    lines, code = [], 0
    for package in asked:
        for advisory in package.get("vulns", ()):
            names = (advisory["id"], *advisory.get("aliases", ()))
            known = next((passed[package["name"], n] for n in names if (package["name"], n) in passed), None)
            code = code if known else 1
            verdict = f"passed over until {known['until']}" if known else "NOT PASSED OVER"
            mend = ", ".join(advisory.get("fix_versions", ())) or "none"
            lines.append(
                f"{package['name']} {package['version']}: {', '.join(names)}; mended in {mend}; {verdict}"
            )
    lines += [f"NOT CHECKED: the service told nothing about {', '.join(skipped)}"] if skipped else []
    return [*lines, f"{len(asked) - len(skipped)} of {len(asked)} packages were checked"], code


def main() -> int:
    """Ask, and print what came of it."""
    ignores = tomllib.loads((ROOT / "audit.toml").read_text(encoding="utf-8"))["ignore"]
    done = subprocess.run([sys.executable, *COMMAND], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    lines, code = told(done.stdout, ignores, datetime.now(UTC).date())
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return code


if __name__ == "__main__":
    sys.exit(main())
