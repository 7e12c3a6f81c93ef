"""Live modules, files and tables of a PyTorch that is installed; skipped where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from symparams import from_summary, from_torch
from symparams.errors import ShapeError, TextError
from symparams.torch.reading.stored_names import STATISTICS as BUFFERS
from tests.bad_input import refused
from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

torch = installed("torch")
nn: Any = torch.nn

pytestmark = pytest.mark.filterwarnings("ignore")  # torch's own


class Tied(nn.Module):
    """A table of words that is the output's matrix too, a frozen tensor, and a buffer that is not saved."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.body, self.head = nn.Embedding(100, 8), nn.LSTM(8, 8, 2), nn.Linear(8, 100, bias=False)
        self.head.weight = self.words.weight
        self.scale = nn.Parameter(torch.ones(2, 8), requires_grad=False)
        self.register_buffer("seen", torch.zeros(3), persistent=False)

    def forward(self, words: Any) -> Any:
        return self.head(self.body(self.words(words))[0])


def encoder() -> Any:
    return nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 4, 32, batch_first=True), 3)


def images() -> Any:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.PReLU(8), nn.Conv2d(8, 8, 3, groups=8), nn.Flatten(), nn.Linear(200, 5)
    )


def frozen() -> Any:
    model = images()
    model[:2].requires_grad_(False)
    return model


def lazy() -> Any:
    model = nn.Sequential(nn.LazyConv2d(4, 3), nn.LazyBatchNorm2d(), nn.Flatten(), nn.LazyLinear(3))
    model(torch.zeros(2, 3, 8, 8))
    return model


def attention() -> Any:
    return nn.ModuleDict(
        {
            "other widths": nn.MultiheadAttention(8, 2, kdim=4, vdim=6),
            "without": nn.MultiheadAttention(8, 2, bias=False, add_bias_kv=True),
            "own": nn.ParameterList([torch.ones(2), torch.ones(3)]),
        }
    )


def parametrized() -> Any:
    made = nn.utils.parametrizations
    return nn.Sequential(made.weight_norm(nn.Linear(4, 5)), made.spectral_norm(nn.Linear(5, 6)), made.orthogonal(nn.Linear(6, 6)))


def pruned() -> Any:
    model = nn.Sequential(nn.Linear(4, 5), nn.Linear(5, 2))
    installed("torch.nn.utils.prune").l1_unstructured(model[0], "weight", 0.5)
    return model


def without_numbers() -> Any:
    with torch.device("meta"):
        return nn.Transformer(16, 4, 2, 2, 32)


def compiled() -> Any:
    return torch.compile(images())


def traced() -> Any:
    return torch.fx.symbolic_trace(images())


def scripted() -> Any:
    return torch.jit.script(images())


def exported() -> Any:
    return torch.export.export(images().eval(), (torch.zeros(2, 3, 9, 9),)).module()


def averaged() -> Any:
    return torch.optim.swa_utils.AveragedModel(images())


WRAPPED = [compiled, traced, scripted, exported, averaged]
MODELS = [Tied, encoder, images, frozen, lazy, attention, parametrized, pruned, without_numbers, *WRAPPED]
SAVED = [make for make in MODELS if make is not without_numbers]


def numbers(tensors: Any) -> int:
    return sum(tensor.numel() for tensor in tensors)


def listed(tensors: Any) -> list[Any]:
    return [(name, tuple(tensor.shape), bool(tensor.requires_grad)) for name, tensor in tensors]


@pytest.mark.parametrize("make", MODELS)
def test_a_live_module_is_read(make: Callable[[], Any]) -> None:
    model = make()
    ours = from_torch(model)
    assert listed(ours.named_parameters()) == listed(model.named_parameters())
    assert listed(ours.named_buffers()) == listed(model.named_buffers())
    assert int(ours.count) == numbers(model.parameters())
    assert int(ours.untied_count) == numbers(its for _, its in model.named_parameters(remove_duplicate=False))
    assert int(ours.trainable_count) == numbers(its for its in model.parameters() if its.requires_grad)
    assert int(ours.buffer_count) == numbers(model.buffers())
    assert f"Total params: {numbers(model.parameters()):,}" in str(ours.summary())


@pytest.mark.parametrize(("make", "letters"), [(Tied, {"V": 100, "d": 8}), (encoder, {"d": 16, "f": 32}), (images, {"c": 8})])
def test_a_live_module_is_read_in_letters(make: Callable[[], Any], letters: dict[str, int]) -> None:
    model = make()
    ours = from_torch(model, letters=letters)
    assert {*ours.count.letters} == letters.keys()
    assert ours.count.at(letters) == numbers(model.parameters())


def saved(model: Any) -> dict[str, tuple[int, ...]]:
    """What a state dict has that is no buffer of PyTorch's own: the first name of each tensor, and its shape."""
    first: dict[Any, str] = {}
    state = model.state_dict()
    for name, tensor in state.items():
        if name.rpartition(".")[2] not in BUFFERS:
            first.setdefault(tensor.data_ptr() or name, name)
    return {name: tuple(state[name].shape) for name in first.values()}


@pytest.mark.parametrize("make", SAVED)
def test_a_state_dict_and_its_safetensors_are_read(make: Callable[[], Any], tmp_path: Path) -> None:
    model, path = make(), tmp_path / "model.safetensors"
    ours = from_torch(model.state_dict())
    assert {name: tuple(its.shape) for name, its in ours.named_parameters()} == saved(model)
    installed("safetensors.torch").save_model(model, str(path))
    assert from_torch(path).count == ours.count


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.pt"
    torch.save(images().state_dict(), path)
    refused(TextError, "is a pickle, which runs code when it is loaded", lambda: from_torch(path))
    refused(ShapeError, "LazyLinear.weight has no shape yet", lambda: from_torch(nn.LazyLinear(3)))
    for other in (torch.ones(3), images().parameters()):
        refused(TextError, "from_torch cannot read", lambda other=other: from_torch(other))


@pytest.mark.parametrize("make", [encoder, images, frozen, lazy])
@pytest.mark.parametrize("depth", [1, 9])
def test_the_table_that_torchinfo_prints_is_read(make: Callable[[], Any], depth: int) -> None:
    model = make()
    printed = installed("torchinfo").summary(model, depth=depth, verbose=0)
    table = from_summary(str(printed))
    assert table.total == int(table.count) == numbers(model.parameters()) == printed.total_params
    assert table.trainable == numbers(its for its in model.parameters() if its.requires_grad)


@pytest.mark.parametrize("make", [encoder, images, frozen, lazy])
def test_what_a_live_module_prints_is_read(make: Callable[[], Any]) -> None:
    model = make()
    assert int(from_summary(str(model)).count) == numbers(model.parameters())
