"""The names of Keras's functions: activations, initializers, regularizers, constraints.

None of them changes a count, but an unknown name is an error, as in Keras. A user's own function is given as a callable, a
layer or a config.
"""

from __future__ import annotations

from ..core.sizes import is_symbolic
from ..errors import SettingError, brief, nearest

TYPE_CHECKING = False

# The kind of function that an argument takes, by the end of the argument's name.
ENDINGS = ("activation", "_initializer", "_regularizer", "_constraint")

ACTIVATIONS = (
    "elu exponential gelu hard_sigmoid leaky_relu linear log_softmax mish relu relu6 selu sigmoid silu softmax softplus softsign "
    "swish tanh"
)
INITIALIZERS = (
    "Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity LecunNormal LecunUniform Ones Orthogonal RandomNormal "
    "RandomUniform TruncatedNormal VarianceScaling Zeros constant glorot_normal glorot_uniform he_normal he_uniform identity "
    "lecun_normal lecun_uniform normal one ones orthogonal random_normal random_uniform truncated_normal uniform variance_scaling "
    "zero zeros"
)
CONSTRAINTS = "MaxNorm MinMaxNorm NonNeg UnitNorm max_norm min_max_norm non_neg unit_norm"

KNOWN = {
    "v3": {
        "activation": f"{ACTIVATIONS} celu glu hard_shrink hard_silu hard_swish hard_tanh log_sigmoid soft_shrink sparse_plus "
        "sparse_sigmoid sparsemax squareplus tanh_shrink threshold",
        "_initializer": f"{INITIALIZERS} IdentityInitializer OrthogonalInitializer STFT STFTInitializer stft",
        "_regularizer": "L1 L1L2 L2 OrthogonalRegularizer l1 l1l2 l2 orthogonal_regularizer",
        "_constraint": CONSTRAINTS,
    },
    "v2": {  # which accepts any name for a regularizer
        "activation": f"{ACTIVATIONS} ELU LeakyReLU PReLU ReLU Softmax ThresholdedReLU",
        "_initializer": INITIALIZERS,
        "_constraint": f"{CONSTRAINTS} RadialConstraint maxnorm nonneg radial_constraint unitnorm",
    },
}
KNOWN["v1"] = KNOWN["v2"]


def check_function(class_name: str, version: str, argument: str, value: object) -> None:
    """Refuses a value that is not a function of the kind that the argument takes."""
    if value is None or callable(value) or isinstance(value, dict) or hasattr(value, "shape"):
        return
    ending = next(ending for ending in ENDINGS if argument.endswith(ending))
    names = KNOWN[version].get(ending)
    kind = ending.removeprefix("_")
    if (argument == "activation" and isinstance(value, int)) or is_symbolic(value):
        raise SettingError(
            f"{class_name}: {argument} must be the name of a Keras {kind} or a function, not {brief(value)}; the size of its input is no "
            "argument in Keras, where a layer takes it from its input"
        )
    if not isinstance(value, str):
        raise SettingError(f"{class_name}: {argument} must be the name of a Keras {kind} or a function, not {brief(value)}")
    if names is not None and value not in names.split() and not (version != "v3" and value.endswith("V2")):
        unknown = f"{class_name}: unknown {kind} {value!r}; give one of Keras's by name, or your own as a function"
        raise SettingError(unknown + nearest(value, names.split()))
