"""Keras as a framework, for the rest of the library: its three versions, its files, its names."""

from __future__ import annotations

from ..core.framework import Framework, Known, Release
from .automatic_names import name_by_user
from .file_endings import ENDINGS, REFUSED
from .printers import KERAS_3, PRINTERS
from .signature import parameters, real_name, signatures

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..core.claim import Prover
    from ..core.framework import Watch
    from ..core.model import Layer
    from .layer import KerasLayer
    from .model import Model
    from .row import Row
    from .summary import Summary

MODELS = ("Sequential", "Input", "Model")  # the same in all versions


# ---------------------------------------------------------------- its classes
def release(version: str, path: str, title: str, step: str = "") -> Release:
    """One version of Keras."""
    return Release(
        key=version,
        path=path,
        title=title,
        step=step,
        prefix=f"{step}." if step else "",
        has=lambda name: name in MODELS or real_name(version, name) is not None,
        find=lambda name: known_by_name(version, name),
        make=lambda name: named_callable(version, name),
        names=lambda: names(version),
        prover=lambda: prover(version),
    )


def prover(version: str) -> Prover:
    """What proves the formulas of a version."""
    from .proving.prover import prover

    return prover(version)


def known_by_name(version: str, name: str) -> Known:
    """A class by its name, or by an alias."""
    from .table import find_row

    return known_row(version, find_row(version, name))


def known_row(version: str, row: Row) -> Known:
    """The facts about a class in a version, from its row."""
    return Known(row.name, signatures(version)[row.name], parameters(version, row.name), row.entry)


def named_callable(version: str, name: str) -> Callable[..., object]:
    """The function or class for a name in a text."""
    if name in MODELS:
        from .model import Input, Sequential

        return Sequential if name == "Sequential" else Input if name == "Input" else model_on_tensors
    from .layer import layer_class

    return layer_class(version, name)


def model_on_tensors(*args: object, **kwargs: object) -> object:
    """``Model(inputs, outputs)``, which a script may have; refused where there are no tensors."""
    from .graph import tensors_in
    from .models import Model

    make: Callable[..., object] = Model
    if next(tensors_in([*args, *kwargs.values()]), None) is None:
        from ..errors import TextError

        raise TextError("Model(inputs, outputs) needs its tensors first: x = Input((64, m)), or write a Sequential")
    return make(*args, **kwargs)


MERGES = frozenset(("add", "average", "concatenate", "dot", "maximum", "minimum", "multiply", "subtract"))


def function(path: Sequence[str]) -> Callable[..., object] | None:
    """A function of ``keras.ops``, or one of ``keras.layers`` that merges tensors."""
    *before, name = path
    if before[-1:] == ["ops"] and not name.startswith("_"):
        from . import ops

        found: Callable[..., object] | None = getattr(ops, name, None)
        return found
    if name in MERGES and before[-1:] in ([], ["layers"], ["merge"]):
        from . import layers

        merge: Callable[..., object] = getattr(layers, name)
        return merge
    return None


def is_layer(thing: object) -> bool:
    """Whether something is a layer, and no model."""
    from .layer import KerasLayer

    return isinstance(thing, KerasLayer)


def is_tensor(thing: object) -> bool:
    """Whether something is a symbolic tensor."""
    from .graph import KerasTensor

    return isinstance(thing, KerasTensor)


def names(version: str) -> list[str]:
    """All names of a version."""
    from .table import layer_names as names_in

    return names_in(version)


def classes() -> Iterator[tuple[Release, Known]]:
    """The classes with weights in each version."""
    from .table import classes_with_weights

    by_key = {each.key: each for each in RELEASES}
    return ((by_key[version], known_row(version, row)) for version, row, _ in classes_with_weights())


def load() -> None:
    """Imports all rows, which adds their entries to the catalogue."""
    from .table import every_row

    every_row()


def around(path: str, layer: Layer) -> Iterator[tuple[str, Layer]]:
    """A recurrent layer inside Bidirectional."""
    if "directions" in layer.fields:
        yield f"{RELEASES[0].path}.Bidirectional({path.rpartition('.')[2]})", layer.but(directions=2)


# ---------------------------------------------------------------- its models
def is_live(thing: object) -> bool:
    """Whether an object is a model or layer of Keras itself."""
    from .graph import KerasCountable

    return hasattr(thing, "get_config") and not isinstance(thing, KerasCountable)


def read(source: object, letters: Mapping[str, object] | str | None = None, also: object = None) -> Model:
    """The model that ``from_keras`` reads."""
    from .reading import from_keras

    return from_keras(source, letters=letters, also=also)


def holds(path: str) -> bool:
    """Whether a file is a saved model: HDF5, or the zip of a ``.keras`` file."""
    from .reading.sources import is_saved_model

    return is_saved_model(path)


def knows_json(text: str) -> bool:
    """Whether a JSON text is a saved model."""
    before, name, _ = text.partition('"class_name"')
    return bool(name) and '"model_type"' not in before and text.startswith(("{", "["))


def listing(model: object) -> Summary | None:
    """The summary of a model, or of a model of the one layer."""
    from .layer import KerasLayer
    from .model import Model

    if isinstance(model, KerasLayer):
        model = around_one(model)
    return model._answer() if isinstance(model, Model) else None


def around_one(layer: KerasLayer) -> Model:
    """A model of one layer. Raises :class:`TextError` for a recurrent cell, which needs states."""
    from ..errors import TextError
    from .model import Model

    alone = layer.by_itself()
    if not alone.calls:
        raise TextError(f"{alone.class_name} is a single step of a recurrence, not a model: show RNN({alone.class_name}(...))")
    return Model(alone.calls[-1].inputs, alone.output)


RELEASES = (
    release("v3", "keras.layers", KERAS_3),
    release("v2", "keras.v2.layers", "Keras 2 (tf_keras)", "v2"),
    release("v1", "keras.v1.layers", "TensorFlow 1 (tf.compat.v1)", "v1"),
)


def watch(tags: bool) -> Watch:
    """What watches Keras while a user's code builds a model."""
    from .tagged_sizes import KerasTags

    return KerasTags(tags)


FRAMEWORK = Framework(
    name="keras",
    title="Keras",
    releases=RELEASES,
    steps=frozenset(("tf", "keras", "layers", "models", "compat", "v1", "v2")),
    examples=("LSTM", "v1.CuDNNLSTM", "v2.GRU"),
    load=load,
    classes=classes,
    around=around,
    is_live=is_live,
    read=read,
    reader="from_keras",
    listing=listing,
    is_layer=is_layer,
    is_tensor=is_tensor,
    function=function,
    name_by_user=name_by_user,
    holders=(
        *("keras.Layer", "keras.Operation", "keras.Variable", "keras.KerasVariable"),
        *("tf_keras.Layer", "tensorflow.Layer", "tensorflow.Variable", "tensorflow.Module"),
    ),
    endings=ENDINGS,
    refused=REFUSED,
    holds=holds,
    knows_json=knows_json,
    printers=PRINTERS,
    watch=watch,
    builder_code=("keras.src.applications.",),
    layer_code=("keras.src.layers.", "keras.src.backend.common.variables"),
)
