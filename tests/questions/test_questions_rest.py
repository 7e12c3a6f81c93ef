"""Questions that people asked in public about a whole network: the count, its rows, and what makes two versions differ.

Those about a formula are in ``test_questions_why``, those about a size in ``test_questions_sizes``.
"""

from __future__ import annotations

import pytest

from symparams import check, compare, reconcile, symbols, table
from symparams.keras import layers
from symparams.torch import nn
from tests.questions.test_questions_why import RIGHT, WHY, WRONG, linear, llama, on, whole


# ---------------------------------------------------------------- the networks
def bert(**head):
    """BERT base."""
    tables = {"words": nn.Embedding(30522, 768), "positions": nn.Embedding(512, 768), "types": nn.Embedding(2, 768)}
    blocks = nn.ModuleList([nn.TransformerEncoderLayer(768, 12, 3072) for _ in range(12)])
    return whole(nn.Module(), **tables, norm=nn.LayerNorm(768), layers=blocks, **head)


def alexnet(groups):
    """The five convolutions and three dense layers; in the paper, two halves see each other in the third convolution alone."""
    convolutions = [
        nn.Conv2d(3, 96, 11, 4),
        nn.Conv2d(96, 256, 5, groups=groups),
        nn.Conv2d(256, 384, 3),
        nn.Conv2d(384, 384, 3, groups=groups),
        nn.Conv2d(384, 256, 3, groups=groups),
    ]
    return nn.Sequential(*convolutions, nn.Flatten(), nn.Linear(9216, 4096), nn.Linear(4096, 4096), nn.Linear(4096, 1000))


def transformer(*, tied):
    """Attention Is All You Need, base, as its script has it: no biases in attention, and one in the output."""

    def block(*attentions):
        modules = {name: nn.MultiheadAttention(512, 8, bias=False) for name in attentions}
        norms = {f"norm_{name}": nn.LayerNorm(512) for name in (*attentions, "inner")}
        return nn.ModuleDict({**modules, "inner": nn.Linear(512, 2048), "outer": nn.Linear(2048, 512), **norms})

    model = whole(
        nn.Module(),
        source=nn.Embedding(37000, 512),
        target=nn.Embedding(37000, 512),
        encoder=nn.ModuleList([block("attention") for _ in range(6)]),
        decoder=nn.ModuleList([block("attention", "cross") for _ in range(6)]),
        output=nn.Linear(512, 37000),
    )
    if tied:
        model.target.weight = model.output.weight = model.source.weight
    return model


def rsdn():
    """RSDN of nine blocks and 128 channels: a stream for the details and one for the structure, of equal layers."""

    def three(inputs, outputs):
        return nn.Conv2d(inputs, outputs, 3, padding=1)

    def stream():
        blocks = nn.ModuleList([nn.Sequential(three(128, 128), three(128, 128)) for _ in range(9)])
        return whole(nn.Module(), enter=three(48 + 128 + 6, 128), blocks=blocks, state=three(128, 128), leave=three(128, 48))

    return whole(nn.Module(), forget=three(3, 9), details=stream(), structure=stream(), join=three(96, 48))


IMAGE = (64, 64, 1)
KERAS = on(
    IMAGE, layers.Conv2D(32, 3, padding="same"), layers.BatchNormalization(), layers.Flatten(), layers.Dense(100), layers.Dense(10)
)
TORCH = nn.Sequential(nn.Conv2d(1, 32, 3, padding=1), nn.BatchNorm2d(32), nn.Flatten(), nn.Linear(131072, 100), nn.Linear(100, 10))


# ---------------------------------------------------------------- rows and totals
# The model, the rows that have parameters, and the total.
ROWS = {
    # https://community.deeplearning.ai/t/explain-the-math-behind-the-parameters-shown-by-model-summary/87136
    "conv-448-4640": (
        on(
            (22, 14, 3),
            layers.Conv2D(16, 3),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(512),
        ),
        [448, 4640, 131584],
        136672,
    ),
    # https://stackoverflow.com/questions/60079783/difference-between-keras-batchnormalization-and-pytorchs-batchnorm2d
    "keras-13108758": (KERAS, [320, 128, 13107300, 1010], 13108758),
    # https://exchangetuts.com/how-to-calculate-the-number-of-parameters-of-alexnet-1639874789424395
    "alexnet-62378344": (alexnet(1), [34944, 614656, 885120, 1327488, 884992, 37752832, 16781312, 4097000], 62378344),
    # https://github.com/TylerYep/torchinfo/issues/190
    "mmoe-expert-16528": (nn.Sequential(nn.Linear(499, 32), nn.Linear(32, 16)), [16000, 528], 16528),
    # https://github.com/AlexanderLutsenko/nobuco/issues/26
    "encoder-layer-132480": (nn.TransformerEncoderLayer(128, 8, 256), [66048, 33024, 32896, 256, 256], 132480),
}


@pytest.mark.parametrize("name", ROWS)
def test_the_rows_of_the_summary_and_their_sum(name):
    model, rows, total = ROWS[name]
    assert [row["count"] for row in table(model).rows if row["count"]] == rows
    assert int(model.count) == total


# The number of each question that the other tests ask why, and do not count.
COUNTS = {
    "stacked-lstm-symbolic": (WRONG["stacked-lstm-symbolic"][2], 436),
    "nanogpt-qkv-heads": (WRONG["nanogpt-qkv-heads"][2], 1769472),
    "gru-5-480": (RIGHT["gru-5-480"][2], 480),
    "lstm-17-billion": (WRONG["lstm-17-billion"][2], 4457472),
    "dense-on-3d-60": (WHY["dense-on-3d-60"][1], 60),
    # https://github.com/Abdullah-Taha9/ui-training/issues/29
    "qwen25-72b-72706203648": (llama(152064, 8192, 80, 29568, 1024, biases=True), 72706203648),
}


@pytest.mark.parametrize("name", COUNTS)
def test_the_number_is_right(name):
    model, number = COUNTS[name]
    assert int(model.count) == number


# ---------------------------------------------------------------- what makes two versions differ
def test_keras_counts_the_statistics_and_pytorch_does_not():
    """https://stackoverflow.com/questions/60079783/difference-between-keras-batchnormalization-and-pytorchs-batchnorm2d"""
    difference = compare(KERAS, TORCH)
    (cause,) = difference.causes
    assert (difference.total, cause.setting, cause.weights) == (-64, "moments", ["moving_mean", "moving_variance"])
    assert int(KERAS.trainable_count) == int(TORCH.count)


def test_two_towers_of_alexnet_halve_three_kernels():
    """https://exchangetuts.com/how-to-calculate-the-number-of-parameters-of-alexnet-1639874789424395 (the paper's 60 million)"""
    (gathered,) = compare(alexnet(1), alexnet(2)).gathered
    assert (gathered.setting, gathered.before, gathered.after, gathered.layers) == ("groups", 1, 2, ["1", "3", "4"])
    assert int(alexnet(2).count) == 60965224


def test_a_transformer_of_100_million_has_three_tables_and_the_paper_has_one():
    """https://gist.github.com/jaymody/ed8213f5779892112cb39022e9b83133"""
    difference = compare(transformer(tied=True), transformer(tied=False))
    assert int(difference.after_count) == 100970632
    assert {(cause.layer, cause.setting, cause.amount) for cause in difference.causes} == {
        ("target", "tied to", 18944000),
        ("output", "tied to", 18944000),
    }


def test_lenet_s_table_leaves_out_36_links():
    """https://yohanes.gultom.id/2016/12/12/understanding-lenet-lecun-1998/: six maps see 3 of 6, nine see 4, and one all."""

    def third_layer(*links):
        maps = [whole(nn.Module(), sees=nn.ModuleList([nn.Conv2d(1, 1, 5, bias=False) for _ in range(each)])) for each in links]
        return nn.ModuleList([whole(each, bias=nn.Parameter((1,))) for each in maps])

    difference = compare(third_layer(*[3] * 6, *[4] * 9, 6), third_layer(*[6] * 16))
    assert (int(difference.before_count), int(difference.after_count), difference.total) == (1516, 2416, 900)
    (gathered,) = difference.gathered
    assert (len(gathered.layers), gathered.each) == (36, 25)


def test_questions_are_answered_without_the_pooler():
    """https://github.com/huggingface/peft/issues/801"""
    model = bert(pooler=nn.Linear(768, 768), qa_outputs=nn.Linear(768, 2))
    answering = bert(qa_outputs=nn.Linear(768, 2))
    assert int(answering.count) == 108893186
    assert reconcile(model, 108893186).readings[0].sentences == ["without pooler"]
    (cause,) = compare(answering, model).causes
    assert (cause.layer, cause.amount) == ("pooler", 590592)


def test_a_size_in_mebibytes_is_no_count():
    """https://github.com/junpan19/RSDN/issues/5: "Model size: 23.57573M", and the paper has 6.19 million."""
    found = reconcile(rsdn(), "23.57573M")
    assert found.readings[0].sentences == ["in MiB of fp32, four bytes a parameter"]
    assert int(rsdn().count) == 6180236


def test_all_bytes_of_a_nested_layer_count():
    """https://github.com/TylerYep/torchinfo/issues/366"""
    model = whole(nn.Module(), nested=nn.Sequential(nn.Linear(3, 5)), linear=nn.Linear(5, 5))
    assert reconcile(model, "200 bytes").readings[0].sentences == ["in bytes of fp32, four bytes a parameter"]


def test_the_exercise_s_formula_is_of_162_million():
    """https://torchedup.dev/problems/param-count-transformer"""
    _, formula, model, letters, *_ = WRONG["torchedup-124m-claim"]
    assert "Yours gives 162129408, the model has 124439808." in str(check(formula, model, letters))


def test_no_weights_lead_to_the_constant_of_a_layer():
    """https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1: homework 6, question 10; 18 and 18 units were counted as 522."""
    i, a, b = symbols("i a b")
    found = check("i*a + a*b + b", nn.ModuleList([linear(i, a - 1), linear(a, b - 1), linear(b, 1)]))
    assert str(found).endswith("You did not subtract a: 1/kernel.\nYou did not subtract i: 0/kernel.")
