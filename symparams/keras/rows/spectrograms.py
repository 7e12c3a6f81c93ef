"""Spectrograms: STFTSpectrogram, whose kernels are weights, and MelSpectrogram, which has none."""

from __future__ import annotations

from ...core.catalogue import entry, when
from ...core.sizes import at_least, known, next_power_of_two, quotient, same, size
from ...errors import SettingError, ShapeError, brief
from ...layers.spectrogram import Spectrogram
from ..axes import checked_choice, shape_text
from ..conventions import KERAS
from ..output_lengths import window_length
from ..random_factors import is_number
from ..row import refusal, row
from ..sliding_windows import check_data_format, spatial_shape, window_axes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ...core.sizes import OpenShape
    from ..axes import Axes
    from ..signature import Arguments

MODES = ("log", "magnitude", "psd", "real", "imag", "angle", "stft")
# SciPy's windows without parameters; their names may also end in _periodic and _symmetric.
WINDOWS = frozenset(
    "bart barthann bartlett bkh black blackharr blackman blackmanharris blk bman bmn bohman box boxcar brt brthan bth cosine "
    "exponential flat flattop flt halfcosine ham hamm hamming han hann lanczos nut nutl nuttall ones par parz parzen poisson rect "
    "rectangular sinc taylor taylorwin tri triang triangle tuk tukey".split()
)


# ---------------------------------------------------------------- kernels that are weights
def check_stft(a: Arguments) -> None:
    """Checks that a frame is at least as long as its step and at most as long as its transform, which have defaults."""
    name = a["class_name"]
    a["frame_length"] = size(a.frame_length, f"{name}: frame_length")
    for argument, found in (("frame_step", quotient(a.frame_length, 2)), ("fft_length", next_power_of_two(a.frame_length))):
        if a[argument] is None and same(found, 0):
            raise SettingError(f"{name}: give frame_step, since half of frame_length=1 is 0")
        a[argument] = found if a[argument] is None else size(a[argument], f"{name}: {argument}")
    if at_least(a.frame_step, a.frame_length + 1):
        raise refusal(a, "frame_step", f"must be at most frame_length={a.frame_length}")
    if at_least(a.frame_length, a.fft_length + 1):
        raise refusal(a, "fft_length", f"must be at least frame_length={brief(a.frame_length)}")
    checked_choice(a.mode, MODES, f"{name}: mode")
    checked_choice(a.scaling, (None, "density", "spectrum"), f"{name}: scaling")
    checked_choice(a.padding, ("valid", "same"), f"{name}: padding")
    check_window(a)
    check_data_format(a)


def check_window(a: Arguments) -> None:
    """Checks the window: a name, a factor for each sample of the frame, or None."""
    window = a.window
    if isinstance(window, str):
        if window.removesuffix("_periodic").removesuffix("_symmetric") not in WINDOWS:
            raise refusal(a, "window", "must be the name of a scipy.signal window without parameters, such as 'hann'")
    elif window is not None:
        values = window.tolist() if hasattr(window, "tolist") else window
        if not isinstance(values, tuple | list) or not all(map(is_number, values)) or len(values) != a.frame_length:
            raise refusal(a, "window", f"must be the name of a window or a list of frame_length={a.frame_length} numbers")


def spectrogram_shape(a: Arguments, x: Axes) -> OpenShape:
    """The shape of the frames and their frequencies, for all channels; real and imaginary parts concatenated in mode "stft"."""
    channels, bins = known(x["channels"], f"{x.owner}: channels"), quotient(a.fft_length, 2) + 1
    if a.mode == "stft":
        bins = 2 * bins
    steps = window_length(x["steps"], a.frame_length, a.frame_step, a.padding, 1, x.owner)
    if not a.expand_dims:
        return spatial_shape(a, x, [steps], bins * channels)
    return spatial_shape(a, x, [steps, bins], channels)


row(
    "STFTSpectrogram",
    entry=entry(
        "keras.STFTSpectrogram",
        Spectrogram,
        KERAS,
        when("mode", "real", "mode='real' leaves the imaginary part out", imaginary=0),
        when("mode", "imag", "mode='imag' leaves the real part out", real=0),
    ),
    takes=window_axes(1),
    check=check_stft,
    sizes=lambda a, x: {"frame": a.frame_length, "transform": a.fft_length},
    gives=spectrogram_shape,
)


# ---------------------------------------------------------------- no weights
def check_mel(a: Arguments) -> None:
    name = a["class_name"]
    for argument in ("fft_length", "sequence_stride", "num_mel_bins"):
        a[argument] = size(a[argument], f"{name}: {argument}")
    if a.sequence_length:
        a["sequence_length"] = size(a.sequence_length, f"{name}: sequence_length")
        if at_least(a.sequence_length, a.fft_length + 1):
            raise refusal(a, "sequence_length", f"must be at most fft_length={a.fft_length}")
    if not is_number(a.sampling_rate):
        raise refusal(a, "sampling_rate", "must be a number")


def mel_shape(a: Arguments, x: Axes) -> OpenShape:
    """The shape of the centred frames, along the last axis; the batch axis is optional."""
    if len(x.rest) > 1:
        raise ShapeError(f"{x.owner} takes a sound or a batch of sounds, not an input of shape {shape_text(x.shape)}")
    length: Any = x["samples"]
    frames = None if length is None else quotient(length + a.sequence_stride + 1, a.sequence_stride)
    return (*x.rest, a.num_mel_bins, frames)


row("MelSpectrogram", takes="... samples", check=check_mel, gives=mel_shape)
