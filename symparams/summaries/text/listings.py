"""Listings of tensors: a name, a shape or a number in each line, in the many ways in which people print them.

``fc.weight torch.Size([10, 32])``, ``('fc.weight', (10, 32))``, ``| fc.weight | True | (10, 32) | 320 |``,
``<tf.Variable 'dense/kernel:0' shape=(784, 512) dtype=float32>``, ``Weight body/kernel shape (784, 512) size 401408``.
"""

from __future__ import annotations

import re
from math import prod

from ...core.frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AXES = r"\d{1,12}(?: *, *\d{1,12}){0,11} *,?"
SHAPE = re.compile(
    rf"(torch\.Size|TensorShape|Shape)?\(?\[ *({AXES}|) *\]\)?|\( *({AXES}|) *\)|(?<![\w.])(\d{{1,9}}(?:x\d{{1,9}}){{1,7}})(?![\w.])"
    r"|\([a-z]{3,8}\d+(?:_ref)? (\d{1,12})\)"
)
STRONG = re.compile(
    r"torch\.Size|TensorShape|\bshape\b *[=:(]|\bshape +\(|<tf\.Variable|\btf\.Variable\b|\bSize:|\(DT_[A-Z]", re.IGNORECASE
)
NAME = re.compile(r"[A-Za-z_][\w./:*-]{0,299}")
TENSOR = re.compile(
    r"(?:^|[./_])(?:weights?|bias(?:es)?|kernel|gamma|beta|alpha|embeddings?|moving_(?:mean|variance)|running_(?:mean|var)|w|b|lora_[AB])\d*(?::\d+)?$"
)
NO_NAME = frozenset(
    "shape size sizes torch Size tensor param params parameter parameters name names layer weight_name Layer Name Weight Param Parameter Size Shape "
    "True False trainable requires_grad dtype float32 float16 bfloat16 int8 int64 float64 f32 f16 q4_0 q8_0 tf Variable values Values of the "
    "with has is and INFO DEBUG WARNING tensorflow DT_FLOAT float32_ref cpu cuda llama_model_loader Tensor numpy array Torch init_vars".split()
)
NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w.]|,\d)")
SWITCH = re.compile(r"\b(True|False)\b")
TWO_CELLS = re.compile(r"^\W*\|\s*([A-Za-z_][\w./:-]{0,299})\s*\|\s*([\d,]{1,20})\s*\|\s*$")
TOTAL = re.compile(
    r"\btotal\b[\w #]{0,30}?\b(?:param\w*|size|weights|variables)\b[^\d\n]{0,20}(\d{1,3}(?:,\d{3})+|\d+)(?![\d.,]*\s*(?:[KMGBT]\b|million))",
    re.IGNORECASE,
)
PEFT = re.compile(r"trainable params: *([\d,]{1,20}) *\|\| *all params: *([\d,]{1,20})", re.IGNORECASE)
BUFFER = re.compile(r"(?:^|\.)(?:running_mean|running_var|num_batches_tracked)$")
PATH = re.compile(rf"[./]|{TENSOR.pattern}")  # what the name of a tensor has, and few words of prose
BETWEEN = " \t,:|=>('\""  # the characters between a name and its shape
BARE = re.compile(r"^[\s>]*torch\.Size\(\[[\d, ]*\]\)\s*$")  # the shape alone, as for p in model.parameters() prints it
ROW = re.compile(r"^[\s>]*['\"(]{0,2}[A-Za-z_][\w./:]*['\"]?[\s,:|]+torch\.Size\(\[[\d, ]*\]\)\)?,?\s*$")
PLAIN_ROW = re.compile(
    r"^[\s>|('\"]*[A-Za-z_]\w*['\"]?[\s,:|]+\(?[\[(][\d, ]*[\])]\)?[\s,:|]*[\d,]*[\s|),]*$"
)  # pos  (1, 64, 48)  3072
CODE = re.compile(
    r"\bself\.|\b(?:jnp|np|numpy|tf|keras|jax|random|nn)\.[a-z_]+ ?\(|^\s*(?:#|//|assert\b|return\b|def |for |if |print\()|[\w\])] = \w[\w.]*\(|^\s*\w+ *= *[\w.]*(?:zeros|ones|randn?|Tensor)\(|\bEpoch\b"
)
TOP = re.compile(r"\bTop shape: ")  # of Caffe: what a layer gives
NEAR = 8  # lines around the named tensors in which others may be listed
LEAST_BARE = 3
LEAST = 2  # lines that make a listing, where none has an unmistakable form
LONGEST_LINE = 2_000
LONGEST_PREFIX = 400


class ListedTensor(Frozen):
    """One line: the tensor's name, its shape or None, its number of elements, and whether it is trained, where the line says so."""

    name: str
    shape: tuple[int, ...] | None
    size: int
    trainable: bool | None
    said: int | None  # the number in the line
    line: int

    @property
    def is_buffer(self) -> bool:
        """Whether it is no parameter, by its name."""
        return bool(BUFFER.search(self.name))


def listed_tensors(lines: Sequence[tuple[int, str]], strong: bool = False) -> list[ListedTensor]:
    """The tensors that numbered lines list; with ``strong``, only those in an unmistakable form. Empty where too few lines do."""
    found = [tensor for place, line in lines if not strong or STRONG.search(line) for tensor in tensors_in_line(place, line)]
    named = [tensor for tensor in found if PATH.search(tensor.name)]
    rows = {tensor.line for tensor in named}
    if len(rows) >= LEAST or (named and any(place in rows and is_whole_row(line) for place, line in lines)):
        around = range(named[0].line - NEAR, named[-1].line + NEAR)
        return [tensor for tensor in found if tensor.name and (tensor.line in rows or tensor.line in around)]
    bare = [tensor for tensor in found if not tensor.name]
    return bare if len(bare) >= LEAST_BARE and bare[-1].line - bare[0].line < 2 * len(bare) else []


def is_whole_row(line: str) -> bool:
    """Whether a line is nothing but a name and its ``torch.Size``."""
    return bool(ROW.match(line))


def tensors_in_line(place: int, line: str) -> list[ListedTensor]:
    """The tensors of one line: usually one; Caffe's users print the weight and the bias of a layer side by side."""
    if len(line) > LONGEST_LINE or CODE.search(line):
        return []
    cells = TWO_CELLS.match(line)
    if cells is not None:
        size = int(cells[2].replace(",", ""))
        return [ListedTensor(name=cells[1], shape=None, size=size, trainable=None, said=size, line=place)]
    shapes = [match for match in SHAPE.finditer(line) if is_shape(line, match)]
    name = name_before(line[max(0, shapes[0].start() - LONGEST_PREFIX) : shapes[0].start()]) if shapes else ""
    if not shapes or not (PATH.search(name) or (name and STRONG.search(line)) or BARE.match(line) or PLAIN_ROW.match(line)):
        return []
    if TOP.search(line):
        return []
    sizes = [sizes_of(match) for match in shapes]
    switch = SWITCH.search(line)
    trainable = None if switch is None else switch[1] == "True"
    if sizes[1:] == [sizes[0][:1]] and not STRONG.search(line):
        names = [f"{name}.weight", f"{name}.bias"]
        return [ListedTensor(name, shape, prod(shape), trainable, None, place) for name, shape in zip(names, sizes, strict=True)]
    if len(sizes) > 1 and not STRONG.search(line):  # an input and an output
        return []
    numbers = NUMBER.findall(line[shapes[0].end() :])
    said = int(numbers[0].replace(",", "")) if len(numbers) == 1 else None
    return [ListedTensor(name, sizes[0], prod(sizes[0]), trainable, said, place)]


def is_shape(line: str, match: re.Match[str]) -> bool:
    """Whether brackets hold a shape, not the arguments of a call."""
    if match[1]:
        return True
    before = line[: match.start()]
    return bool(before.strip()) and before[-1:] in BETWEEN and bool(match[2] or match[3] or match[4] or match[5])


def name_before(text: str) -> str:
    """The name of a tensor before its shape: a path if there is one, or else the last word that may be a name."""
    words: list[str] = [word.rstrip(":.-") for word in NAME.findall(text)]
    words = [word for word in words if word not in NO_NAME and word.rpartition(".")[0] != "torch"]
    paths = [word for word in words if TENSOR.search(word)] or [word for word in words if "." in word or "/" in word]
    return (paths or words or [""])[-1]


def sizes_of(match: re.Match[str]) -> tuple[int, ...]:
    """The axes of a shape."""
    text = match[2] or match[3] or match[5] or ""
    return (
        tuple(map(int, (match[4] or "").split("x"))) if match[4] else tuple(int(axis) for axis in text.split(",") if axis.strip())
    )


def total_of_listing(lines: Iterable[str]) -> int | None:
    """The total that a line below a listing says."""
    for line in lines:
        match = TOTAL.search(line)
        if match is not None:
            return int(match[1].replace(",", ""))
    return None
