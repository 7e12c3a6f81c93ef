"""The certificates that ship: one for each claim, of the formula that it is today, and nothing else. No framework is needed."""

from __future__ import annotations

import json
from math import prod
from pathlib import Path

import pytest

import symparams
from symparams import Formula, prove, symbols
from symparams.catalogue import whole_catalogue
from symparams.core.catalogue import ALWAYS
from symparams.core.frameworks import frameworks
from symparams.core.polynomial import of_size
from symparams.errors import ArgumentError, UnknownLayerError
from symparams.layers import Dense
from symparams.questions.proving.agreement import power_of
from symparams.questions.proving.domains import domains
from symparams.questions.proving.file import certificate_text, read_certificate
from symparams.questions.proving.question import every_release, shipped_proofs
from symparams.questions.proving.record import fingerprint
from tests.bad_input import refused

RELEASES = {release.path: (release, prover) for release, prover in every_release()}
CLAIMS = {f"{claim.row}: {claim}": (prover, claim) for _, prover in RELEASES.values() for claim in prover.every_claim()}
SHIPPED = {path: read_certificate(prover) for path, (_, prover) in RELEASES.items()}
each_release = pytest.mark.parametrize("path", RELEASES)
WRAPS = {"keras.SpectralNormalization": Dense.symbolic().count}  # what is around a layer is proved with that layer


def claims_of(path):
    """The claims of a release, each with the record of its proof."""
    for claim in RELEASES[path][1].every_claim():
        yield claim, SHIPPED[path].records[claim.row, str(claim)]


# ---------------------------------------------------------------- every formula has one
def test_there_are_as_many_claims_as_there_were():
    assert len(CLAIMS) >= 600


@each_release
def test_every_formula_is_the_one_that_was_proved(path):
    """It fails where a formula changes: renew the certificates with ``symparams prove --all --write``."""
    assert [str(claim) for claim, record in claims_of(path) if record.fingerprint != fingerprint(claim)] == []


@each_release
def test_a_certificate_has_nothing_but_claims(path):
    claims = {(claim.row, str(claim)) for claim in RELEASES[path][1].every_claim()}
    assert set(SHIPPED[path].records) == claims


@each_release
def test_a_file_is_the_same_when_it_is_written_again(path):
    _, prover = RELEASES[path]
    proofs = shipped_proofs(prover, prover.every_claim())
    assert certificate_text(prover, proofs) == Path(prover.file).read_text(encoding="utf-8")


def test_every_entry_of_the_catalogue_is_proved_in_every_release_that_has_it():
    for framework in frameworks():
        for release, known in framework.classes():
            assert known.name in RELEASES[release.path][1].names(), (
                f"{release.path}.{known.name} has no call in symparams/{framework.name}/proving/calls.py"
            )


def test_every_class_that_is_made_of_several_layers_is_proved_too():
    for release, prover in RELEASES.values():
        composed = {name for name in release.names() if release.find(name).composed} - {"DataParallel"}  # which is any module
        assert composed <= set(prover.names()), composed - set(prover.names())


@pytest.mark.parametrize("entry", whole_catalogue().values(), ids=whole_catalogue())
def test_every_option_is_proved_where_it_holds_and_where_it_does_not(entry):
    claims = [proof.claim for proof in prove(entry, shipped=True)]
    defaults = {
        claim.row: RELEASES[claim.row.rpartition(".")[0]][0].find(claim.row.rpartition(".")[2]).arguments for claim in claims
    }
    for option in entry.options:
        if option.argument != ALWAYS:
            held = {option.holds({**defaults[claim.row], **claim.call.arguments}) for claim in claims}
            assert held == {True, False}, option


# ---------------------------------------------------------------- and proves it
@each_release
def test_a_grid_has_more_numbers_than_the_degrees_of_the_formula(path):
    for claim, record in claims_of(path):
        parts = domains(claim.call)
        assert record.grids == len(parts)
        assert record.builds == record.grids * prod(its.last - its.first + 1 for its in record.bounds)
        for part in parts:
            count = part.polynomial(claim.count.expr)
            assert part.letters == tuple(its.letter for its in record.bounds)
            for its in record.bounds:
                assert power_of(count, its.letter) <= its.power <= its.last - its.first


@pytest.mark.parametrize("entry", whole_catalogue().values(), ids=whole_catalogue())
def test_the_formula_of_the_reference_is_among_those_proved(entry):
    """By the default arguments, in the letters of the call; a width that heads share out is that of all of them."""
    framework = next(each for each in frameworks() if each.owns(entry))
    for release, known in framework.classes():
        if known.entry is entry:
            printed = entry.symbolic(known.arguments).count
            if entry.name in WRAPS:
                printed = Formula(printed.node + WRAPS[entry.name].node)
            proved = [claim.count for claim in RELEASES[release.path][1].claims(known.name)]
            assert any(same_but_for_names(printed, count) for count in proved), (release.path, printed, proved)


def same_but_for_names(one, other):
    """Whether two formulas are the same polynomial, or are once their letters are called alike."""
    if one.polynomial == other.polynomial:
        return True
    names = [sorted(formula.letters, key=lambda name: (use(formula, name), name)) for formula in (one, other)]
    if len(names[0]) != len(names[1]):
        return False
    fresh = symbols(" ".join(f"x_{place}" for place in range(len(names[0]))) or "x") if names[0] else ()
    fresh = fresh if isinstance(fresh, tuple) else (fresh,)
    put = [
        of_size(formula.expr.xreplace(dict(zip((formula.symbols[name] for name in its), fresh, strict=True))))
        for formula, its in zip((one, other), names, strict=True)
    ]
    return put[0] == put[1]


def use(formula, name):
    """How a letter is used in a formula: the degrees and factors of its terms."""
    return sorted(
        (dict(monomial).get(name, 0), sum(power for _, power in monomial), coefficient)
        for monomial, coefficient in formula.polynomial.terms.items()
    )


# ---------------------------------------------------------------- a formula that changes
def test_a_formula_that_changes_has_no_certificate_any_more():
    _, claim = CLAIMS["keras.layers.LSTM: LSTM(units=n, use_bias=True) on (None, None, m)"]
    _, other = CLAIMS["keras.layers.LSTM: LSTM(units=n, use_bias=False) on (None, None, m)"]
    for changed in (claim.but(count=other.count), claim.but(trainable=other.count), claim.but(tensors=other.tensors)):
        (proof,) = shipped_proofs(RELEASES["keras.layers"][1], [changed])
        assert proof.record is None
        assert proof.refuted == "the formula changed since it was proved: renew its certificate with prove --all --write"


def test_a_call_that_is_new_has_no_certificate_yet():
    _, claim = CLAIMS["keras.layers.LSTM: LSTM(units=n, use_bias=True) on (None, None, m)"]
    (proof,) = shipped_proofs(RELEASES["keras.layers"][1], [claim.but(call=claim.call.but(name="LSTMM"))])
    assert proof.refuted == "there is no certificate of it"


# ---------------------------------------------------------------- prove
def test_an_entry_is_proved_in_each_release_that_has_it():
    certificate = prove(whole_catalogue()["keras.LSTM"], shipped=True)
    assert certificate
    assert {proof.claim.row for proof in certificate} == {"keras.layers.LSTM", "keras.v2.layers.LSTM", "keras.v1.layers.LSTM"}


@pytest.mark.parametrize("path", ["torch.nn.LSTM", "torch.LSTM", "nn.LSTM"])
def test_a_class_is_found_by_any_of_its_paths(path):
    assert {proof.claim.row for proof in prove(path, shipped=True)} == {"torch.nn.LSTM"}


def test_all_that_ships_is_proved_and_says_what_is_not():
    certificate = prove(shipped=True)
    assert certificate.proved
    assert len(certificate) == len(CLAIMS)
    assert len(certificate.unproved) >= 5
    assert "the next power of two" in str(certificate)


def test_what_has_no_weights_has_no_formula_to_prove():
    refused(UnknownLayerError, "keras.layers.Dropout has no weights of its own", lambda: prove("keras.layers.Dropout"))
    refused(UnknownLayerError, "torch.nn.ReLU has no weights of its own", lambda: prove("torch.nn.ReLU"))


def test_what_is_no_class_is_refused():
    refused(ArgumentError, "prove takes a class by its path, such as .*, not 3", lambda: prove(3))
    refused(UnknownLayerError, "did you mean 'LSTM'", lambda: prove("keras.layers.LSTMM"))


# ---------------------------------------------------------------- the command line
def test_a_certificate_is_shown_by_the_command_line(run):
    status, out, err = run("prove", "keras.layers.LSTM", "--shipped")
    assert (status, err) == (0, "")
    assert out.startswith("keras.layers.LSTM: 2 formulas proved for all sizes against Keras 3.")
    assert "LSTM(units=n, use_bias=False) on (None, None, m)" in out


def test_json_has_the_whole_certificate(run):
    status, out, _ = run("prove", "torch.nn.Linear", "--shipped", "--json")
    facts = json.loads(out)
    assert status == 0
    assert facts["proved"] is True
    assert facts["premise"].startswith("Premise: ")
    assert facts["proofs"][0]["letters"] == {
        "m": {"degree": 1, "by": "1 axis of weight", "grid": [2, 3]},
        "n": {"degree": 1, "by": "1 axis of weight", "grid": [4, 5]},
    }


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "prove takes a class, such as LSTM, v1.CuDNNLSTM, v2.GRU, or torch.LSTM; or --all"),
        (["torch.nn.LSTM", "--all"], "prove takes a class, such as LSTM, v1.CuDNNLSTM, v2.GRU, or torch.LSTM; or --all"),
        (["--all", "--write", "--shipped"], "--write makes a certificate, and --shipped reads one"),
        (["keras.layers.LSTMM"], "did you mean 'LSTM'"),
    ],
)
def test_bad_input_is_one_line_and_status_2(run, argv, words):
    status, out, err = run("prove", *argv)
    assert (status, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_a_claim_that_fails_is_status_1(run, monkeypatch):
    monkeypatch.setattr("symparams.questions.proving.question.fingerprint", lambda claim: "another")
    status, out, _ = run("prove", "torch.nn.Linear", "--shipped")
    assert status == 1
    assert out.startswith("torch.nn.Linear: 2 of 2 formulas not proved against PyTorch")
    assert "the formula changed since it was proved" in out


def test_prove_is_a_name_of_the_package():
    assert symparams.prove is prove
