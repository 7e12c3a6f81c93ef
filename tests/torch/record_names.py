"""Prints the names that an installed PyTorch exports, in the form of ``symparams/torch/namespaces/names.txt``.

``python -m tests.torch.record_names``. Modules that other packages complete, such as ``utils.tensorboard``, are written by hand.
"""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = """
optim optim.lr_scheduler optim.swa_utils optim.optimizer utils utils.data utils.checkpoint cuda cuda.amp amp backends
backends.cudnn backends.cuda backends.mps backends.mkldnn backends.openmp jit distributed autograd autograd.functional random
nn.utils nn.utils.rnn nn.utils.prune nn.parallel nn.parameter nn.attention hub fft linalg special distributions onnx fx export
profiler quantization ao mps xpu cpu version testing sparse nested func multiprocessing utils.data.distributed
utils.data.dataset utils.data.dataloader distributions.normal distributions.categorical accelerator amp.autocast_mode
amp.grad_scaler ao.nn ao.nn.quantized ao.nn.quantizable ao.nn.qat ao.nn.intrinsic ao.quantization ao.pruning
autograd.anomaly_mode autograd.forward_ad autograd.function autograd.grad_mode autograd.gradcheck autograd.graph
autograd.profiler compiler cuda.comm cuda.graphs cuda.memory cuda.nccl cuda.nvtx cuda.profiler cuda.random cuda.streams
distributed._tensor distributed.algorithms distributed.algorithms._checkpoint.checkpoint_wrapper
distributed.algorithms.ddp_comm_hooks distributed.algorithms.join distributed.checkpoint distributed.checkpoint.default_planner
distributed.checkpoint.optimizer distributed.checkpoint.state_dict distributed.device_mesh distributed.distributed_c10d
distributed.elastic distributed.elastic.multiprocessing.errors distributed.fsdp distributed.fsdp.fully_sharded_data_parallel
distributed.fsdp.sharded_grad_scaler distributed.fsdp.wrap distributed.nn distributed.optim distributed.pipelining
distributed.rpc distributed.tensor distributed.tensor.parallel distributed.tensor.placement_types distributed.utils
export.dynamic_shapes fx.graph fx.graph_module fx.node fx.passes fx.proxy fx.subgraph_rewriter futures jit.annotations library
masked monitor mtia nn.attention.bias nn.attention.flex_attention nn.grad nn.parallel.distributed
nn.utils.clip_grad nn.utils.convert_parameters nn.utils.stateless
onnx.utils
overrides package profiler.profiler
quasirandom quantization.quantize_fx return_types serialization signal signal.windows storage torch_version types utils._pytree
utils.benchmark utils.collect_env utils.cpp_extension utils.data.datapipes utils.data.graph utils.data.sampler utils.dlpack
utils.flop_counter utils.hooks utils.mobile_optimizer utils.model_zoo utils.module_tracker _dynamo distributions.bernoulli
distributions.beta distributions.dirichlet distributions.distribution distributions.exponential distributions.gamma
distributions.independent distributions.kl distributions.laplace distributions.log_normal distributions.mixture_same_family
distributions.multivariate_normal distributions.multinomial distributions.poisson distributions.relaxed_bernoulli
distributions.relaxed_categorical distributions.transformed_distribution distributions.transforms distributions.uniform
distributions.utils
""".split()


def kind(value: object) -> str:
    return "m" if isinstance(value, ModuleType) else "c" if inspect.isclass(value) else "f" if callable(value) else "v"


def names_in(module: ModuleType, everything: bool) -> Iterator[str]:
    """The names of a module with their kinds; of modules below ``torch`` only classes and functions of PyTorch."""
    for name in sorted(dir(module)):
        value = getattr(module, name)
        home = str(getattr(value, "__module__", ""))
        own = everything or (kind(value) in "cf" and home.startswith(("torch", "_")))
        if not name.startswith("_") and kind(value) != "m" and own:
            yield f"{kind(value)}/{name}"


def exported() -> Iterator[str]:
    yield f": {' '.join(names_in(import_module('torch'), everything=True))}"
    for path in MODULES:
        yield f"{path}: {' '.join(names_in(import_module(f'torch.{path}'), everything=False))}"
    yield "nn.modules:"
    below = import_module("torch.nn.modules")
    yield from (f"nn.modules.{name}:" for name in dir(below) if kind(getattr(below, name)) == "m" and not name.startswith("_"))


def with_parents(lines: list[str]) -> list[str]:
    """The lines, and one without names for each module that is only above others."""
    paths = {line.partition(":")[0] for line in lines}
    above = {path[: place.start()] for path in paths for place in re.finditer(r"[.]", path)}
    return [*lines, *(f"{path}:" for path in sorted(above - paths - {"nn"}))]


if __name__ == "__main__":
    print("\n".join(with_parents([*exported()])))
