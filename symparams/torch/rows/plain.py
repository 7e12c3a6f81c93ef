"""Classes without parameters and buffers: activations, pooling, padding, dropout, most losses."""

from __future__ import annotations

from ..module import Module
from ..row import check_probability, refusal, row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.signatures import Arguments
    from ..row import Building

DROPOUTS = "AlphaDropout Dropout Dropout1d Dropout2d Dropout3d FeatureAlphaDropout"
PLAIN = """
AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AvgPool1d AvgPool2d
AvgPool3d CELU CTCLoss ChannelShuffle CircularPad1d CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d ConstantPad3d
CosineEmbeddingLoss CosineSimilarity CrossMapLRN2d ELU Flatten Fold FractionalMaxPool2d FractionalMaxPool3d GELU GLU
GaussianNLLLoss Hardshrink Hardsigmoid Hardswish Hardtanh HingeEmbeddingLoss HuberLoss Identity KLDivLoss L1Loss LPPool1d
LPPool2d LPPool3d LeakyReLU LocalResponseNorm LogSigmoid LogSoftmax MSELoss MarginRankingLoss MaxPool1d MaxPool2d MaxPool3d
MaxUnpool1d MaxUnpool2d MaxUnpool3d Mish MultiLabelMarginLoss PairwiseDistance PixelShuffle PixelUnshuffle PoissonNLLLoss RReLU
ReLU ReLU6 ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d SELU SiLU Sigmoid
SmoothL1Loss SoftMarginLoss Softmax Softmax2d Softmin Softplus Softshrink Softsign Tanh Tanhshrink Threshold TripletMarginLoss
TripletMarginWithDistanceLoss Unflatten Unfold Upsample UpsamplingBilinear2d UpsamplingNearest2d ZeroPad1d ZeroPad2d ZeroPad3d
"""


def build_parallel(module: Building) -> None:
    a: Arguments = module._arguments
    if not isinstance(a.module, Module):
        raise refusal(a, "module", "must be a module")
    module.module = a.module


for name in DROPOUTS.split():
    row(name, check=lambda a: check_probability(a, "p"))
for name in PLAIN.split():
    row(name)
row("DataParallel", build=build_parallel)
