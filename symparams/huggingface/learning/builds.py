"""One build of a class of transformers on the meta device: its tensors, and what its code compared, walked and read."""

from __future__ import annotations

import contextlib
import copy
import os
import signal
import warnings

for switch in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
    os.environ.setdefault(switch, "1")

import torch
import transformers
from torch.overrides import TorchFunctionMode
from transformers import AutoConfig
from transformers.configuration_utils import PreTrainedConfig

from .renumbering import renumber, renumber_stacks
from .stand_ins import StandIns
from .tags import RECORDER, Items, Real, Text, Whole, expression_of, plain, tagged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from .expressions import Expression

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
warnings.filterwarnings("ignore")
RECORDER.modules = torch.nn.Module
for filling in (
    "kaiming_uniform_",
    "kaiming_normal_",
    "uniform_",
    "normal_",
    "xavier_uniform_",
    "xavier_normal_",
    "trunc_normal_",
    "zeros_",
    "ones_",
    "constant_",
):
    setattr(torch.nn.init, filling, lambda tensor, *_, **__: tensor)  # nothing is filled on the meta device

SECONDS = 60  # that one build may take; far above what any does, so that the clock decides nothing
CHOSEN_BY_NAME = ("timm",)
KINDLESS = set(
    "transformers_version name_or_path architectures id2label label2id dtype torch_dtype chunk_size_feed_forward output_attentions "
    "output_hidden_states return_dict problem_type use_cache initializer_range is_encoder_decoder model_type bos_token_id eos_token_id "
    "sep_token_id decoder_start_token_id task_specific_params keys_to_ignore_at_inference finetuning_task rope_parameters".split()
)  # fields of every config that no tensor depends on


class Build:
    """What one build gave. ``given`` are the arguments of the config class, ``fields`` all of the config, sub-configs dotted."""

    given: Mapping[str, Any]
    fields: dict[str, Any]
    tensors: dict[str, tuple[tuple[int, ...], tuple[Expression, ...] | None, bool]]
    ties: dict[str, str]
    modules: dict[str, str]
    models: dict[str, tuple[str, str]]  # path -> class, and the path of its sub-config
    lengths: dict[str, int]
    comparisons: list[tuple[Expression, bool, str | None]]
    config_comparisons: list[tuple[Expression, bool]]
    loops: list[tuple[Expression, int, str | None]]
    reads: dict[tuple[str, bool], list[str | None]]
    derived: dict[str, Expression]
    inner: dict[str, Any]  # path of a model within -> its config class and arguments, where its type is free
    buffers: int
    by_name: str | None  # another library whose layers are in it: a name in the config chooses them, and no field their sizes


# ---------------------------------------------------------------- tensors
class Axes(TorchFunctionMode):  # type: ignore[misc]
    """Keeps the expressions of the sizes that a tensor is made with on the tensor."""

    def __torch_function__(self, function: Any, types: object, args: Any = (), kwargs: Any = None) -> Any:
        made = function(*args, **(kwargs or {}))
        if type(made) is torch.Tensor or type(made) is torch.nn.Parameter:
            axes = axes_made(made, args, kwargs or {})
            if axes is not None:
                made.axes = axes
        return made


def axes_made(made: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[Expression, ...] | None:
    shape = tuple(made.shape)
    sizes = [*sizes_in(args), *sizes_in(tuple(named[name] for name in ("size", "shape") if name in named))][: len(shape)]
    if any(isinstance(size, Whole) for size in sizes) and tuple(map(int, sizes)) == shape:
        return tuple(expression_of(size) for size in sizes)
    for each in args:
        axes = getattr(each, "axes", None) if isinstance(each, torch.Tensor) else None
        if axes is not None and tuple(each.shape) == shape:
            return axes  # type: ignore[no-any-return]
    return None


def sizes_in(args: tuple[Any, ...]) -> list[Any]:
    found: list[Any] = []
    for each in args:
        if isinstance(each, int) and not isinstance(each, bool):
            found.append(each)
        elif isinstance(each, (tuple, list)):
            found += sizes_in(tuple(each))
    return found


NEW_PARAMETER = torch.nn.Parameter.__new__


def new_parameter(cls: Any, data: Any = None, requires_grad: bool = True) -> Any:
    made = NEW_PARAMETER(cls, data, requires_grad)
    axes = getattr(data, "axes", None)
    if axes is not None:
        made.axes = axes
    return made


@contextlib.contextmanager
def watching() -> Iterator[None]:
    torch.nn.Parameter.__new__ = staticmethod(new_parameter)
    try:
        with Axes(), StandIns():
            yield
    finally:
        torch.nn.Parameter.__new__ = staticmethod(NEW_PARAMETER)


# ---------------------------------------------------------------- configs
READ = PreTrainedConfig.__getattribute__
PLAIN_READ = object.__getattribute__  # for what is no field
LABELS = PreTrainedConfig.num_labels


def read(self: Any, key: str) -> Any:
    """Reading a field of a config: one that is None, or not there at all, is written down."""
    if not RECORDER.on or key in ("attribute_map", "model_type", "sub_configs") or (key[0] == "_" and key in PRIVATE):
        return READ(self, key)
    try:
        found = READ(self, key)
    except AttributeError:
        RECORDER.read(path_of(self) + key, False)
        raise
    if found is None and not callable(getattr(type(self), key, None)):
        RECORDER.read(path_of(self) + PLAIN_READ(self, "attribute_map").get(key, key), True)
    return found


def path_of(config: Any) -> str:
    """Where a sub-config is in the config: ``text_config.``."""
    path: str = PLAIN_READ(config, "__dict__").get("_path", "")
    return path


def labels(self: Any) -> Any:
    number = LABELS.fget(self)
    fixed = PLAIN_READ(self, "__dict__").get("_labels_fixed")
    return Whole(number, ("field", path_of(self) + "num_labels")) if RECORDER.on and type(number) is int and not fixed else number


def set_labels(self: Any, number: Any) -> None:
    if RECORDER.on and RECORDER.constructing:
        self.__dict__["_labels_fixed"] = True  # a class that overrules its config, as question answering does
    LABELS.fset(self, number)


PreTrainedConfig.__getattribute__ = read
PreTrainedConfig.__repr__ = lambda self: type(self).__name__  # validators print whole configs into errors that nobody sees
PreTrainedConfig.num_labels = property(labels, set_labels)


def sub_configs(config: Any) -> Iterator[tuple[str, Any]]:
    for key, its in list(config.__dict__.items()):
        if isinstance(its, PreTrainedConfig) and not key.startswith("_"):
            yield key, its


def tag_fields(config: Any, path: str = "", flags: bool = True) -> dict[str, Expression]:
    """Tags the values of a config in place; gives the expressions of those that the config class computed."""
    derived = {}
    config.__dict__["_path"] = path
    for key, its in list(config.__dict__.items()):
        field = path + key
        if isinstance(its, PreTrainedConfig) and not key.startswith("_"):
            derived.update(tag_fields(its, field + ".", flags))
        elif is_private(config, key) or key in KINDLESS or (type(its) is bool and not flags):
            continue
        else:
            if isinstance(its, (Whole, Real, Text, Items)) and its.expression != ("field", field):
                derived[field] = its.expression
            config.__dict__[key] = tagged(plain(its), ("field", field))
    return derived


def tagged_arguments(kind: Any, given: Mapping[str, Any], kinds: tuple[type, ...]) -> dict[str, Any]:
    """The values of a config's arguments, tagged, defaults too: what the config class computes keeps its formula."""
    names = getattr(kind, "attribute_map", {})
    defaults = {name: its.default for name, its in getattr(kind, "__dataclass_fields__", {}).items() if type(its.default) in kinds}
    return {
        name: tagged(its, ("field", names.get(name, name))) if type(its) in kinds and name not in KINDLESS else its
        for name, its in {**defaults, **given}.items()
    }


def tagged_config(kind: Any, given: Mapping[str, Any]) -> Any:
    """The config of tagged arguments; where the class takes no tagged texts or lists, of tagged numbers."""
    try:
        return kind(**tagged_arguments(kind, given, (int, float, str, list)))
    except Exception:  # noqa: BLE001  (a validator may be strict in any way)
        RECORDER.clear()
        return kind(**tagged_arguments(kind, given, (int, float)))


def is_private(config: Any, key: str) -> bool:
    """Whether a name is not a field; a few fields begin with an underscore."""
    return key.startswith("_") and (key in PRIVATE or key not in getattr(type(config), "__dataclass_fields__", {}))


PRIVATE = {*getattr(PreTrainedConfig, "__dataclass_fields__", {}), *vars(PreTrainedConfig()), "_path", "_labels_fixed"}


def flat(config: Any, path: str = "") -> dict[str, Any]:
    """All fields of a config as plain values, those of sub-configs dotted."""
    found: dict[str, Any] = {}
    for key, its in config.__dict__.items():
        if is_private(config, key):
            continue
        if isinstance(its, PreTrainedConfig):
            found.update(flat(its, f"{path}{key}."))
            found[f"{path}{key}.model_type"] = its.model_type
        elif isinstance(its, tuple) or type(its) is list:
            found[path + key] = [plain(each) for each in its]
        else:
            found[path + key] = plain(its)
    if isinstance(config.__dict__.get("id2label"), dict):
        found[path + "num_labels"] = len(config.__dict__["id2label"])
    return found


def free_parts(config: Any, path: str = "") -> dict[str, Any]:
    """The sub-configs that may be of any type, by their dotted names: class and arguments."""
    found: dict[str, Any] = {}
    free = {name for name, kind in (getattr(type(config), "sub_configs", None) or {}).items() if kind is AutoConfig}
    for name, its in sub_configs(config):
        if name in free:
            found[f"{path}{name}."] = type(its), copy.deepcopy(its.to_dict())
        else:
            found.update(free_parts(its, f"{path}{name}."))
    return found


# ---------------------------------------------------------------- building
class TooSlow(Exception):
    """A build took longer than it may."""


def stop(*_: object) -> None:
    raise TooSlow("too slow")


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


NOT_EXPORTED: dict[str, Any] = {}  # classes that the library makes models of, and has in their modules alone


def class_named(name: str) -> Any:
    return NOT_EXPORTED[name] if name in NOT_EXPORTED else getattr(transformers, name)


def construct(name: str, config: Any) -> Any:
    kind = class_named(name)
    with torch.device("meta"):
        return kind._from_config(config) if hasattr(kind, "_from_config") else kind(config)


def build(config_class: Any, given: Mapping[str, Any], name: str, tags: bool = True, flags: bool = True) -> Build:
    """One build, with tagged fields or plain ones; with plain ``flags`` for code that asks ``is False``. Raises what the library raises."""
    class_named(name)
    made = Build()
    made.given, made.fields, made.tensors, made.loops, made.reads, made.config_comparisons = given, {}, {}, [], {}, []
    RECORDER.clear()
    try:
        with limited(SECONDS), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if not tags:
                config = config_class(**given)
                made.fields, made.derived, made.inner = flat(config), {}, free_parts(config)
                return described(made, construct(name, config))
            with StandIns():
                RECORDER.on = True
                config = tagged_config(config_class, given)
            RECORDER.on = False
            made.config_comparisons = [(comparison, outcome) for comparison, outcome, _ in RECORDER.comparisons]
            RECORDER.clear()
            made.fields, made.inner = flat(config), free_parts(config)
            made.derived = tag_fields(config, flags=flags)
            with watching():
                RECORDER.on = RECORDER.constructing = True
                model = construct(name, config)
            RECORDER.on = False
            return described(made, model)
    except Exception as error:
        made.comparisons = [(comparison, outcome, None) for comparison, outcome, _ in RECORDER.comparisons]
        error.broken_off = made  # type: ignore[attr-defined]
        raise
    finally:
        RECORDER.on = RECORDER.constructing = False


def only_config(config_class: Any, given: Mapping[str, Any]) -> Build:
    """What the config class alone makes of its arguments; nothing is built of it."""
    made = Build()
    config = config_class(**given)
    made.given, made.fields, made.inner = given, flat(config), free_parts(config)
    made.derived, made.comparisons, made.config_comparisons, made.reads, made.models = {}, [], [], {}, {}
    return made


def described(made: Build, model: Any) -> Build:
    modules = dict(model.named_modules())
    paths = {id(module): path for path, module in modules.items()}

    def of(module: object) -> str | None:
        return paths.get(id(module))

    made.comparisons = [(comparison, outcome, of(module)) for comparison, outcome, module in RECORDER.comparisons]
    made.loops = [(length, turns, of(module)) for length, turns, module in RECORDER.loops]
    made.reads = {key: [of(module) for module in modules] for key, modules in RECORDER.reads.items()}
    made.modules = {path: type(module).__name__ for path, module in modules.items()}
    containers = (torch.nn.ModuleList, torch.nn.Sequential, torch.nn.ModuleDict, torch.nn.ParameterList)
    made.lengths = {path: len(module) for path, module in modules.items() if isinstance(module, containers)}
    made.models = {
        path: (type(module).__name__, module.config.__dict__.get("_path", ""))
        for path, module in modules.items()
        if path
        and isinstance(module, transformers.PreTrainedModel)
        and isinstance(getattr(module, "config", None), PreTrainedConfig)
    }
    others = {type(module).__module__.partition(".")[0] for module in modules.values()}
    made.by_name = next((name for name in CHOSEN_BY_NAME if name in others), None)
    made.tensors, made.ties = {}, {}
    first: dict[int, str] = {}
    for path, tensor in model.named_parameters(remove_duplicate=False):
        if first.setdefault(id(tensor), path) != path:
            made.ties[path] = first[id(tensor)]
        made.tensors[path] = (tuple(tensor.shape), getattr(tensor, "axes", None), bool(tensor.requires_grad))
    made.buffers = sum(each.numel() for each in model.buffers())
    renumber_stacks(made)
    renumber(made)
    RECORDER.clear()
    return made


__all__ = ["Build", "Items", "Text", "build"]
