"""Wrappers: Bidirectional, TimeDistributed, Wrapper."""

from __future__ import annotations

from ...errors import SettingError, ShapeError
from ..axes import Axes, checked_choice
from ..built import Buildable, Built
from ..row import is_layer, refusal, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.sizes import OpenShape
    from ..built import Shapes
    from ..signature import Arguments

BOTH_WAYS = "Bidirectional reads the sequence both ways, each with its own weights"
CONCATENATES = "Bidirectional concatenates its two directions"
MERGES = ("concat", "sum", "mul", "ave", None)


def is_recurrent(value: object) -> bool:
    return is_layer(value) and "return_sequences" in value.arguments


def check_bidirectional(a: Arguments) -> None:
    if not is_recurrent(a.layer):
        raise refusal(a, "layer", "must be a recurrent layer such as LSTM(16)")
    checked_choice(a.merge_mode, MERGES, f"{a['class_name']}: merge_mode")
    back = a.backward_layer
    if back is not None:
        if not is_recurrent(back):
            raise refusal(a, "backward_layer", "must be a recurrent layer such as LSTM(16, go_backwards=True)")
        if back.arguments.go_backwards == a.layer.arguments.go_backwards:
            raise SettingError("Bidirectional: layer and backward_layer must differ in go_backwards")
        for argument in ("return_sequences", "return_state", "stateful"):
            if back.arguments[argument] != a.layer.arguments[argument]:
                raise SettingError(f"Bidirectional: layer and backward_layer must have the same {argument}")
    elif a["version"] == "v3" and a.layer.arguments.go_backwards:
        raise SettingError("Bidirectional: give go_backwards=True only to backward_layer in Keras 3, not to layer")
    a["forward"] = a.layer.renamed(prefixed_name("forward", a.layer.name, a["version"]))
    # Keras 3 keeps the name of a given backward layer; Keras 2 puts "backward" in front of it.
    if back is not None and back.name == a.layer.name and not back.named_by_user:
        back.name += "_1"
    own_name = back is not None and a["version"] == "v3"
    a["backward"] = back if own_name else (back or a.layer).renamed(prefixed_name("backward", (back or a.layer).name, a["version"]))


def prefixed_name(way: str, name: str, version: str) -> str:
    """The name with the direction in front, ``forward_lstm``; Keras 3 does not repeat it."""
    return name if version == "v3" and name.startswith(f"{way}_") else f"{way}_{name}"


def build_bidirectional(a: Arguments, shape: OpenShape) -> Built:
    forward, backward = a.forward._built(shape), a.backward._built(shape)
    core = None
    if forward.core is not None and forward.core == backward.core:
        core = forward.core.but(directions=2)
    because = {**backward.because, **forward.because, "directions": BOTH_WAYS}
    merged = f"merge_mode={a.merge_mode!r} makes one state of the two directions of Bidirectional" if a.merge_mode else ""
    width_because = CONCATENATES if a.merge_mode == "concat" else merged
    return Built(
        core=core,
        output=merged_shapes(a, forward.output, backward.output),
        because=because,
        width_because=width_because,
        inner=(a.forward, a.backward),
    )


def check_both_states(name: str, a: Arguments, given: list[OpenShape]) -> None:
    """Checks the states of the forward layer, then those of the backward layer."""
    if len(given) % 2:
        raise ShapeError(f"{name}: initial_state must have the same number of states for both directions, not {len(given)} tensors")
    half = len(given) // 2
    a.forward.check_states(given[:half])
    a.backward.check_states(given[half:])


def merged_shapes(a: Arguments, forward: Any, backward: Any) -> Any:
    """The merged output shapes of both directions, then their states."""
    (first, *states), (second, *more) = (shapes if isinstance(shapes, list) else [shapes] for shapes in (forward, backward))
    if a.merge_mode == "concat":
        outputs = [(*first[:-1], first[-1] + second[-1])]
    elif a.merge_mode is None:
        outputs = [first, second]
    elif first != second:
        raise ShapeError(
            f"Bidirectional: merge_mode={a.merge_mode!r} needs two directions of the same width, not {first[-1]} and {second[-1]}"
        )
    else:
        outputs = [first]
    outputs += states + more
    return outputs if len(outputs) > 1 else outputs[0]


def check_layer(a: Arguments) -> None:
    if not isinstance(a.layer, Buildable):
        raise refusal(a, "layer", "must be a layer such as Dense(8)")


def build_time_distributed(a: Arguments, shape: OpenShape) -> Built:
    Axes(a["class_name"], "batch time features" if len(shape) < 3 else "batch time ...", shape)
    inside: Built = a.layer._built((shape[0], *shape[2:]))
    if isinstance(inside.output, list):
        raise ShapeError(f"TimeDistributed: its layer must give one tensor at each step, not {len(inside.output)}")
    return wrapper_build(a, inside, (*shape[:2], *inside.output[1:]))


def build_wrapper(a: Arguments, shape: OpenShape) -> Built:
    """The build of Wrapper: in Keras 2 its output is its input; here, as in its subclasses, it is that of its layer."""
    inside: Built = a.layer._built(shape)
    return wrapper_build(a, inside, inside.output if a["version"] == "v3" else shape)


def wrapper_build(a: Arguments, inside: Built, output: Shapes) -> Built:
    """The build of a layer with the weights of the one inside, whose name is part of their paths only in Keras 3."""
    return Built(
        core=inside.core,
        output=output,
        because=inside.because,
        width_because=inside.width_because,
        inner=(a.layer,),
        steps=a["version"] == "v3",
    )


def wrapper_own_input(a: Arguments, taken: set[str]) -> OpenShape:
    batch, *rest = a.layer.own_input(taken)
    return (batch, None, *rest) if a["class_name"] == "TimeDistributed" else (batch, *rest)


row(
    "Bidirectional",
    states=check_both_states,
    check=check_bidirectional,
    build=build_bidirectional,
    takes="batch time features",
    own_input=wrapper_own_input,
)
row("TimeDistributed", check=check_layer, build=build_time_distributed, own_input=wrapper_own_input, masks=True)
row("Wrapper", check=check_layer, build=build_wrapper, own_input=wrapper_own_input)
