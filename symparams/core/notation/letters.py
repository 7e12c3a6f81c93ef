r"""The LaTeX of letters: ``n``, ``\beta``, ``n_{1}``, ``d_{\text{model}}``, ``\text{bias sets}``."""

from __future__ import annotations

from ...errors import LetterError
from .escaping import escaped, text
from .greek import GREEK_LETTERS, LATIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi "
    "varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega varsigma vartheta varpi varrho ell".split()
)

DIMENSION = "dim_"  # dim_ff is the d_ff of the papers

# Names of sizes in frameworks and papers, and the letter with an index that papers print for each.
WELL_KNOWN = {
    "dmodel": "d_model", "dff": "d_ff", "ff_dim": "d_ff", "ffn_dim": "d_ff", "dim_feedforward": "d_ff",
    "hidden_size": "d_hidden", "hidden_dim": "d_hidden", "intermediate_size": "d_intermediate",
    "embed_dim": "d_embed", "embedding_dim": "d_embed", "head_dim": "d_head", "key_dim": "d_key", "value_dim": "d_value",
    "nhead": "n_heads", "num_heads": "n_heads", "num_attention_heads": "n_heads", "num_kv_heads": "n_kv", "num_key_value_heads": "n_kv",
    "num_layers": "n_layers", "num_hidden_layers": "n_layers", "vocab_size": "n_vocab", "num_classes": "n_classes",
    "num_experts": "n_experts", "in_features": "d_in", "out_features": "d_out", "in_channels": "c_in", "out_channels": "c_out",
}  # fmt: skip


def latex_of_letter(name: str) -> str:
    """The LaTeX of a letter; a well-known name has its usual form."""
    name = name.rstrip("_") or name  # lambda_ is how Python writes lambda
    name = GREEK_LETTERS.get(name, WELL_KNOWN.get(name, name))
    if name.startswith(DIMENSION) and name != DIMENSION:
        name = f"d_{name.removeprefix(DIMENSION)}"
    head, _, tail = name.partition("_")
    stem = head.rstrip("0123456789")
    if stem and stem != head and not tail:
        head, tail = stem, head[len(stem) :]
    head = GREEK_LETTERS.get(head, head)
    if _is_letter(head) and tail in GREEK_LETTERS:
        return f"{_symbol(head)}_{{{_symbol(GREEK_LETTERS[tail])}}}"
    if _is_letter(head) and tail:
        return f"{_symbol(head)}_{{{tail if tail.isascii() and tail.isalnum() and (len(tail) == 1 or tail.isdigit()) else text(tail)}}}"
    return _symbol(name) if _is_letter(name) else text(name)


def distinct_latex(letters: set[str], names: Mapping[str, str]) -> dict[str, str]:
    r"""The LaTeX of each letter. Two that would look the same, ``n1`` and ``n_1``, are written out instead."""
    looks = {name: names.get(name) or latex_of_letter(name) for name in letters}
    seen = list(looks.values())
    for name in letters & names.keys():
        if seen.count(looks[name]) > 1:
            raise LetterError(
                f"{name} written {looks[name]} would look like another letter: the letters are {', '.join(sorted(letters))}"
            )
    return {name: tex if name in names or seen.count(tex) == 1 else rf"\text{{{escaped(name)}}}" for name, tex in looks.items()}


def _is_letter(name: str) -> bool:
    return name in GREEK or name in LATIN or (len(name) == 1 and name.isascii() and name.isalpha())


def _symbol(name: str) -> str:
    return "\\" + name if name in GREEK else LATIN.get(name, name)
