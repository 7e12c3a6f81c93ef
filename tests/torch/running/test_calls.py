"""Calling modules: users' own ``forward`` in letters, Lazy modules wherever they are, hooks, and what is refused."""

from __future__ import annotations

import pytest

from symparams import symbols, torch
from symparams.errors import ShapeError
from symparams.torch import nn
from symparams.torch.nn import functional
from tests.bad_input import refused

B, T, d, e, f, h, L = symbols("B T d e f h L")


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.joined, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.register_buffer("mask", torch.tril(torch.ones(T, T)).view(1, 1, T, T))

    def forward(self, x):
        batch, steps, width = x.size()
        q, k, v = self.joined(x).split(width, dim=2)
        q, k, v = (each.view(batch, steps, self.heads, width // self.heads).transpose(1, 2) for each in (q, k, v))
        scores = (q @ k.transpose(-2, -1)) * (width // self.heads) ** -0.5
        scores = scores.masked_fill(self.mask[:, :, :steps, :steps] == 0, float("-inf"))
        x = functional.softmax(scores, dim=-1) @ v
        return self.out(x.transpose(1, 2).contiguous().view(batch, steps, width))


def test_forward_of_a_users_own_runs_in_letters() -> None:
    assert Attention(h * e, h)(torch.randn(B, T, h * e)).shape == (B, T, h * e)


def test_a_module_is_called_as_pytorch_calls_it() -> None:
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.blocks = nn.ModuleList([nn.Sequential(nn.Linear(d, d), nn.ReLU()) for _ in range(2)])
            self.extra = nn.ModuleDict({"head": nn.Linear(d, f)})

        def forward(self, x, scale=1.0, *, mask=None):
            for block in self.blocks:
                x = x + block(x) * scale
            x = x if mask is None else x.masked_fill(mask, 0.0)
            return {"logits": self.extra["head"](x), "hidden": x}

    found = Net()(torch.empty(B, d), scale=0.5, mask=torch.zeros(B, 1).bool())
    assert {name: each.shape for name, each in found.items()} == {"logits": (B, f), "hidden": (B, d)}


def test_lazy_modules_are_told_their_input_wherever_they_are() -> None:
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.convolutions = nn.Sequential(nn.LazyConv2d(8, 3), nn.LazyBatchNorm2d(), nn.ReLU(), nn.MaxPool2d(2))
            self.head = nn.LazyLinear(f)

        def forward(self, x):
            return self.head(self.convolutions(x).flatten(1))

    net = Net()
    assert net(torch.empty(2, 3, 30, 30)).shape == (2, f)
    assert int(net.count.at(f=10)) == 8 * 14 * 14 * 10 + 10 + 240


def test_a_lazy_module_returns_its_output_for_a_tensor_and_itself_for_a_shape() -> None:
    assert nn.LazyLinear(f)(torch.empty(B, d)).shape == (B, f)
    assert str(nn.LazyLinear(f)((B, d)).count) == "d*f + f"


def test_hooks_see_the_output_and_may_change_it() -> None:
    seen = []
    layer = nn.Linear(d, f)
    handle = layer.register_forward_hook(lambda module, inputs, output: seen.append((inputs[0].shape, output.shape)))
    layer(torch.empty(B, d))
    handle.remove()
    layer(torch.empty(B, d))
    assert seen == [((B, d), (B, f))]
    layer.register_forward_hook(lambda module, inputs, output: output[..., 0])
    assert layer(torch.empty(B, d)).shape == (B,)


def test_numbers_of_new_tensors_can_be_read() -> None:
    assert [each.item() for each in torch.linspace(0, 1, 3)] == [0.0, 0.5, 1.0]
    assert torch.arange(3).tolist() == [0, 1, 2]
    assert torch.tensor([[1, 2], [3, 4]])[1].tolist() == [3, 4]
    assert f"{torch.tensor(2.5):.1f}" == "2.5"
    changed = torch.tensor([1.0, 2.0])
    changed.mul_(2)
    refused(ShapeError, "tolist: a tensor here has a shape", changed.tolist)
    refused(ShapeError, "item: a tensor here has a shape", (torch.tensor(1.0) + 1).item)


def test_training_does_nothing() -> None:
    model = nn.Linear(d, f)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 10)
    optimizer.zero_grad()
    loss = nn.MSELoss()(model(torch.randn(8, d)), torch.randn(8, f))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    scheduler.step()
    assert loss.shape == ()
    assert optimizer.param_groups[0]["lr"] == 1e-3
    assert str(model.count) == "d*f + f"


class Compares(nn.Module):
    def forward(self, x):
        return x[:, :1] if x.shape[1] > 5 else x


class Asserts(nn.Module):
    def forward(self, x):
        assert x.shape[1] == 5
        return x


REFUSED = [
    ("Compares.forward compares or counts with a size that is a letter", lambda: Compares()(torch.empty(B, d))),
    ("Asserts.forward: a condition of its own code fails for letters", lambda: Asserts()(torch.empty(B, d))),
    ("Conv2d takes an input of 3 channels", lambda: nn.Conv2d(3, 4, 3)(torch.empty(1, d, 8, 8))),
    ("a window of 5 is longer than its axis of 3", lambda: nn.Conv1d(2, 2, 5)(torch.empty(1, 2, 3))),
    ("LayerNorm takes an input that ends in", lambda: nn.LayerNorm(d)(torch.empty(B, f))),
    ("BatchNorm2d takes an input of 4 axes", lambda: nn.BatchNorm2d(d)(torch.empty(B, d))),
    ("LSTM takes an input whose last axis is d", lambda: nn.LSTM(d, f)(torch.empty(3, B, f))),
    (
        "MultiheadAttention takes a key whose last axis is 8",
        lambda: nn.MultiheadAttention(8, 2)(*[torch.empty(3, 2, 8), *[torch.empty(3, 2, 4)] * 2]),
    ),
    ("parts of .* do not add up to", lambda: torch.empty(2, 7).split([3, 3], dim=1)),
    ("is not divided by 3 at every size", lambda: torch.empty(2, d).chunk(3, dim=1)),
    (
        r"L x nn.Conv2d: each copy changes the shape, from \(2, d, 48, 48\) to \(2, d, 46, 46\) in the second",
        lambda: (L * nn.Conv2d(d, d, 3))(torch.empty(2, d, 50, 50)),
    ),
    ("depends on the numbers", lambda: torch.empty(3).nonzero()),
]


@pytest.mark.parametrize(("words", "call"), REFUSED, ids=[words for words, _ in REFUSED])
def test_what_has_no_shape_is_refused_in_one_line(words, call) -> None:
    refused(ShapeError, words, call)


def test_distributions_draw_shapes() -> None:
    drawn = torch.distributions
    Categorical, Independent, MultivariateNormal, Normal = (
        drawn.Categorical,
        drawn.Independent,
        drawn.MultivariateNormal,
        drawn.Normal,
    )
    normal = Normal(torch.zeros(B, d), torch.ones(d))
    assert normal.rsample().shape == (B, d)
    assert normal.sample((5,)).shape == (5, B, d)
    assert normal.log_prob(torch.zeros(B, d)).sum(-1).shape == (B,)
    assert drawn.kl_divergence(normal, Normal(torch.zeros(d), torch.ones(d))).shape == (B, d)
    chosen = Categorical(logits=torch.zeros(B, f))
    assert chosen.sample().shape == chosen.entropy().shape == chosen.log_prob(torch.zeros(B).long()).shape == (B,)
    assert MultivariateNormal(torch.zeros(B, d), torch.eye(3)).sample().shape == (B, d)
    assert Independent(normal, 1).log_prob(torch.zeros(B, d)).shape == (B,)


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return x + self.down(self.up(x))


@pytest.mark.parametrize(
    "copies",
    [
        lambda: L * Residual(d),
        lambda: Residual(d) * L,
        lambda: 3 * Residual(d),
        lambda: L * (2 * Residual(d)),
        lambda: h * Residual(d) + (L - h) * nn.Linear(d, d),
    ],
)
def test_copies_are_called_one_after_another(copies):
    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.words, self.blocks, self.head = nn.Embedding(100, d), copies(), nn.Linear(d, f)

        def forward(self, x):
            return self.head(self.blocks(self.words(x)))

    assert Model()(torch.zeros(B, T, dtype=torch.long)).shape == (B, T, f)
    assert nn.Sequential(nn.Linear(e, d), copies())(torch.empty(B, e)).shape == (B, d)
