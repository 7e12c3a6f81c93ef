from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from symparams import reconcile, torch

from .race import a_second

if TYPE_CHECKING:
    from .race import Race

nn = torch.nn
WIDTHS = [100 + 7 * place % 1013 for place in range(301)]
MODELS = {
    "60 equal blocks": lambda: [nn.Embedding(32000, 4096), *(nn.TransformerEncoderLayer(4096, 32, 11008) for _ in range(60))],
    "all different": lambda: [nn.Linear(wide, next_) for wide, next_ in pairwise(WIDTHS)],
}
NUMBER = 12345678901  # which no reading of them gives, so that all is searched


@pytest.mark.parametrize("name", MODELS)
def test_a_model_of_300_layers_is_reconciled_in_a_second(race: Race, name: str) -> None:
    model = nn.Sequential(*MODELS[name]())
    assert len(model.parts) >= 300
    assert not reconcile(model, NUMBER).found
    race.at_most(
        1,
        f"`reconcile` that finds nothing, 300 layers, {name}",
        "one second of CPU time",
        lambda: reconcile(model, NUMBER),
        a_second if race.enabled else lambda: None,
        rounds=5,
    )
