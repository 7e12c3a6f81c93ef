"""What the networks of ``keras.applications`` have in common: the input, the top, and the arguments that Keras refuses."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...core.signatures import argument_texts, bound_arguments, default_value
from ...core.sizes import is_symbolic
from ...errors import SettingError, brief
from ..graph import KerasTensor, source_inputs
from ..model import Input, Model
from ..namespaces.exported import PACKAGES, exported_names
from .drawing import Drawing
from .input_shapes import input_shape_of
from .options import Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def classifier(draw: Drawing, x: KerasTensor, a: Options, pool: str | None = "avg_pool") -> KerasTensor:
    """The mean over the image, and a layer with one unit for each class."""
    return draw.dense(draw.global_average(x, pool), a.classes, "predictions", a.classifier_activation)


def pooled(
    draw: Drawing, x: KerasTensor, a: Options, names: tuple[str | None, str | None] = ("avg_pool", "max_pool")
) -> KerasTensor:
    """The features without a classifier, averaged or maximized over the image where that is asked for."""
    if a.pooling == "avg":
        return draw.global_average(x, names[0])
    return draw.layer("GlobalMaxPooling2D", x, names[1]) if a.pooling == "max" else x


def pooled_without_names(draw: Drawing, x: KerasTensor, a: Options) -> KerasTensor:
    return pooled(draw, x, a, (None, None))


class Architecture(Frozen):
    """One network: ``body`` draws its features, ``top`` the classifier, ``features`` what is there without the classifier."""

    body: Callable[[Drawing, KerasTensor, Options], KerasTensor]
    top: Callable[[Drawing, KerasTensor, Options], KerasTensor] = classifier
    features: Callable[[Drawing, KerasTensor, Options], KerasTensor] = pooled
    size: int = 224
    least: int = 32
    shape: Callable[[Options, int, int], tuple[Any, ...]] = input_shape_of  # of the arguments, the size and the least size
    title: Callable[[Options], str] = lambda a: str(a.name)


def built(version: str, name: str, architecture: Architecture, args: tuple[object, ...], kwargs: dict[str, object]) -> Model:
    """The model of a call with Keras's arguments."""
    path = f"{PACKAGES[version]}.applications.{name}"
    known = defaults(version, name)
    today = defaults("v3", name) if f"applications.{name}" in exported_names("v3") else known
    if "**kwargs" in known:
        known = {each: value for each, value in (known | today).items() if not each.startswith("*")}
    a = Options(today | bound_arguments(path, known, args, kwargs, {}))
    check(path, a)
    a.input_shape = architecture.shape(a, architecture.size, architecture.least)
    draw = Drawing(version)
    x = Input(shape=a.input_shape) if a.input_tensor is None else a.input_tensor
    inputs = [x] if a.input_tensor is None else source_inputs(x)
    features = architecture.body(draw, x, a)
    ends = architecture.top if a.include_top else architecture.features
    title = a.given.get("model_name") or architecture.title(a)
    return Model(inputs if len(inputs) > 1 else inputs[0], ends(draw, features, a), name=title)


def defaults(version: str, name: str) -> dict[str, Any]:
    """The arguments of a network in a version."""
    signature = exported_names(version)[f"applications.{name}"].signature
    return {each: default_value(text) if text else None for each, text in argument_texts(signature)}


def check(path: str, a: Options) -> None:
    """Refuses what Keras refuses; the weights are not loaded, since no count depends on them."""
    of_a_size = "ResNetRS" in path and str(a.weights).startswith("imagenet-i")
    if a.weights not in (None, "imagenet") and not of_a_size and not str(a.weights).endswith((".h5", ".keras")):
        raise SettingError(f"{path}: weights is None, 'imagenet' or the path of a file, not {brief(a.weights)}")
    if a.weights == "imagenet" and a.include_top and a.classes != 1000:
        raise SettingError(f"{path}: the weights of ImageNet have 1000 classes, not {a.classes}; give weights=None as well")
    if a.pooling not in (None, "avg", "max"):
        raise SettingError(f"{path}: pooling is None, 'avg' or 'max', not {brief(a.pooling)}")
    if a.input_tensor is not None and not isinstance(a.input_tensor, KerasTensor):
        raise SettingError(f"{path}: input_tensor is a symbolic tensor, such as Input((224, 224, 3)), not {brief(a.input_tensor)}")
    alpha = a.given.get("alpha", 1)
    if is_symbolic(alpha) or isinstance(alpha, bool) or not isinstance(alpha, int | float) or alpha <= 0:
        raise SettingError(
            f"{path}: alpha is a positive number, not {brief(alpha)}, since each width is rounded after it is multiplied by it"
        )
