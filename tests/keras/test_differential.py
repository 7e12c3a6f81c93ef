"""Fresh random layers against the Keras, tf_keras and tf.compat.v1.keras that are installed; skipped where they are not.

What Keras builds of a case of ``unmeasured_layers.py`` we build, with the same tensors, totals and output shapes; what it refuses
we refuse. A layer for which Keras lacks a library (TensorFlow, SciPy) is left out, and counted.

    SYMPARAMS_DIFFERENTIAL=2000 KERAS_BACKEND=torch python -m pytest -s tests/keras/test_differential.py

``SYMPARAMS_DIFFERENTIAL_SEED`` draws other cases; ``-k v2`` is tf_keras alone, and ``-k v1`` tf.compat.v1.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from symparams.errors import SymparamsError
from tests.installed import installed
from tests.keras.recorded_layers import APIS, Record, shapes_in, unnumbered
from tests.keras.unmeasured_layers import FAMILIES, called, cases, made, records_for

CASES = int(os.environ.get("SYMPARAMS_DIFFERENTIAL", "200"))
SEED = int(os.environ.get("SYMPARAMS_DIFFERENTIAL_SEED", "20261121"))
LARGEST = 2_000_000  # scalars that Keras is asked to make
LIBRARY_MISSING, TOO_LARGE = "library missing", "too large"
MISSES = ("refused by us", "refused by Keras", "other", "other shapes")


class Pair:
    """An installed Keras and what it computes on, and symparams for the same version."""

    def __init__(self, version: str, library: Any, zeros: Callable[..., Any]) -> None:
        self.version, self.library, self.zeros, self.ours = version, library, zeros, APIS[version]


@pytest.fixture(scope="module", params=FAMILIES)
def pair(request: pytest.FixtureRequest) -> Pair:
    if request.param == "v3":
        os.environ.setdefault("KERAS_BACKEND", "torch")
        library = installed("keras", at_least="3.15")
        return Pair("v3", library, library.ops.zeros)
    os.environ.setdefault("TF_USE_LEGACY_KERAS", "1")  # else parts of tf_keras look for others in Keras 3
    library = installed("tf_keras" if request.param == "v2" else "tf_keras.api._v1.keras")
    return Pair(request.param, library, installed("tensorflow").zeros)


def told(library: Any, record: Record) -> tuple[Any, ...]:
    """What a library says of a case: tensors, totals, output shapes."""
    layer, out = called(library, record, library.Input)
    trained = {id(weight) for weight in getattr(layer, "trainable_weights", ())}
    weights = [
        (path_of(weight, layer), tuple(weight.shape), weight.trainable if library in APIS.values() else id(weight) in trained)
        for weight in layer.weights
    ]
    return weights, int(layer.count_params()), [*shapes_in(out)]


def path_of(weight: Any, layer: Any) -> str:
    """The path of a weight inside its layer, without the numbers that count the layers of a process."""
    path = weight.path if hasattr(weight, "path") else weight.name.partition(":")[0]  # before Keras 3, TensorFlow's name
    return unnumbered(path.removeprefix(f"{layer.name}/"))


def run(pair: Pair, record: Record) -> Any:
    """The output shapes of a case when Keras computes it on zeros, and our own for the same input; None where it cannot."""
    known = record | {"input_shapes": [[2 if axis is None else axis for axis in shape] for shape in record["input_shapes"]]}

    def zeros(batch_shape: tuple[int, ...], dtype: str | None) -> Any:
        return pair.zeros(batch_shape, dtype or "float32")

    try:
        _, out = called(pair.library, known, zeros)
    except Exception:  # noqa: BLE001  (whatever a backend raises)
        return None
    return [*shapes_in(out)], answer(pair.ours, known)


def answer(library: Any, record: Record) -> Any:
    """What a library says of a case; None where it refuses it, which symparams does with an error of its own."""
    refusal: type[Exception] = SymparamsError if library in APIS.values() else Exception
    try:
        return told(library, record)
    except ImportError:
        return LIBRARY_MISSING
    except refusal:
        return None


def is_large(record: Record, found: Any) -> bool:
    """Whether Keras would make too much of a case; of one that we refuse, its largest number tells."""
    if found:
        return bool(found[1] > LARGEST)
    numbers = [int(digits) for digits in re.findall(r"\d+", repr([record["kwargs"], record["input_shapes"]]))]
    return max(numbers, default=0) ** 2 > LARGEST


def contradicted(said: list[tuple[int | None, ...]], shapes: list[tuple[int, ...]]) -> bool:
    """Whether shapes are none of those that were said, in which an axis may be unknown."""
    pairs = zip(said, shapes, strict=False)
    return len(said) != len(shapes) or any(
        len(one) != len(other) or any(axis not in (None, size) for axis, size in zip(one[1:], other[1:], strict=True))
        for one, other in pairs
    )


def verdict(pair: Pair, record: Record, wanted: Any, found: Any) -> str:
    """Whether we say what Keras says. What it says of shapes, or takes, and contradicts when it runs is no measure."""
    if wanted == found:
        return "equal" if found else "refused by both"
    if wanted is None:
        return "refused by Keras"
    weights, _, outputs = wanted
    if found is None and any(None in shape for _, shape, _ in weights):
        return "refused by us, and of a size that Keras does not say"
    if found is None and any(0 in shape for shape in outputs):
        return "refused by us, and nothing is left of it"
    shapes = run(pair, record)
    if found is None:
        wrong = not shapes or contradicted(outputs, shapes[0])
        return "refused by us, and not so when Keras runs" if wrong else "refused by us"
    if found[:2] != wanted[:2]:
        return "other"
    return "equal when Keras runs" if shapes and shapes[1] and shapes[0] == shapes[1][2] else "other shapes"


@pytest.mark.filterwarnings("ignore")  # Keras's, torch's and TensorFlow's own
def test_fresh_layers_are_what_keras_builds(pair: Pair) -> None:
    seen: Counter[str] = Counter()
    misses = []
    for record in cases(pair.version, CASES, SEED):
        found = answer(pair.ours, record)
        wanted = TOO_LARGE if is_large(record, found) else answer(pair.library, record)
        kind = wanted if isinstance(wanted, str) else verdict(pair, record, wanted, found)
        seen[kind] += 1
        if kind in MISSES:
            case = {key: record.get(key) for key in ("class", "kwargs", "input_shapes", "input_mode", "post")}
            misses.append(f"{kind}: {case}\n    Keras {wanted}\n    we    {found}")
    print(dict(seen))
    assert not misses, f"{len(misses)} of {CASES}, {dict(seen)}:\n" + "\n".join(misses[:20])


# Arguments that some class takes and its signature does not say.
BESIDE: dict[str, Any] = {
    "activity_regularizer": None, "autocast": False, "batch_input_shape": (None, 4), "batch_shape": (None, 4), "batch_size": 3,
    "dtype": "float16", "dynamic": False, "enable_caching_device": True, "groups": 1, "implementation": 1, "input_dim": 4,
    "input_length": 4, "input_shape": (4,), "keepdims": False, "lora_rank": None, "name": "a_b", "seed": 1, "trainable": False,
    "use_one_hot_matmul": True, "weights": None, "zero_output_for_mask": True, "unheard_of": 1,
}  # fmt: skip
GIVEN_BY_KERAS = {  # or of one kind alone
    ("ActivityRegularization", "activity_regularizer"),
    ("CenterCrop", "autocast"),
    ("IntegerLookup", "dtype"),
    ("RandomCrop", "autocast"),
    ("TextVectorization", "dtype"),
}


@pytest.mark.parametrize("pair", ["v1", "v2"], indirect=True)  # symparams takes the same for all classes; Keras 3 does not
@pytest.mark.filterwarnings("ignore")
def test_what_is_taken_beside_the_signature_is_what_keras_takes(pair: Pair) -> None:
    misses = []
    for record in {record["class"]: record for record in records_for(pair.version)}.values():
        plain = {key: value for key, value in record["kwargs"].items() if key not in BESIDE}
        if not (takes(pair.library, record, plain) and takes(pair.ours, record, plain)):
            continue
        for argument, value in BESIDE.items():
            wanted, found = (takes(library, record, plain | {argument: value}) for library in (pair.library, pair.ours))
            if wanted is not found and (record["class"], argument) not in GIVEN_BY_KERAS:
                misses.append(f"{record['class']}({argument}={value!r}): Keras {'takes' if wanted else 'refuses'} it")
    assert not misses, "\n".join(misses)


def takes(library: Any, record: Record, kwargs: dict[str, Any]) -> bool:
    """Whether a library makes a layer of these arguments."""
    refusal: type[Exception] = SymparamsError if library in APIS.values() else Exception
    try:
        getattr(library.layers, record["class"])(**made(library.layers, kwargs))
    except refusal:
        return False
    return True
