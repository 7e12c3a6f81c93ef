"""``forward`` of PyTorch's own modules, by class: most are an operation with the module's arguments."""

from __future__ import annotations

from ..._startup.lazy import module_of
from ..._startup.once import cache
from ...core.sizes import same, shown
from ...errors import ShapeError
from ..tensors import Tensor
from .layers import check_last
from .losses import LOSSES
from .operations import complete_table, made, tensor_argument
from .products import projected
from .rearranging import unflattened
from .resampling import padded
from .windows import convolved, convolved_back, per_axis

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    from ..builtin import Builtin

    F = TypeVar("F", bound=Callable[..., Any])

FORWARD: dict[str, Callable[..., Any]] = {}


def forward(names: str) -> Callable[[F], F]:
    """Says that this function is ``forward`` of the classes with these names."""

    def added(function: F) -> F:
        FORWARD.update(dict.fromkeys(names.split(), function))
        return function

    return added


@cache
def forwards() -> dict[str, Callable[..., Any]]:
    """``forward`` of every class that has one here."""
    module_of(f"{__package__}.sequences")
    module_of(f"{__package__}.transformers")
    return FORWARD


def run(module: Builtin, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What a module of PyTorch's own gives for these inputs."""
    name = module._row.name
    function = forwards().get(name)
    if function is None:
        raise ShapeError(f"{name} cannot be called: the shape of its output is unknown; its parameters are counted without a call")
    if name not in TAKE_OTHERS:
        tensor_argument((*args, *kwargs.values(), None)[0], name)
    return function(module, *args, **kwargs)


TAKE_OTHERS = ("DataParallel", "RNN", "GRU", "LSTM", "RNNBase")  # packed sequences, and what a user's module takes

SAME = """
AlphaDropout Dropout Dropout1d Dropout2d Dropout3d FeatureAlphaDropout CELU ELU GELU Hardshrink Hardsigmoid Hardswish Hardtanh Identity LeakyReLU
LogSigmoid LogSoftmax Mish PReLU RReLU ReLU ReLU6 SELU SiLU Sigmoid Softmax Softmax2d Softmin Softplus Softshrink Softsign Tanh Tanhshrink
Threshold LocalResponseNorm CrossMapLRN2d ChannelShuffle
"""


@forward(SAME)
def same_shape(module: Builtin, input: Tensor) -> Tensor:
    return made(input.shape, input.dtype)


# ---------------------------------------------------------------- matrices and lookups
@forward("Linear NonDynamicallyQuantizableLinear")
def linear(module: Builtin, input: Tensor) -> Tensor:
    a = module._arguments
    return projected(input, a.in_features, (a.out_features,), "Linear")


@forward("Bilinear")
def bilinear(module: Builtin, input1: Tensor, input2: Tensor) -> Tensor:
    a = module._arguments
    projected(input1, a.in1_features, (), "Bilinear")
    projected(input2, a.in2_features, (), "Bilinear")
    return made((*input1.shape[:-1], a.out_features), input1.dtype)


@forward("Embedding")
def embedding(module: Builtin, input: Tensor) -> Tensor:
    return made((*input.shape, module._arguments.embedding_dim), "torch.float32")


@forward("EmbeddingBag")
def embedding_bag(module: Builtin, input: Tensor, offsets: Tensor | None = None, per_sample_weights: object = None) -> Tensor:
    a = module._arguments
    bags = input.shape[0] if offsets is None else offsets.shape[0] - (1 if a.include_last_offset else 0)
    return made((bags, a.embedding_dim), "torch.float32")


# ---------------------------------------------------------------- windows
def convolution(rank: int) -> None:
    @forward(f"Conv{rank}d")
    def convolution(module: Builtin, input: Tensor) -> Tensor:
        a = module._arguments
        settings = a.kernel_size, a.stride, a.padding, a.dilation
        return convolved(input, a.in_channels, a.out_channels, *settings, rank, f"Conv{rank}d")

    @forward(f"ConvTranspose{rank}d")
    def transposed(module: Builtin, input: Tensor, output_size: Any = None) -> Tensor:
        a = module._arguments
        settings = a.kernel_size, a.stride, a.padding, a.output_padding, a.dilation
        found = convolved_back(input, a.in_channels, a.out_channels, *settings, rank, f"ConvTranspose{rank}d")
        return found if output_size is None else made((*found.shape[:-rank], *tuple(output_size)[-rank:]), found.dtype)


# Classes that are an operation: the operation, and the arguments of the module that it takes.
OPERATIONS = {
    "GLU": ("glu", "dim"),
    "Fold": ("fold", "output_size kernel_size dilation padding stride"),
    "Unfold": ("unfold", "kernel_size dilation padding stride"),
    "PixelShuffle": ("pixel_shuffle", "upscale_factor"),
    "PixelUnshuffle": ("pixel_unshuffle", "downscale_factor"),
    "CosineSimilarity": ("cosine_similarity", "dim"),
    "PairwiseDistance": ("pairwise_distance", "p eps keepdim"),
    "Flatten": ("flatten", "start_dim end_dim"),
    "Upsample": ("interpolate", "size scale_factor"),
    "UpsamplingNearest2d": ("interpolate", "size scale_factor"),
    "UpsamplingBilinear2d": ("interpolate", "size scale_factor"),
}
for rank in (1, 2, 3):
    convolution(rank)
    OPERATIONS |= {
        f"MaxPool{rank}d": (f"max_pool{rank}d", "kernel_size stride padding dilation ceil_mode return_indices"),
        f"AvgPool{rank}d": (f"avg_pool{rank}d", "kernel_size stride padding ceil_mode"),
        f"LPPool{rank}d": (f"lp_pool{rank}d", "norm_type kernel_size stride ceil_mode"),
        f"AdaptiveAvgPool{rank}d": (f"adaptive_avg_pool{rank}d", "output_size"),
        f"AdaptiveMaxPool{rank}d": (f"adaptive_max_pool{rank}d", "output_size return_indices"),
        f"MaxUnpool{rank}d": (f"max_unpool{rank}d", "kernel_size stride padding"),
    }


@forward(" ".join(OPERATIONS))
def by_operation(module: Builtin, *inputs: Any, **more: Any) -> Any:
    name, arguments = OPERATIONS[module._row.name]
    settings = [module._arguments[each] for each in arguments.split()]
    return complete_table()[name](*inputs, *settings, **more)


@forward("Unflatten")
def unflatten(module: Builtin, input: Tensor) -> Tensor:
    a = module._arguments
    sizes = a.unflattened_size
    if isinstance(a.dim, str):
        raise ShapeError("Unflatten: an axis with a name is not supported; give its number")
    return unflattened(input, a.dim, [each[1] if isinstance(each, tuple) else each for each in sizes])


def padding(rank: int) -> None:
    @forward(" ".join(f"{kind}Pad{rank}d" for kind in ("Zero", "Constant", "Reflection", "Replication", "Circular")))
    def pad(module: Builtin, input: Tensor) -> Tensor:
        return padded(input, per_axis(module._arguments.padding, 2 * rank))


for rank in (1, 2, 3):
    padding(rank)


# ---------------------------------------------------------------- norms
@forward(" ".join(f"{kind}Norm{rank}d" for kind in ("Batch", "Instance") for rank in (1, 2, 3)) + " SyncBatchNorm")
def over_batch(module: Builtin, input: Tensor) -> Tensor:
    name, features = module._row.name, module._arguments.num_features
    ranks = {"1": (2, 3), "2": (4,), "3": (5,)}.get(name[-2], (2, 3, 4, 5))
    if name.startswith("Instance"):
        ranks = (int(name[-2]) + 1, int(name[-2]) + 2)
    if input.ndim not in ranks:
        raise ShapeError(f"{name} takes an input of {' or '.join(map(str, ranks))} axes, not one of shape {shown(input.shape)}")
    at = 0 if name.startswith("Instance") and input.ndim == ranks[0] else 1
    if not same(input.shape[at], features) and not (name.startswith("Instance") and not module._arguments.affine):
        raise ShapeError(f"{name} takes an input of {features} channels, not one of shape {shown(input.shape)}")
    return made(input.shape, input.dtype)


@forward("LayerNorm RMSNorm")
def over_last(module: Builtin, input: Tensor) -> Tensor:
    shape = module._arguments.normalized_shape
    check_last(input, tuple(shape) if isinstance(shape, tuple | list) else (shape,), module._row.name)
    return made(input.shape, input.dtype)


@forward("GroupNorm")
def over_groups(module: Builtin, input: Tensor) -> Tensor:
    channels = module._arguments.num_channels
    if input.ndim < 2 or not same(input.shape[1], channels):
        raise ShapeError(f"GroupNorm takes an input of {channels} channels, not one of shape {shown(input.shape)}")
    return made(input.shape, input.dtype)


# ---------------------------------------------------------------- losses
LOSS_CLASSES = {
    "BCELoss": "binary_cross_entropy", "BCEWithLogitsLoss": "binary_cross_entropy_with_logits", "CTCLoss": "ctc_loss",
    "CosineEmbeddingLoss": "cosine_embedding_loss", "CrossEntropyLoss": "cross_entropy", "GaussianNLLLoss": "gaussian_nll_loss",
    "HingeEmbeddingLoss": "hinge_embedding_loss", "HuberLoss": "huber_loss", "KLDivLoss": "kl_div", "L1Loss": "l1_loss", "MSELoss": "mse_loss",
    "MarginRankingLoss": "margin_ranking_loss", "MultiLabelMarginLoss": "multilabel_margin_loss", "MultiMarginLoss": "multi_margin_loss",
    "MultiLabelSoftMarginLoss": "multilabel_soft_margin_loss", "NLLLoss": "nll_loss", "NLLLoss2d": "nll_loss", "PoissonNLLLoss": "poisson_nll_loss",
    "SmoothL1Loss": "smooth_l1_loss", "SoftMarginLoss": "soft_margin_loss", "TripletMarginLoss": "triplet_margin_loss",
    "TripletMarginWithDistanceLoss": "triplet_margin_with_distance_loss",
}  # fmt: skip


@forward(" ".join(LOSS_CLASSES))
def loss(module: Builtin, *args: Any, **kwargs: Any) -> Tensor:
    return LOSSES[LOSS_CLASSES[module._row.name]](*args, **kwargs, reduction=module._arguments.get("reduction") or "mean")


@forward("DataParallel")
def parallel(module: Builtin, *args: Any, **kwargs: Any) -> Any:
    return module._arguments.module(*args, **kwargs)
