"""``prove``: a formula of the catalogue, held against the framework itself on a grid that leaves no other polynomial."""

from __future__ import annotations

from ..._startup.boundary import entrance
from ...core.catalogue import Entry
from ...core.frameworks import example_paths, frameworks, release_of
from ...errors import ArgumentError, SettingError, UnknownLayerError, brief
from .answer import Certificate, Proof
from .file import read_certificate, write_certificate
from .record import fingerprint
from .trying import proof_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ...core.claim import Claim, Prover
    from ...core.framework import Release


@entrance
def prove(entry: str | Entry | None = None, *, shipped: bool = False, tell: Callable[[Proof], object] | None = None) -> Certificate:
    """The certificate that a formula is the framework's own count at every size.

    ``entry`` is the path of a class, such as ``"keras.layers.LSTM"`` or ``"torch.nn.LSTM"``, that of all classes of a release,
    ``"torch.nn"``, an entry of the catalogue, or None for everything. The framework has to be installed: it is imported, and makes
    the class at all sizes of a grid that leaves no other formula. ``shipped=True`` reads the certificate that ships with this
    library instead, which needs no framework. ``tell`` is called with each proof as it is found.

    Raises :class:`SettingError` where the framework is not installed, :class:`UnknownLayerError` for a class without weights.

    >>> print(prove("keras.layers.LSTM", shipped=True).headline)
    keras.layers.LSTM: 2 formulas proved for all sizes against Keras 3.15.1 with torch 2.13.0
    """
    chosen = list(asked_for(entry))
    make = shipped_proofs if shipped else new_proofs
    proofs = tuple(told_proof(proof, tell) for prover, claims in chosen for proof in make(prover, claims))
    if entry is not None and not is_release(entry):
        return Certificate(", ".join({proof.claim.row: None for proof in proofs}), proofs, {})
    unproved = {what: why for prover, _ in chosen for what, why in prover.unproved.items()}
    return Certificate("all frameworks" if entry is None else str(entry), proofs, unproved)


def told_proof(proof: Proof, tell: Callable[[Proof], object] | None) -> Proof:
    """The proof, once it is told."""
    if tell is not None:
        tell(proof)
    return proof


# ---------------------------------------------------------------- what is asked for
def asked_for(entry: object) -> Iterator[tuple[Prover, list[Claim]]]:
    """The claims that are to be proved, with what proves them."""
    if entry is None or is_release(entry):
        whole = (prover for release, prover in every_release() if entry in (None, release.path))
        yield from ((prover, list(prover.every_claim())) for prover in whole)
        return
    if isinstance(entry, Entry):
        yield from of_entry(entry)
        return
    if not isinstance(entry, str):
        raise ArgumentError(
            f"prove takes a class by its path, such as {example_paths()}, or an entry of the catalogue, not {brief(entry)}"
        )
    release, _ = release_of(entry.split("."))
    prover = release.prover() if release.prover is not None else None
    name = release.find(entry.rpartition(".")[2]).name
    claims = list(prover.claims(name)) if prover is not None else []
    if prover is None or not claims:
        raise UnknownLayerError(f"{release.path}.{name} has no weights of its own, so there is no formula to prove")
    yield prover, claims


def is_release(entry: object) -> bool:
    """Whether what is asked for is a release by its path."""
    return isinstance(entry, str) and any(release.path == entry for release, _ in every_release())


def of_entry(entry: Entry) -> Iterator[tuple[Prover, list[Claim]]]:
    """The claims of an entry of the catalogue, in each release that has its class."""
    name = entry.name.rpartition(".")[2]
    for release, prover in every_release():
        if name in prover.names() and release.find(name).entry is entry:
            yield prover, list(prover.claims(name))


def every_release() -> Iterator[tuple[Release, Prover]]:
    """The releases whose formulas are proved."""
    for framework in frameworks():
        for release in framework.releases:
            if release.prover is not None:
                yield release, release.prover()


# ---------------------------------------------------------------- proofs
def new_proofs(prover: Prover, claims: Iterable[Claim]) -> Iterator[Proof]:
    """The claims, tried with the framework."""
    installed = prover.installed()
    return (proof_of(claim, installed) for claim in claims)


def shipped_proofs(prover: Prover, claims: Iterable[Claim]) -> Iterator[Proof]:
    """The claims, each with what ships of its proof."""
    its = read_certificate(prover)
    for claim in claims:
        record = its.records.get((claim.row, str(claim)))
        refuted = "there is no certificate of it" if record is None else ""
        if record is not None and record.fingerprint != fingerprint(claim):
            record, refuted = None, "the formula changed since it was proved: renew its certificate with prove --all --write"
        yield Proof(claim, its.against, its.beside, record, refuted)


def renew(certificate: Certificate) -> list[str]:
    """Writes the certificates that ship, of the releases that were proved, and gives their files.

    Raises :class:`SettingError` where a part of a release is missing or not proved.
    """
    files = []
    for release, prover in every_release():
        proofs = [proof for proof in certificate.proofs if proof.claim.row.rpartition(".")[0] == release.path]
        if proofs and (len(proofs) < len(list(prover.every_claim())) or any(proof.record is None for proof in proofs)):
            raise SettingError(f"{release.path}: a certificate is written of all classes of a release, once all are proved")
        if proofs:
            write_certificate(prover, proofs)
            files.append(prover.file)
    return files
