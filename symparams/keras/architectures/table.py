"""The networks by the names of ``keras.applications``."""

from __future__ import annotations

from . import (
    convnext,
    densenet,
    efficientnet,
    efficientnet_v2,
    inception,
    inception_resnet,
    mobilenet,
    mobilenet_v2,
    mobilenet_v3,
    nasnet,
    regnet,
    resnet,
    resnet_rs,
    vgg,
    xception,
)

ARCHITECTURES = {
    name: architecture
    for module in (
        vgg, resnet, densenet, xception, inception, inception_resnet, mobilenet, mobilenet_v2, mobilenet_v3, nasnet, efficientnet,
        efficientnet_v2, convnext,
    )
    for name, architecture in module.MODELS.items()
}  # fmt: skip
EARLIER = {**regnet.MODELS, **resnet_rs.MODELS}  # those that only Keras 2 and TensorFlow 1 have
