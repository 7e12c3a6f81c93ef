"""``torch.nn.functional``: its functions give the shape of what PyTorch's give."""

from __future__ import annotations

from ..._startup.once import cache
from ...errors import ShapeError, UnknownLayerError, nearest
from ..running.operations import find_operation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Never

NAMES = """
adaptive_avg_pool1d adaptive_avg_pool2d adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool1d_with_indices
adaptive_max_pool2d adaptive_max_pool2d_with_indices adaptive_max_pool3d adaptive_max_pool3d_with_indices affine_grid
alpha_dropout avg_pool1d avg_pool2d avg_pool3d batch_norm bilinear binary_cross_entropy binary_cross_entropy_with_logits celu
celu_ channel_shuffle conv1d conv2d conv3d conv_tbc conv_transpose1d conv_transpose2d conv_transpose3d cosine_embedding_loss
cosine_similarity cross_entropy ctc_loss dropout dropout1d dropout2d dropout3d elu elu_ embedding embedding_bag
feature_alpha_dropout fold fractional_max_pool2d fractional_max_pool2d_with_indices fractional_max_pool3d
fractional_max_pool3d_with_indices gaussian_nll_loss gelu glu grid_sample group_norm grouped_mm gumbel_softmax hardshrink
hardsigmoid hardswish hardtanh hardtanh_ hinge_embedding_loss huber_loss instance_norm interpolate kl_div l1_loss layer_norm
leaky_relu leaky_relu_ linear linear_cross_entropy local_response_norm log_softmax logsigmoid lp_pool1d lp_pool2d lp_pool3d
margin_ranking_loss max_pool1d max_pool1d_with_indices max_pool2d max_pool2d_with_indices max_pool3d max_pool3d_with_indices
max_unpool1d max_unpool2d max_unpool3d mish mse_loss multi_head_attention_forward multi_margin_loss multilabel_margin_loss
multilabel_soft_margin_loss native_channel_shuffle nll_loss normalize one_hot pad pairwise_distance pdist pixel_shuffle
pixel_unshuffle poisson_nll_loss prelu relu relu6 relu_ rms_norm rrelu rrelu_ scaled_dot_product_attention scaled_grouped_mm
scaled_mm selu selu_ sigmoid silu smooth_l1_loss soft_margin_loss softmax softmin softplus softshrink softsign tanh
tanhshrink threshold threshold_ triplet_margin_loss triplet_margin_with_distance_loss unfold upsample upsample_bilinear
upsample_nearest
""".split()


def __getattr__(name: str) -> Callable[..., Any]:
    if name not in NAMES:
        raise UnknownLayerError(f"torch.nn.functional of PyTorch 2.13 has no {name!r}{nearest(name, NAMES)}")
    found = find_operation(name)
    if found is not None:
        return known_by_name(found, name)
    return refused(name)


def known_by_name(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The function, which is pickled by its place in this module if it was made in another function."""
    if "<locals>" in function.__qualname__:
        function.__module__, function.__qualname__ = __name__, name
    return function


@cache
def refused(name: str) -> Callable[..., Never]:
    """A function whose output has no known shape; always the same one."""

    def function(*_: object, **__: object) -> Never:
        raise ShapeError(f"functional.{name} cannot be called: the shape of its output is unknown")

    function.__name__ = name
    return known_by_name(function, name)


def __dir__() -> list[str]:
    return NAMES
