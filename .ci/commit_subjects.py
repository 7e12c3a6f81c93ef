"""Checks the subject of every commit since this file was added: imperative, as in "Count the biases of CuDNNGRU", and at most 72 characters.

A program cannot tell whether a sentence is imperative, but it knows words that never begin one. It needs a clone with history:
in a shallow clone, or without git, it has nothing to check.
"""

from __future__ import annotations

import re
import subprocess
import sys

LONGEST = 72
HERE = ".ci/commit_subjects.py"
NOT_VERBS = frozenset(
    """a after all an and another any as at before both by each every for from how if in its most no not now of on one only
    or other our some that the their there these they this those to two until we what when where which while who why with
    without""".split()
)
VERBS = frozenset("bring embed exceed feed focus need proceed seed shed speed spring succeed".split())  # in spite of their endings
DERIVED = ("Revert ", "fixup! ", "squash! ", "amend! ")  # git derives these subjects from others


def faults(subject: str) -> list[str]:
    """What is wrong with a subject; empty when nothing is."""
    first = re.split(r"[\s,:]", subject, maxsplit=1)[0]
    word = first.lower()
    found = []
    if len(subject) > LONGEST:
        found.append(f"it has {len(subject)} characters; the limit is {LONGEST}")
    if not re.fullmatch(r"[A-Z][a-z]+(-[a-z]+)?", first):
        found.append(f"it should begin with a capitalized verb, not with {first!r}")
    elif word in NOT_VERBS or (re.search("ed$|ing$|(?<!s)s$", word) and word not in VERBS):
        found.append(f"it should begin with an imperative such as Add, Fix or Let, not with {first!r}")
    if subject.endswith("."):
        found.append("it should end without a full stop")
    return found


def git(*arguments: str) -> str:
    command = ["git", "-c", "safe.directory=*", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def subjects() -> list[tuple[str, str]] | str:
    """The commits to check, or why there are none. Merges are left out: git words them."""
    try:
        if git("rev-parse", "--is-shallow-repository").strip() == "true":
            return "this clone is shallow"
        came = git("log", "--diff-filter=A", "--format=%H", "--", HERE).split()
        if not came:
            return "this history does not have the check"
        lines = git("log", "--no-merges", "--ancestry-path", "--format=%h%x09%s", f"{came[-1]}..HEAD").splitlines()
    except (OSError, subprocess.CalledProcessError):
        return "there is no git history here"
    return [(commit, subject) for commit, _, subject in (line.partition("\t") for line in lines) if not subject.startswith(DERIVED)]


def main() -> int:
    found = subjects()
    if isinstance(found, str):
        print(f"nothing to check: {found}")
        return 0
    wrong = [(commit, subject, fault) for commit, subject in found for fault in faults(subject)]
    for commit, subject, fault in wrong:
        print(f"{commit} {subject}\n    {fault}", file=sys.stderr)
    print(f"{len(found)} commit subjects checked, {len({commit for commit, _, _ in wrong})} to be reworded")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
