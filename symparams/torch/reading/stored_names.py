"""What the names and shapes of a state dict tell besides parameters: buffers, quantized weights, and tables that may be tied."""

from __future__ import annotations

from ...core.frozen import Frozen
from ...errors import brief, listed, several

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ...core.sizes import Shape
    from ..module import Module

STATISTICS = ("running_mean", "running_var", "num_batches_tracked")  # the buffers of PyTorch's own normalizations
# Positions, frequencies and masks that models register as buffers.
COMPUTED = ("position_ids", "token_type_ids", "inv_freq", "masked_bias", "relative_position_index", "attn_mask")
# What GPTQ, AWQ and bitsandbytes keep beside or in place of a weight: packed numbers, zero points, scales, the order of groups.
GROUPED = ("qweight", "qzeros", "scales", "g_idx")
OF_BITSANDBYTES = ("absmax", "quant_map", "nested_absmax", "nested_quant_map", "SCB", "weight_format")
HEADS = ("lm_head.weight", "embed_out.weight", "output.weight", "decoder.weight")
TABLES = (
    "embed_tokens.weight",
    "wte.weight",
    "embed_in.weight",
    "word_embeddings.weight",
    "token_embd.weight",
    "tok_embeddings.weight",
)
FOUR_BITS = "Params4bit"  # the class of such a weight
WORD = 32  # bits of a number of qweight
MOST_NAMED = 3


class Packed(Frozen):
    """A quantized weight: how many numbers it stands for, and in how many bits each."""

    size: int
    bits: int


def is_buffer(name: str, shapes: Mapping[str, Shape]) -> bool:
    """Whether a tensor of a state dict is none that is trained, by its name and those beside it."""
    front, _, last = name.rpartition(".")
    if last in STATISTICS or last in COMPUTED or last in OF_BITSANDBYTES or last.startswith("bitsandbytes__"):
        return True
    if last in GROUPED:
        return f"{front}.qweight".removeprefix(".") in shapes
    return name.endswith("attn.bias") and len(shapes[name]) == 4  # the mask of GPT-2's attention


def packed_weight(name: str, shapes: Mapping[str, Shape]) -> Packed | None:
    """The weight that a packed tensor stands for; None for any other tensor."""
    front, _, last = name.rpartition(".")
    if last == "weight" and f"{front}.weight.absmax".removeprefix(".") in shapes:
        size = product(shapes[name])
        return None if size is None else Packed(2 * size, 4)
    if last != "qweight":
        return None
    beside = f"{front}." if front else ""
    weight, scales, zeros = (shapes.get(f"{beside}{each}", ()) for each in ("qweight", "scales", "qzeros"))
    numbers = [axis for shape in (weight, scales, zeros) for axis in shape if isinstance(axis, int)]
    if len(numbers) != 6 or 0 in numbers:
        return None
    inputs, columns, _, outputs, _, packed_zeros = numbers
    bits = WORD * packed_zeros // outputs
    if bits == 0 or WORD * packed_zeros != bits * outputs:
        return None
    rows = inputs * WORD // bits if columns == outputs else inputs  # GPTQ packs the inputs, AWQ the outputs
    return Packed(rows * outputs, bits)


def product(shape: Shape) -> int | None:
    found = 1
    for axis in shape:
        if not isinstance(axis, int):
            return None
        found *= axis
    return found


def remarks(shapes: Mapping[str, Shape], tied: Mapping[str, str], identified: bool) -> list[str]:
    """The notes about buffers, quantized weights and ties. ``identified`` is whether tensors were given, of which ties are known."""
    said: list[str] = []
    buffers = [name for name in shapes if is_buffer(name, shapes)]
    packed = {name: its for name in shapes if (its := packed_weight(name, shapes)) is not None}
    plain = [name for name in buffers if name.rpartition(".")[2] not in (*GROUPED, *OF_BITSANDBYTES)]
    if plain:
        said.append(
            f"{several(len(plain), 'tensor')} {be(plain)} counted as {'a buffer' if len(plain) == 1 else 'buffers'}: {named(plain)}"
        )
    said += packed_in_words(packed.values())
    said += [f"{name} is the same tensor as {first}, and counts once" for name, first in tied.items()]
    if not identified:
        tables = {shapes[name]: name for name in reversed([*shapes]) if name.endswith(TABLES)}
        head = next((name for name in shapes if name.endswith(HEADS) and shapes[name] in tables), None)
        if head is not None:
            table = brief(tables[shapes[head]])
            said.append(
                f"{brief(head)} has the shape of {table}: if the two are one tensor, as where word embeddings are tied, it counts twice here"
            )
    return said


def packed_in_words(packed: Collection[Packed]) -> list[str]:
    """The note about quantized weights, if there are any."""
    if not packed:
        return []
    bits = listed(sorted({str(each.bits) for each in packed}))
    how = f"{several(len(packed), 'weight')} {'is' if len(packed) == 1 else 'are'} quantized to {bits} bits and packed"
    return [
        f"{how}: as numbers they are {sum(each.size for each in packed)} parameters, which the count has only as they are stored"
    ]


def live_remarks(module: Module, live: object) -> list[str]:
    """The note about quantized weights of a live module: packed in buffers, or of a class of their own that packs two in a byte."""
    shapes = {name: tensor.shape for name, tensor in (*module.named_buffers(), *module.named_parameters())}
    found = [its for name in shapes if (its := packed_weight(name, shapes)) is not None]
    named_live = getattr(live, "named_parameters", None)
    for name, tensor in named_live() if callable(named_live) else ():
        size = product(shapes.get(name, ())) if type(tensor).__name__ == FOUR_BITS else None
        found += [Packed(2 * size, 4)] if size else []
    return packed_in_words(found)


def be(those: Iterable[str]) -> str:
    return "is" if len([*those]) == 1 else "are"


def named(names: list[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")
