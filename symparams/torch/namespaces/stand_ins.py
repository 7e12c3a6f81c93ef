"""Classes and functions of ``torch`` that no count depends on: they take anything, and do nothing or are refused when called."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import SettingError, UnknownLayerError
from ..tensor_functions import NoEffect
from ..tensors import Tensor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Never

COUNTS = "symparams counts parameters; it does not train, and has no data"


TRAINS = ("torch.optim", "torch.amp", "torch.cuda.amp")


def nothing(*_: object, **__: object) -> None:
    """Accepted, and without effect: nothing is trained."""


# Methods of optimizers, schedulers and scalers. None of them has an effect, since nothing is trained.
WITHOUT_EFFECT: dict[str, Any] = {
    **dict.fromkeys(("step", "zero_grad", "update", "unscale_", "load_state_dict", "add_param_group"), nothing),
    "scale": lambda loss: loss,
}


class StandIn:
    """The base of these classes: an optimizer, a data set, a scheduler. A user's own subclass runs its ``__init__``."""

    path = ""

    def __new__(cls, *_: object, **__: object) -> Any:
        return object.__new__(cls)

    def __init__(self, *args: object, **kwargs: object) -> None:
        vars(self).update(args=tuple([*each] if isinstance(each, Iterator) else each for each in args), **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in WITHOUT_EFFECT and self.path.startswith(TRAINS):
            return WITHOUT_EFFECT[name]
        if name == "state" and self.path.startswith("torch.optim"):
            return vars(self).setdefault("state", {})
        if name == "manual_seed" and self.path == "torch.Generator":
            return lambda *_: self
        if name == "param_groups" and self.path.startswith("torch.optim"):
            return [
                {
                    "params": [*self.args[0]] if self.args else [],
                    **{key: value for key, value in vars(self).items() if key != "args"},
                }
            ]
        raise UnknownLayerError(f"{self.path or type(self).__name__} has no {name!r} here: {COUNTS}")

    def __iter__(self) -> Never:
        raise SettingError(f"{self.path or type(self).__name__} cannot be read: {COUNTS}")

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def stand_in_class(module: str, name: str) -> type[StandIn]:
    """The class of a path below ``torch``."""
    path = f"torch.{module}.{name}" if module else f"torch.{name}"
    body = {
        "path": path,
        "__module__": f"symparams.torch{'.' if module else ''}{module}",
        "__doc__": f"``{path}``: accepted, and without effect on a count.",
    }
    return type(name, (StandIn,), body)


def refusing(path: str, why: str = COUNTS) -> Callable[..., Any]:
    """A function that is refused when it is called."""

    def function(*_: object, **__: object) -> Never:
        raise SettingError(f"{path}: {why}")

    function.__name__ = function.__qualname__ = path.rpartition(".")[2]
    function.__doc__ = f"Refused when it is called: {why}."
    return function


def no_effect(*_: object, **__: object) -> None:
    """Accepted, and without effect on a count."""


def constant(value: object) -> Callable[..., object]:
    def function(*_: object, **__: object) -> object:
        return value

    return function


def the_same(*args: Any, **_: object) -> Any:
    """The module or function as it is; a decorator where it is given arguments alone."""
    return args[0] if args else lambda thing: thing


OF_CHECKPOINTS = ("use_reentrant", "context_fn", "determinism_check", "debug", "preserve_rng_state", "early_stop")


def checkpoint(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What the function gives: nothing is trained, so there are no activations to save or to compute again."""
    return function(*args, **{name: value for name, value in kwargs.items() if name not in OF_CHECKPOINTS})


def checkpoint_sequential(functions: Any, segments: int, input: Any, **_: object) -> Any:  # noqa: ARG001
    """What the functions give, one after the other."""
    for function in functions:
        input = function(input)
    return input


def typed_tensor(*sizes: Any, **_: object) -> Tensor:
    """``torch.FloatTensor``: a tensor of sizes, or of the shape of nested lists."""
    from ..tensor_functions import tensor, zeros

    return (
        tensor(sizes[0])
        if len(sizes) == 1 and not isinstance(sizes[0], int) and not hasattr(sizes[0], "free_symbols")
        else zeros(*sizes)
    )


class Limits:
    """``torch.finfo(dtype)`` and ``torch.iinfo(dtype)``: the limits of a data type."""

    def __init__(self, dtype: str = "torch.float32") -> None:
        name = dtype.removeprefix("torch.")
        if name.startswith(("int", "uint")):
            self.bits = int(name.lstrip("uint"))
            self.max = 2 ** (self.bits - name.startswith("int")) - 1
            self.min = -self.max - 1 if name.startswith("int") else 0
            return
        digits, exponent, self.bits = FLOATS[name]
        self.max = (2 - 2.0 ** -(digits - 1)) * 2.0 ** (exponent - 1)
        self.min, self.eps, self.tiny = -self.max, 2.0 ** -(digits - 1), 2.0 ** (2 - exponent)
        self.smallest_normal, self.dtype = self.tiny, name


# The digits of the fraction, the largest exponent and the bits of each kind.
FLOATS = {"float16": (11, 16, 16), "bfloat16": (8, 128, 16), "float32": (24, 128, 32), "float64": (53, 1024, 64)}


class Setting(StandIn):
    """A group of settings, such as ``torch.backends.cudnn``, each of which may be set."""


DECORATORS = (
    "jit.script",
    "jit.export",
    "jit.ignore",
    "jit.unused",
    "jit.script_method",
    "compile",
    "jit.trace",
    "fx.symbolic_trace",
    "jit.freeze",
    "jit.optimize_for_inference",
    "compiler.disable",
    "compiler.allow_in_graph",
    "distributed.elastic.multiprocessing.errors.record",
    "distributed.fsdp.fully_shard",
    "distributed.fsdp.wrap.wrap",
    "distributed.tensor.parallel.parallelize_module",
    "distributed.algorithms._checkpoint.checkpoint_wrapper.checkpoint_wrapper",
    "fx.wrap",
)
NO = ("cuda.is_available", "mps.is_available", "xpu.is_available", "backends.mps.is_available", "backends.mps.is_built", "distributed.is_available",
      "distributed.is_initialized", "cuda.is_bf16_supported", "backends.cudnn.is_available", "amp.is_autocast_available", "cuda.is_initialized", "is_grad_enabled",
      "accelerator.is_available", "compiler.is_compiling", "compiler.is_dynamo_compiling", "jit.is_scripting", "jit.is_tracing", "onnx.is_in_onnx_export",
      "distributed.is_nccl_available", "distributed.is_gloo_available", "distributed.is_mpi_available", "distributed.is_torchelastic_launched",
      "backends.cuda.is_built", "backends.mkldnn.is_available", "backends.openmp.is_available", "cuda.is_current_stream_capturing",
      "are_deterministic_algorithms_enabled", "is_autocast_enabled", "is_inference_mode_enabled")  # fmt: skip
NOTHING = (
    "set_float32_matmul_precision set_default_dtype set_default_device set_default_tensor_type set_num_threads set_num_interop_threads "
    "set_printoptions use_deterministic_algorithms set_grad_enabled seed cuda.empty_cache cuda.manual_seed cuda.manual_seed_all cuda.set_device "
    "cuda.synchronize cuda.init random.manual_seed random.seed multiprocessing.set_start_method multiprocessing.set_sharing_strategy "
    "autograd.set_detect_anomaly mps.empty_cache mps.manual_seed cuda.reset_peak_memory_stats set_flush_denormal "
    "accelerator.set_device_index accelerator.set_device_idx accelerator.synchronize accelerator.empty_cache cuda.reset_max_memory_allocated "
    "cuda.manual_seed_all xpu.manual_seed xpu.empty_cache distributed.init_process_group distributed.destroy_process_group distributed.barrier "
    "_dynamo.reset compiler.reset cuda.set_per_process_memory_fraction"
).split()
KNOWN: dict[str, Any] = {
    **dict.fromkeys(DECORATORS, the_same), **dict.fromkeys(NO, constant(False)), **dict.fromkeys(NOTHING, no_effect),
    **dict.fromkeys(("cuda.device_count", "accelerator.device_count", "xpu.device_count", "mps.device_count", "distributed.get_rank",
                     "cuda.memory_allocated", "cuda.max_memory_allocated", "cuda.memory_reserved", "cuda.max_memory_reserved"), constant(0)),
    "accelerator.current_accelerator": constant(None), "distributed.get_world_size": constant(1), "get_default_dtype": constant("torch.float32"), "get_num_threads": constant(1), "initial_seed": constant(0),
    "utils.checkpoint.checkpoint": checkpoint, "utils.checkpoint.checkpoint_sequential": checkpoint_sequential,
    "is_complex": lambda tensor: "complex" in str(tensor.dtype), "get_rng_state": lambda: typed_tensor(5056), "set_rng_state": no_effect,
    "autograd.Variable": lambda data, **_: data, "cuda.amp.autocast": NoEffect, "amp.autocast": NoEffect, "autocast": NoEffect,
    "autograd.set_detect_anomaly": NoEffect, "set_grad_enabled": NoEffect, "cuda.device": NoEffect, "is_tensor": lambda thing: isinstance(thing, Tensor),
    **dict.fromkeys(("nn.utils.clip_grad_norm_", "nn.utils.clip_grad_norm", "nn.utils.get_total_norm"), constant(0.0)), "nn.utils.clip_grad_value_": no_effect,
    "Size": tuple, "finfo": Limits, "iinfo": Limits, "nn.parameter.Parameter": None, "numel": lambda tensor: tensor.numel(),
    **dict.fromkeys([f"{kind}Tensor" for kind in ("Float", "Double", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool")], typed_tensor),
}  # fmt: skip
