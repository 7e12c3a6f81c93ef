"""Layers with a vocabulary: StringLookup, IntegerLookup, TextVectorization."""

from __future__ import annotations

from ...core.sizes import at_least, same, size
from ...errors import SettingError, ShapeError, brief
from ..axes import checked_choice, shape_text
from ..category_encodings import check_mode, encoded_shape, replace_old_mode
from ..row import refusal, row
from .categories import check_salt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ...core.sizes import Dim, OpenShape
    from ..axes import Axes
    from ..signature import Arguments

KINDS = {"IntegerLookup": int, "StringLookup": str | bytes, "TextVectorization": str | bytes}
MODES = ("int", "one_hot", "multi_hot", "count", "tf_idf")


# ---------------------------------------------------------------- arguments
def check_lookup(a: Arguments) -> None:
    """The checks that all layers with a vocabulary share."""
    name = a["class_name"]
    if a.max_tokens is not None:
        a["max_tokens"] = size(a.max_tokens, f"{name}: max_tokens", least=2)
    elif a.pad_to_max_tokens:
        raise SettingError(f"{name}: pad_to_max_tokens=True needs max_tokens")
    a["num_oov_indices"] = size(a.num_oov_indices, f"{name}: num_oov_indices", least=0)
    if a.invert and a.output_mode != "int":
        raise SettingError(f"{name}: invert=True needs output_mode='int', not {a.output_mode!r}")
    if a.idf_weights is not None and a.output_mode != "tf_idf":
        raise SettingError(f"{name}: idf_weights need output_mode='tf_idf', not {a.output_mode!r}")
    check_salt(a)
    if a.vocabulary is not None:
        check_vocabulary(a)


def check_vocabulary(a: Arguments) -> None:
    """Checks that each word occurs once; the tokens for padding and for unknown words may come first."""
    name = a["class_name"]
    words = a.vocabulary.tolist() if hasattr(a.vocabulary, "tolist") else a.vocabulary
    kind = KINDS[name]
    if not isinstance(words, tuple | list) or not words or not all(isinstance(word, kind) for word in words):
        kinds = "whole numbers" if kind is int else "words (files are not read)"
        raise refusal(a, "vocabulary", f"must be a list of {kinds}")
    masks: list[object] = [a.mask_token] * padding_count(a)
    words = without_special_tokens(a, words)
    if len(set(words)) < len(words):
        from collections import Counter

        raise SettingError(f"{name}: vocabulary contains {Counter(words).most_common(1)[0][0]!r} twice; give each word once")
    if a.mask_token is not None and a.mask_token in words:
        raise SettingError(f"{name}: vocabulary may contain mask_token={a.mask_token!r} only at its beginning")
    if a.invert and a.oov_token is not None and a.oov_token in words:
        raise SettingError(f"{name}: vocabulary may contain oov_token={a.oov_token!r} only at its beginning")
    whole = len(masks) + a.num_oov_indices + len(words)
    if a.max_tokens is not None and at_least(whole, a.max_tokens + 1):
        raise SettingError(
            f"{name}: vocabulary has {brief(whole)} tokens, special ones included, more than max_tokens={brief(a.max_tokens)}"
        )
    if a.output_mode == "tf_idf" and (not hasattr(a.idf_weights, "__len__") or len(a.idf_weights) != len(a.vocabulary)):
        raise SettingError(f"{name}: output_mode='tf_idf' needs idf_weights, one for each of the {len(a.vocabulary)} words")
    a["vocabulary_size"] = whole


def without_special_tokens(a: Arguments, words: list[object] | tuple[object, ...]) -> list[object]:
    """The words, which may be given with the special tokens before them."""
    if isinstance(a.num_oov_indices, int):
        special = special_tokens(a)[: padding_count(a) + min(a.num_oov_indices, len(words))]
        words = words[len(special) :] if list(words[: len(special)]) == special else words
    return list(words)


def special_tokens(a: Arguments) -> list[object]:
    """The tokens for padding and for unknown words, which have the first indices."""
    return [a.mask_token] * padding_count(a) + [a.oov_token] * a.num_oov_indices


def words_given(a: Arguments) -> tuple[list[object], list[object]] | None:
    """The special tokens and the words of a vocabulary that is given."""
    if a.vocabulary is None or not isinstance(a.num_oov_indices, int):
        return None
    words = a.vocabulary.tolist() if hasattr(a.vocabulary, "tolist") else a.vocabulary
    return special_tokens(a), without_special_tokens(a, words)


def padding_count(a: Arguments) -> int:
    """How many indices are for padding."""
    return int(a.mask_token is not None and a.output_mode == "int")


def vector_length(a: Arguments) -> Dim | None:
    """The length of the vectors; unknown in Keras 3 until the layer has a vocabulary."""
    name = a["class_name"]
    if a["version"] != "v3" and a.output_mode == "tf_idf":
        raise SettingError(
            f"{name}: before Keras 3, output_mode='tf_idf' adds a weight of unknown length, so it cannot be counted: count the "
            "model without this layer"
        )
    found: Dim | None = a.max_tokens if a.pad_to_max_tokens else a.get("vocabulary_size")
    if found is None and a["version"] != "v3" and a.output_mode != "int":
        raise SettingError(f"{name}: output_mode={a.output_mode!r} needs a vocabulary, or pad_to_max_tokens=True")
    return found


# ---------------------------------------------------------------- one word
def check_words(a: Arguments) -> None:
    replace_old_mode(a)
    check_mode(a, *MODES)
    kind = KINDS[a["class_name"]]
    if a.mask_token is not None and not isinstance(a.mask_token, kind):
        raise refusal(a, "mask_token", f"must be {'a whole number' if kind is int else 'a word'}")
    if "oov_method" in a:
        checked_choice(a.oov_method, ("floormod", "farmhash"), f"{a['class_name']}: oov_method")
    if a.get("vocabulary_dtype", "int64") != "int64" and a["version"] == "v3":
        raise refusal(a, "vocabulary_dtype", "must be 'int64'")
    if a["class_name"] == "IntegerLookup" and a.get("salt") is not None and a.oov_method != "farmhash":
        raise SettingError(f"IntegerLookup: salt needs oov_method='farmhash', not {a.oov_method!r}")
    check_lookup(a)


SAVED = ("vocabulary_size", "has_input_vocabulary")  # in the config of a saved layer, but not arguments
for name in ("StringLookup", "IntegerLookup"):
    row(
        name,
        check=check_words,
        gives=lambda a, x: encoded_shape(a, x.shape, vector_length(a), x.owner),
        takes="...",
        also=SAVED,
        also_before=SAVED,
    )


# ---------------------------------------------------------------- texts
def check_texts(a: Arguments) -> None:
    """Checks how a text is standardized and split, then the vocabulary."""
    name, now = a["class_name"], a["version"] == "v3"
    for argument, allowed in (
        ("standardize", ("lower_and_strip_punctuation", "lower", "strip_punctuation", None)),
        ("split", ("whitespace", "character", None)),
    ):
        if not callable(a[argument]):
            checked_choice(a[argument], allowed, f"{name}: {argument}")
    replace_old_mode(a)
    check_mode(a, *(MODES if now else ("int", "multi_hot", "count", "tf_idf", None)))
    grams = a.ngrams if isinstance(a.ngrams, tuple | list) else (a.ngrams,)
    if a.ngrams is not None and not all(isinstance(each, int) for each in grams):
        raise refusal(a, "ngrams", "must be one whole number or several")
    if a.output_sequence_length is not None:
        if a.output_mode != "int" or (a.ragged and not now):
            needed = "output_mode='int'" + ("" if now else " and ragged=False")
            raise refusal(a, "output_sequence_length", f"must be None unless {needed}")
        a["output_sequence_length"] = size(a.output_sequence_length, f"{name}: output_sequence_length")
    if a.ragged and a.output_mode != "int":
        raise SettingError(f"{name}: ragged=True needs output_mode='int', not {a.output_mode!r}")
    a.update(mask_token="", oov_token="[UNK]", num_oov_indices=1, invert=False)  # the values of the lookup layer inside
    check_lookup(a)


def text_shape(a: Arguments, x: Axes) -> OpenShape:
    """The shape of the indices of each text's words, or of one vector for all of them."""
    if a["version"] != "v3":
        return text_shape_before(a, x)
    if a.output_mode == "int":
        if not x.shape:
            raise ShapeError(f"{x.owner} takes a batch of texts, not an input of shape ()")
        return (x.shape[0], a.output_sequence_length)
    words: OpenShape = (*x.shape, None) if a.split is not None else x.shape if len(x.shape) > 1 else (*x.shape, 1)
    return encoded_shape(a, words, vector_length(a), x.owner)


def text_shape_before(a: Arguments, x: Axes) -> OpenShape:
    """The same before Keras 3, which takes a batch of texts, or a column of them."""
    shape = x.shape
    if not shape or (a.split is not None and (len(shape) > 2 or (len(shape) == 2 and not same(shape[-1], 1)))):
        raise ShapeError(f"{x.owner} takes texts of shape (batch) or (batch, 1), not {shape_text(shape)}")
    if a.split is not None:
        shape = (shape[0] if a.split == "character" else None, None)  # TensorFlow loses the batch when it splits at whitespace
    elif a.ngrams is not None:
        shape = (*shape[:-1], None)
    if a.output_mode is None:
        return shape
    if a.output_mode == "int" and a.output_sequence_length is not None:
        whole: OpenShape = (*shape[:-1], a.output_sequence_length)
        return whole if a.split is not None or None not in shape else (None,) * len(shape)
    return encoded_shape(a, shape, vector_length(a), x.owner)


row("TextVectorization", check=check_texts, gives=text_shape, takes="...", also=SAVED, also_before=SAVED)
