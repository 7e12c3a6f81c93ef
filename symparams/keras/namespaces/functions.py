"""Functions of Keras that do something here: those on symbolic tensors, the settings, decorators, and names of functions."""

from __future__ import annotations

from ...errors import SettingError, brief
from ..graph import KerasTensor, source_inputs
from ..operations.arguments import broadcast_shapes
from ..operations.constants import tensor_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


# ---------------------------------------------------------------- settings
def no_effect(*_: object, **__: object) -> None:
    """Accepted, and without effect on a count."""


def constant(value: object) -> Callable[..., object]:
    def function(*_: object, **__: object) -> object:
        return value

    return function


def set_image_data_format(data_format: str) -> None:
    """Accepts Keras's default; any other is an argument of the layers."""
    if data_format != "channels_last":
        raise SettingError(
            f"set_image_data_format: give data_format={data_format!r} to each layer instead, which then says its shapes itself"
        )


def set_dtype_policy(policy: object) -> None:
    """Accepts a policy without a quantization, which changes no count."""
    name = str(getattr(policy, "name", policy))
    if "_from_" in name:
        raise SettingError(f"a global policy {name!r} quantizes every layer; give dtype={name!r} to the layers that it is for")


# ---------------------------------------------------------------- decorators and names
def decorator(*args: Any, **_: object) -> Any:
    """A decorator that changes nothing, with or without arguments."""
    if len(args) == 1 and callable(args[0]):
        return args[0]
    return lambda thing: thing


def plot_model(*_: object, **__: object) -> None:
    """Says what draws a model here, as Keras does where Graphviz is missing."""
    print("plot_model draws with Graphviz, which symparams does not use; symparams.plot_layers(model) draws the counts")


def clone_model(model: Any, *_: object, clone_function: object = None, call_function: object = None, **__: object) -> Any:
    """A copy of a model, with weights of its own."""
    if clone_function is not None or call_function is not None:
        raise SettingError(
            "clone_model: only a copy with the same layers is made here; build the model with the other layers instead"
        )
    from copy import deepcopy

    return deepcopy(model)


def is_keras_tensor(x: object) -> bool:
    """Whether a thing is a symbolic tensor."""
    return isinstance(x, KerasTensor)


# ---------------------------------------------------------------- tensors
def same_shape(x: Any, *_: object, **__: object) -> KerasTensor:
    """A tensor of the same shape."""
    return KerasTensor(tensor_of(x).shape)


def activation(name: str) -> Callable[..., Any]:
    """An activation on a tensor: the operation of its name, a step of the graph where there is one."""

    def function(x: Any, *args: object, **kwargs: object) -> Any:
        from ..operations.applied import applied

        return applied(name, (x, *args), kwargs)

    return function


def loss(y_true: Any, y_pred: Any, *_: object, **__: object) -> KerasTensor:
    """One number for each example."""
    true, predicted = tensor_of(y_true).shape, tensor_of(y_pred).shape
    return KerasTensor(broadcast_shapes([true, predicted])[:-1] if len(true) == len(predicted) else predicted[:-1])


def normalized(x: Any, axis: int = -1, order: int = 2) -> KerasTensor:  # noqa: ARG001
    """A tensor of the same shape."""
    return KerasTensor(tensor_of(x).shape)


def preprocessed(x: Any, data_format: str | None = None, mode: str = "caffe") -> Any:  # noqa: ARG001
    """Images for a network: operations on a tensor, which keep its shape; data is given back as it is."""
    from ..operations.applied import applied

    return applied("divide", (applied("subtract", (x, 127.5), {}), 127.5), {}) if isinstance(x, KerasTensor) else x


# ---------------------------------------------------------------- structures
def flatten(structure: Any) -> list[Any]:
    """The leaves of nested lists, tuples and dicts."""
    return [*leaves(structure)]


def leaves(structure: Any) -> Iterator[Any]:
    if isinstance(structure, dict):
        for key in sorted(structure):
            yield from leaves(structure[key])
    elif isinstance(structure, list | tuple):
        for each in structure:
            yield from leaves(each)
    else:
        yield structure


def map_structure(func: Callable[..., Any], *structures: Any, none_is_leaf: bool = True) -> Any:  # noqa: ARG001
    """The structure with a function applied to each leaf, or to those at the same place of several."""
    first = structures[0]
    if isinstance(first, dict):
        return {key: map_structure(func, *(each[key] for each in structures)) for key in first}
    if isinstance(first, list | tuple):
        return type(first)(map_structure(func, *each) for each in zip(*structures, strict=True))
    return func(*structures)


def is_nested(structure: object) -> bool:
    """Whether a value is a list, a tuple or a dict."""
    return isinstance(structure, list | tuple | dict)


# ---------------------------------------------------------------- what is refused
def refusing(path: str, why: str) -> Callable[..., Any]:
    """A function that is refused when it is called."""

    def function(*_: object, **__: object) -> Any:
        raise SettingError(f"{path}: {why}")

    return function


def int_shape(x: Any) -> Any:
    """The shape of a tensor."""
    return tensor_of(x).shape


SETTINGS: dict[str, Callable[..., Any]] = {
    **dict.fromkeys(
        "utils.set_random_seed utils.clear_session backend.clear_session utils.enable_interactive_logging "
        "utils.disable_interactive_logging backend.set_floatx backend.set_epsilon config.set_floatx config.set_epsilon "
        "config.set_backend config.enable_traceback_filtering config.disable_traceback_filtering config.enable_interactive_logging "
        "config.disable_interactive_logging config.enable_unsafe_deserialization config.enable_flash_attention "
        "config.disable_flash_attention config.set_max_epochs config.set_max_steps_per_epoch config.set_nnx_enabled "
        "backend.set_session backend.set_learning_phase backend.manual_variable_initialization backend.reset_uids "
        "distribution.set_distribution".split(),
        no_effect,
    ),
    **dict.fromkeys(("backend.floatx", "config.floatx"), constant("float32")),
    **dict.fromkeys(("backend.epsilon", "config.epsilon"), constant(1e-7)),
    **dict.fromkeys(("backend.backend", "config.backend"), constant("symparams")),
    **dict.fromkeys(("backend.image_data_format", "config.image_data_format"), constant("channels_last")),
    **dict.fromkeys(("backend.set_image_data_format", "config.set_image_data_format"), set_image_data_format),
    **dict.fromkeys(("mixed_precision.set_dtype_policy", "mixed_precision.set_global_policy", "config.set_dtype_policy"), set_dtype_policy),
    **dict.fromkeys(("mixed_precision.dtype_policy", "mixed_precision.global_policy", "config.dtype_policy"), constant("float32")),
    "utils.is_interactive_logging_enabled": constant(False), "config.is_interactive_logging_enabled": constant(False),
    "config.is_traceback_filtering_enabled": constant(True), "config.is_flash_attention_enabled": constant(False),
    "config.is_nnx_enabled": constant(False), "distribution.distribution": constant(None),
    **dict.fromkeys(("saving.register_keras_serializable", "utils.register_keras_serializable", "remat"), decorator),
    **dict.fromkeys(("utils.get_custom_objects", "saving.get_custom_objects"), constant({})),
    **dict.fromkeys(("utils.plot_model", "utils.model_to_dot"), plot_model), "models.clone_model": clone_model,
    **dict.fromkeys(("utils.is_keras_tensor", "backend.is_keras_tensor"), is_keras_tensor),
    "utils.get_source_inputs": source_inputs, "backend.int_shape": int_shape,
    "random.dropout": same_shape, "random.shuffle": same_shape,
    "random.categorical": lambda logits, num_samples, **_: KerasTensor((tensor_of(logits).shape[0], num_samples), "int32"),
    "utils.normalize": normalized,
    "tree.flatten": flatten, "tree.map_structure": map_structure, "tree.is_nested": is_nested, "device": no_effect,
}  # fmt: skip


def standing_for(front: str, names: Callable[[], list[str]], make: Callable[[str], Any]) -> Callable[..., Any]:
    """``get`` of a module: the function or object of a name, or a function as it is."""

    def get(identifier: Any = None, *_: object, **__: object) -> Any:
        if identifier is None or callable(identifier):
            return identifier
        name = identifier.get("class_name") if isinstance(identifier, dict) else identifier
        if name not in names():
            raise SettingError(f"keras.{front}.get: unknown name {brief(name)}")
        found = make(name)
        return found() if isinstance(found, type) else found

    return get
