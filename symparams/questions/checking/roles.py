"""The usual meanings of letters: V is a vocabulary, d a width, L a number of layers."""

from __future__ import annotations

from ...core.terms import ONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ...core.terms import Terms
    from .independent_sizes import Size

# The letters and names that people use for each field, without case and underscores.
USUAL: Mapping[str, frozenset[str]] = {
    field: frozenset(names.split())
    for field, names in {
        "inputs": "m i x d c in input inputs cin nin nx din ni infeatures inputdim inputsize features channels inchannels e emb embeddim h",
        "units": "n h u o k out output outputs units hidden nh nhid nhidden nout dout no outfeatures hiddensize hiddendim f ff dff classes nclasses q",
        "filters": "f n k o cout out filters outchannels nout filter numfilters m",
        "window": "k kernel kernelsize ks s w h fh fw kh kw",
        "words": "v vocab voc vocabsize nvocab words tokens w num numembeddings inputdim t s p ctx positions seq seqlen maxlen blocksize nctx",
        "width": "d e h emb embed embeddim dmodel nembd hidden hiddensize dim width embeddingdim embsize",
        "shape": "c d n h f channels features dim dmodel nembd hidden",
        "multiplier": "m dm multiplier depthmultiplier d",
        "heads": "h nheads nhead heads a numheads",
        "key_width": "k dk dkey dhead headdim keydim hd dh",
        "value_width": "v dv valuedim",
    }.items()
}
# The words of names that say on which side of a layer a size is, as in c_in and fan_out; a hidden size is no input.
IN, OUT = frozenset(("in", "input", "inputs")), frozenset(("out", "output", "outputs"))
INS = frozenset(name for name in USUAL["inputs"] if "in" in name)
OUTS = frozenset(name for name in USUAL["units"] | USUAL["filters"] if "out" in name or "hid" in name)
REPEATS = frozenset("l layers nlayers nlayer numlayers depth blocks nblocks".split())
GATES = frozenset("g gates ngates numgates".split())
AXES = frozenset("t s p h w steps nsteps time timesteps height width seq seqlen maxlen len length".split())  # of an input
VOCABULARIES = frozenset("v vocab voc vocabsize nvocab".split())
POSITIONS = frozenset("t s p ctx positions seq seqlen maxlen maxseqlen blocksize nctx context contextlength npositions".split())


def folded(name: str) -> str:
    """A name without case and underscores."""
    return name.replace("_", "").lower()


def fits_size(name: str, size: Size) -> int:
    """How usual a letter is for a size: 3 where it is the size's own letter, 1 for other usual names, 0 for the rest."""
    plain = folded(name)
    if size.field == "words":
        return 3 if (plain in POSITIONS) == size.is_later_table and plain in USUAL["words"] else 0
    if name == size.usual:
        return 3
    return int(plain in USUAL.get(size.field, ()) or plain == size.field.replace("_", ""))


def side_of(name: str) -> str:
    """``in`` or ``out`` where a name says on which side of its layer a size is; empty where it says neither."""
    words = set(name.lower().split("_"))
    return "in" if words & IN or folded(name) in INS else "out" if words & OUT or folded(name) in OUTS else ""


def tell_sides(names: Iterable[str]) -> bool:
    """Whether names tell the sides of a layer apart, as c_in and c_out do; d_in alone may be an inner width."""
    return {"in", "out"} <= set(map(side_of, names))


def is_on_other_side(name: str, fields: Collection[str]) -> bool:
    """Whether a name says that it is on the other side of a layer than the size with these fields, as c_in does for outputs."""
    other = {"in": ("units", "filters"), "out": ("inputs",)}.get(side_of(name), ())
    return bool(fields) and all(field in other for field in fields)


def fits_repeats(name: str) -> int:
    """How usual a letter is for a number of layers or gates."""
    return 3 if folded(name) in REPEATS or name == "N" else int(folded(name) in GATES)


# How many terms may be wrong before a letter is read as a mere number, or as no size, two letters as one size, or a size is written
# as a fraction of one.
MISREAD, FOREIGN, DOUBLED, FRACTION = 1, 2, 1, 2


def misreading(name: str, terms: Terms, sizes: Mapping[str, Size], numbers: Mapping[int, Sequence[str]]) -> int:
    """How unusual it is to read a letter as a number of the model, or as no size though it is usual for one, as ``sizes`` and
    ``numbers`` are. Which of several sizes it is, the terms decide, since people name them as they like; but V is the words."""
    if ONE in terms:
        return MISREAD * (not fits_numbers(name, numbers.get(int(terms[ONE]), ())))
    names = {letter for monomial in terms for letter, _ in monomial} & sizes.keys()
    if any(fits_size(name, sizes[each]) for each in names) or not any(fits_size(name, size) for size in sizes.values()):
        return 0
    if not names:
        return FOREIGN
    return MISREAD * (folded(name) in VOCABULARIES and any(size.field == "words" for size in sizes.values()))


def fits_numbers(name: str, docs: Sequence[str]) -> int:
    """How usual a letter is for a number of the model that has these meanings."""
    return max((fits_number(name, doc) for doc in docs), default=0)


def fits_number(name: str, doc: str) -> int:
    """How usual a letter is for a number of the model: ``the number of copies``, ``the gates of lstm``, ``the steps of the input``."""
    if doc.endswith("of the input"):
        return int(folded(name) in AXES)
    if folded(name) in GATES:
        return int("gates" in doc)
    return fits_repeats(name) if "number" in doc else 0
