"""RNN, GRU, LSTM and their cells. Each layer is one of ours; if their number is a letter, the deeper ones are one with copies."""

from __future__ import annotations

from ...core.catalogue import always, entry, when
from ...core.sizes import size
from ...layers.recurrent import GRU, LSTM, Recurrent, SimpleRNN
from ..conventions import CELL, TORCH, recurrent_layer
from ..row import check_choice, check_probability, decided_settings, refusal, row, sizes_check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ...core.catalogue import Entry
    from ...core.signatures import Arguments
    from ...core.sizes import Dim
    from ..builtin import Builtin
    from ..row import Building, Fields
    from ..tensors import Parameter

NO_BIAS = when("bias", False, "bias=False leaves both biases out", bias_sets=0)
TWO_BIASES = always(
    "PyTorch stores its recurrent layers as cuDNN does: one bias for the input product, one for the recurrent product",
    bias_sets=2,
)
BOTH_WAYS = when("bidirectional", True, "bidirectional=True reads the sequence both ways, each with its own weights", directions=2)
CORES: dict[str, type[Recurrent]] = {"RNN": SimpleRNN, "GRU": GRU, "LSTM": LSTM}
ENTRIES = {name: entry(f"torch.nn.{name}", core, TORCH, NO_BIAS, TWO_BIASES, BOTH_WAYS) for name, core in CORES.items()}
MODES = {"RNN_TANH": "RNN", "RNN_RELU": "RNN", "GRU": "GRU", "LSTM": "LSTM"}
MOST_LAYERS = 10_000  # for more, a letter is needed


def check(a: Arguments) -> None:
    sizes_check("input_size", "hidden_size", "num_layers")(a)
    check_probability(a, "dropout")
    if "nonlinearity" in a:
        check_choice(a, "nonlinearity", ("tanh", "relu"))
    if "mode" in a:
        check_choice(a, "mode", tuple(MODES))
    if isinstance(a.num_layers, int) and a.num_layers > MOST_LAYERS:
        raise refusal(a, "num_layers", f"must be at most {MOST_LAYERS}, or a letter")
    a["proj_size"] = p = size(a.get("proj_size", 0), f"{a['class_name']}: proj_size", least=0)
    if p != 0 and a.get("mode", a["class_name"]) != "LSTM":
        raise refusal(a, "proj_size", "must be 0 except in an LSTM")
    if isinstance(p, int) and isinstance(a.hidden_size, int) and p >= a.hidden_size:
        raise refusal(a, "proj_size", f"must be smaller than hidden_size, which is {a.hidden_size}")


def build(entry_of: Callable[[Arguments], Entry]) -> Callable[[Building], None]:
    def build(module: Building) -> None:
        a = module._arguments
        own_entry = entry_of(a)
        first: Fields = {"inputs": a.input_size, "units": a.hidden_size}
        if a.proj_size != 0:
            first["projection"] = a.proj_size
        settings, because = decided_settings(own_entry, module, first)
        layer = own_entry.layer(**{**first, **settings})
        state: Dim = a.hidden_size if a.proj_size == 0 else a.proj_size
        deeper = layer.but(inputs=(2 if a.bidirectional else 1) * state)
        both = ", those of both directions" if a.bidirectional else ""
        why = {**because, "inputs": f"it reads the states of the layer below{both}"}
        count = a.num_layers
        if isinstance(count, int):
            for number in range(count):
                name, convention = f"l{number}" if count > 1 else "", recurrent_layer(f"_l{number}")
                module._hold(deeper if number else layer, convention, why if number else because, name)
            return
        module._hold(layer, recurrent_layer("_l0"), because, "l0")
        module._hold(deeper, recurrent_layer("_l1"), why, "deeper", copies=count - 1)
        module._closed = (
            f"{a['class_name']} has {count} layers, so its parameters have a formula but cannot be listed: "
            "give num_layers a number to see its parameters by name"
        )

    return build


def all_weights(module: Builtin) -> list[list[Parameter]]:
    """The parameters of each layer and direction."""
    found: dict[str, list[Parameter]] = {}
    for name, parameter in module.named_parameters():
        found.setdefault(name.partition("_l")[2], []).append(parameter)
    return [*found.values()]


METHODS = {"all_weights": property(all_weights)}
for name in CORES:
    row(name, entry=ENTRIES[name], check=check, build=build(lambda a: ENTRIES[a["class_name"]]), methods=METHODS)
row("RNNBase", check=check, build=build(lambda a: ENTRIES[MODES[a.mode]]), methods=METHODS)


# ---------------------------------------------------------------- cells
def cell_sizes(a: Arguments) -> Fields:
    return {"inputs": a.input_size, "units": a.hidden_size}


def check_cell(a: Arguments) -> None:
    sizes_check("input_size", "hidden_size")(a)
    if "nonlinearity" in a:
        check_choice(a, "nonlinearity", ("tanh", "relu"))


def build_base(module: Building) -> None:
    """The build of the base class of cells, which takes any number of gates."""
    a = module._arguments
    biases = 2 if a.bias else 0
    layer = Recurrent.of({**cell_sizes(a), "gates": a.num_chunks, "bias_sets": biases, "directions": 1})
    module._hold(layer, CELL, {"bias_sets": TWO_BIASES.because if biases else NO_BIAS.because})


for name, core in CORES.items():
    row(
        f"{name}Cell",
        entry=entry(f"torch.nn.{name}Cell", core, CELL, NO_BIAS, TWO_BIASES),
        check=check_cell,
        sizes=cell_sizes,
        absent="bias_ih bias_hh",
    )
row("RNNCellBase", check=sizes_check("input_size", "hidden_size", "num_chunks"), build=build_base, absent="bias_ih bias_hh")
