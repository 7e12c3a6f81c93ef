"""Attention: with several heads (Vaswani et al., 2017), and the earlier forms, which have at most a scale."""

from __future__ import annotations

from ..core import Dim, Layer, Node, beside, dim, dims, named, number, shown_as, split, times, weight


class MultiHeadAttention(Layer):
    r"""Attention with several heads (Vaswani et al., 2017, "Attention is all you need", arXiv:1706.03762).

    Query, key and value are projected for each head, and the outputs of all heads are projected back. The query's heads may
    share keys and values: all heads (multi-query attention, Shazeer, 2019, arXiv:1911.02150) or the heads of each group
    (grouped-query attention, Ainslie et al., 2023, arXiv:2305.13245).

    >>> print(MultiHeadAttention.symbolic().count)
    3*d*h*d_k + 3*h*d_k + h*d_k*d + d
    >>> print(MultiHeadAttention(inputs=512, heads=8, key_width=64).count)
    1050624
    """

    inputs: Dim = dim(letter="d", doc="features of the query, the width of the model")
    heads: Dim = dim(letter="h", doc="heads of the query")
    key_width: Dim = dim(letter="d_k", doc="features of the query and the key in each head")
    value_width: Dim = dim(letter="d_v", doc="features of the value in each head", default="key_width")
    kv_heads: Dim = dim(letter="g", doc="heads of key and value; fewer than h where heads of the query share them", default="heads")
    key_inputs: Dim = dim(letter="m_k", doc="features of the input for the keys", default="inputs")
    value_inputs: Dim = dim(letter="m_v", doc="features of the input for the values", default="key_inputs")
    outputs: tuple[Dim, ...] = dims(letter="d_o", doc="the axes of each output", default="inputs")
    bias_sets: Dim = number(letter="bias_sets", doc="1 with a bias in each projection, 0 without", default=1, least=0)
    output_bias_sets: Dim = number(
        letter="output_bias_sets", doc="1 with a bias in the output projection, 0 without", default="bias_sets", least=0
    )
    gates: Dim = number(
        letter="gates", doc="1 with a gate on the output of the heads (Qiu et al., 2025, arXiv:2505.06708)", default=0, least=0
    )
    extra_keys: Dim = number(letter="extra_keys", doc="1 with a learned key and value appended to the sequence", default=0, least=0)

    def validate(self) -> None:
        split(self.heads, self.kv_heads, "MultiHeadAttention: heads over kv_heads")

    def weights(self) -> Node:
        d, h, g, k, v = self.inputs, self.heads, self.kv_heads, self.key_width, self.value_width

        def projected(name: str, inputs: Dim, *heads: Dim) -> Node:
            bias = times(shown_as(weight("bias", *heads), heads), bias_sets=self.bias_sets)
            return named(name, shown_as(weight("kernel", inputs, *heads), inputs, heads) + bias)

        back = shown_as(weight("kernel", h, v, *self.outputs), (h, v), *self.outputs) + times(
            weight("bias", *self.outputs), output_bias_sets=self.output_bias_sets
        )
        return beside(
            projected("query", d, h, k),
            projected("key", self.key_inputs, g, k),
            times(projected("gate", d, h, v), gates=self.gates),
            projected("value", self.value_inputs, g, v),
            times(shown_as(weight("bias_k", g, k), (g, k)) + shown_as(weight("bias_v", g, v), (g, v)), extra_keys=self.extra_keys),
            named("attention_output", back),
        )


class Attention(Layer):
    r"""Attention by the products of query and key (Luong et al., 2015, arXiv:1508.04025), with at most two parameters.

    >>> print(Attention.symbolic().count)
    0
    >>> print(Attention(scales=1, score_weights=1).count)
    2
    """

    scales: Dim = number(letter="scales", doc="1 with a number that scales the scores, 0 without", default=0, least=0)
    score_weights: Dim = number(
        letter="score_weights",
        doc="1 with a weight for the score of query and key concatenated, 0 without",
        default=0,
        least=0,
    )

    def weights(self) -> Node:
        scale = times(weight("scale"), scales=self.scales)
        return scale + times(weight("concat_score_weight"), score_weights=self.score_weights)


class AdditiveAttention(Layer):
    r"""Attention by the sum of query and key (Bahdanau et al., 2014, arXiv:1409.0473).

    >>> print(AdditiveAttention.symbolic().count)
    d
    """

    inputs: Dim = dim(letter="d", doc="features of query and key")
    scales: Dim = number(letter="scales", doc="1 with a scale for each feature, 0 without", default=1, least=0)

    def weights(self) -> Node:
        return times(weight("scale", self.inputs), scales=self.scales)
