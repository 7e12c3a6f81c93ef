"""``symparams prove``: builds the classes of a framework on a grid of sizes, or shows the certificate that ships."""

from __future__ import annotations

import sys

from ...core.frameworks import example_paths
from ...errors import ArgumentError
from ..command import SWITCH, Command

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ..command import CommandLine
    from .answer import Proof


def run(asked: CommandLine) -> int:
    """The certificate of a class, of a release or of everything; exit status 1 when something is refuted."""
    from .question import prove, renew

    if asked.file:
        return proof_of_file(asked)
    if bool(asked.entry) is asked.all:
        raise ArgumentError(f"prove takes a class, such as {example_paths()}; or --all")
    if asked.write and asked.shipped:
        raise ArgumentError("--write makes a certificate, and --shipped reads one")
    certificate = prove(asked.entry or None, shipped=asked.shipped, tell=print_progress if sys.stderr.isatty() else None)
    if asked.write and certificate.proved:
        renew(certificate)
    asked.give(certificate)
    return 0 if certificate.proved else 1


def proof_of_file(asked: CommandLine) -> int:
    """Whether a file holds what the formula of a model counts."""
    model = asked.read(asked.entry or "")
    prove = getattr(model, "prove", None)
    if prove is None:
        raise ArgumentError(f"--file is for the model of a config, such as config.json, and not for {model.title}")
    proof = prove(asked.file)
    asked.give(proof)
    return 0 if proof.holds else 1


def print_progress(proof: Proof) -> None:
    """One line for each proof, on a terminal."""
    print(f"{proof.claim.row}: {proof.claim}: {proof.refuted or 'proved'}", file=sys.stderr)


COMMAND = Command(
    name="prove",
    help="whether a formula is the framework's own count at every size, by building the class on a grid; exit status 1 if not",
    options={
        "entry": {
            "metavar": "CLASS",
            "nargs": "?",
            "help": "a class by its path, such as v1.CuDNNLSTM, or the path of a release: all of its classes",
        },
        "--file": {
            "metavar": "FILE",
            "help": "the file with the weights of a config.json that is given in place of the class",
        },
        "--all": {**SWITCH, "help": "every class of every framework"},
        "--shipped": {**SWITCH, "help": "show the certificate that ships; otherwise the framework must be installed"},
        "--write": {**SWITCH, "help": "renew the certificates that ship with this library"},
    },
    run=run,
)
