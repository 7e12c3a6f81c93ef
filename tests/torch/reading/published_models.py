"""Published models of transformers, timm and torchvision at sizes of one's own, on the meta device."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.installed import installed

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Sizes: TypeAlias = dict[str, int]
    Case: TypeAlias = tuple[str, Callable[[Sizes], Any], tuple[Sizes, Sizes, Sizes]]

torch = installed("torch")


# ---------------------------------------------------------------- transformers
SIZES = {"d": (64, 96, 48), "f": (256, 320, 208), "L": (4, 6, 8), "e": (32, 40, 24), "g": (112, 80, 144)}
USUAL = {"d": "hidden_size", "L": "num_hidden_layers"}
WITH_F = {**USUAL, "f": "intermediate_size"}
WITH_E = {**WITH_F, "e": "embedding_size"}
OF_BOTH = {"d": "d_model", "L": "encoder_layers decoder_layers", "f": "encoder_ffn_dim decoder_ffn_dim"}
OLD = {"d": "n_embd", "L": "n_layer"}
HEADS = {"num_attention_heads": 4}
SHARED_HEADS = {**HEADS, "num_key_value_heads": 2}
IMAGE = {**HEADS, "image_size": 32, "patch_size": 8}
BOTH = {"encoder_attention_heads": 4, "decoder_attention_heads": 4}
SOUND = {
    **HEADS,
    "conv_dim": [32, 32],
    "conv_stride": [2, 2],
    "conv_kernel": [3, 3],
    "num_conv_pos_embeddings": 16,
    "num_conv_pos_embedding_groups": 4,
}
SPECIAL = {f"{name}_token_id": 0 for name in ("pad", "bos", "eos", "cls", "sep", "decoder_start")}
EXPERTS = {
    "n_routed_experts": 8,
    "first_k_dense_replace": 1,
    "q_lora_rank": 24,
    "kv_lora_rank": 20,
    "qk_rope_head_dim": 8,
    "qk_nope_head_dim": 16,
    "v_head_dim": 16,
    "n_group": 2,
    "topk_group": 1,
    "num_experts_per_tok": 2,
}
CONFIGS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("Bert", WITH_F, HEADS),
    ("Roberta", WITH_F, HEADS),
    ("Electra", WITH_E, HEADS),
    ("DistilBert", {"d": "dim", "f": "hidden_dim", "L": "n_layers"}, {"n_heads": 4}),
    ("ConvBert", WITH_E, HEADS),
    ("Deberta", WITH_F, HEADS),
    ("DebertaV2", WITH_F, HEADS),
    ("MPNet", WITH_F, HEADS),
    ("LayoutLM", WITH_F, HEADS),
    ("FNet", WITH_F, {}),
    ("Nystromformer", WITH_F, HEADS),
    ("Funnel", {"d": "d_model", "f": "d_inner"}, {"n_head": 4, "d_head": 16, "block_sizes": [2, 2]}),
    ("MobileBert", {"d": "intra_bottleneck_size", "L": "num_hidden_layers"}, HEADS),
    ("ModernBert", WITH_F, HEADS),
    ("GPT2", OLD, {"n_head": 4, "n_positions": 128}),
    ("GPTJ", OLD, {"n_head": 4, "rotary_dim": 8}),
    ("GPTNeoX", WITH_F, HEADS),
    ("OPT", {"d": "hidden_size word_embed_proj_dim", "f": "ffn_dim", "L": "num_hidden_layers"}, HEADS),
    ("Bloom", {"d": "hidden_size", "L": "n_layer"}, {"n_head": 4}),
    ("Falcon", USUAL, HEADS),
    ("Llama", WITH_F, SHARED_HEADS),
    ("Qwen3", WITH_F, {**SHARED_HEADS, "head_dim": 16}),
    ("Gemma2", WITH_F, {**SHARED_HEADS, "head_dim": 16}),
    ("Phi3", WITH_F, SHARED_HEADS),
    ("Cohere", WITH_F, HEADS),
    ("Mixtral", WITH_F, {**SHARED_HEADS, "num_local_experts": 4}),
    ("DeepseekV3", {**WITH_F, "g": "moe_intermediate_size"}, {**HEADS, "num_key_value_heads": 4, **EXPERTS}),
    ("Jamba", WITH_F, {**SHARED_HEADS, "num_experts": 4, "use_mamba_kernels": False}),
    ("Mamba", USUAL, {"state_size": 8}),
    ("T5", {"d": "d_model", "f": "d_ff", "L": "num_layers"}, {"num_heads": 4, "d_kv": 16}),
    ("Bart", OF_BOTH, BOTH),
    ("Whisper", OF_BOTH, BOTH),
    ("XLNet", {"d": "d_model", "f": "d_inner", "L": "n_layer"}, {"n_head": 4}),
    ("ViT", WITH_F, IMAGE),
    ("Beit", WITH_F, IMAGE),
    ("Dinov2", USUAL, {**HEADS, "image_size": 28, "patch_size": 14}),
    ("Swin", {"d": "embed_dim"}, {"depths": [2, 2], "num_heads": [2, 4], "image_size": 32, "patch_size": 4, "window_size": 4}),
    ("CLIPText", WITH_F, HEADS),
    ("Wav2Vec2", WITH_F, SOUND),
    ("Hubert", WITH_F, SOUND),
    ("Mistral", WITH_F, SHARED_HEADS),
    ("Phi", WITH_F, HEADS),
    ("StableLm", WITH_F, {**HEADS, "num_key_value_heads": 4}),
    ("Olmo2", WITH_F, SHARED_HEADS),
    ("GPTBigCode", OLD, {"n_head": 4, "n_positions": 128}),
    ("CodeGen", OLD, {"n_head": 4, "rotary_dim": 8}),
    ("XGLM", {"d": "d_model", "f": "ffn_dim", "L": "num_layers"}, {"attention_heads": 4}),
    ("BioGpt", WITH_F, HEADS),
    ("LongT5", {"d": "d_model", "f": "d_ff", "L": "num_layers"}, {"num_heads": 4, "d_kv": 16}),
    ("Pegasus", OF_BOTH, BOTH),
    ("M2M100", OF_BOTH, BOTH),
    ("RoFormer", WITH_E, HEADS),
    ("BigBird", WITH_F, HEADS),
    ("RemBert", {**WITH_F, "e": "input_embedding_size"}, HEADS),
    ("ViTMAE", WITH_F, IMAGE),
    ("WavLM", WITH_F, SOUND),
    ("Starcoder2", WITH_F, SHARED_HEADS),
    ("Nemotron", WITH_F, SHARED_HEADS),
    ("Rwkv", {"d": "hidden_size attention_hidden_size", "L": "num_hidden_layers"}, {}),
    ("PatchTST", {"d": "d_model", "f": "ffn_dim", "L": "num_hidden_layers"}, {**HEADS, "context_length": 32, "patch_length": 8, "num_input_channels": 2}),
]  # fmt: skip


def of_transformers() -> list[Case]:
    return [
        (name, of_config(name, fields, fixed), tuple({letter: SIZES[letter][which] for letter in fields} for which in range(3)))
        for name, fields, fixed in CONFIGS
    ]


def of_config(name: str, fields: dict[str, str], fixed: dict[str, Any]) -> Callable[[Sizes], Any]:
    """The builder of a model; a letter may be several fields."""

    def build(sizes: Sizes) -> Any:
        transformers = installed("transformers")
        its = {field: size for letter, size in sizes.items() for field in fields[letter].split()}
        config = getattr(transformers, f"{name}Config")(vocab_size=1000, **SPECIAL, **fixed, **its)
        return getattr(transformers, f"{name}Model")(config)

    return build


# ---------------------------------------------------------------- timm and torchvision
CLASSES = ({"k": 1000}, {"k": 10}, {"k": 37})
BLOCKS = ({"d": 64, "L": 3}, {"d": 96, "L": 5}, {"d": 48, "L": 7})
CHANNELS = ({"c": 32}, {"c": 48}, {"c": 24})
NAMED = (
    "resnet50 resnext50_32x4d efficientnet_b0 mobilenetv3_small_100 regnetx_002 vgg11 convnext_atto dla34 nfnet_f0 rexnet_100 "
    "repvgg_a0 coatnet_0_224 levit_128s poolformer_s12 pvt_v2_b0 swin_tiny_patch4_window7_224 crossvit_9_240 mixer_b16_224 "
    "tv.alexnet tv.resnet34 tv.squeezenet1_0 tv.googlenet tv.shufflenet_v2_x1_0 tv.mnasnet1_0 tv.convnext_tiny tv.vit_b_16 "
    "xcit_nano_12_p16_224 ghostnet_100 hrnet_w18_small cspdarknet53 densenet121 inception_v3 sequencer2d_s edgenext_xx_small "
    "mobilevit_xxs fastvit_t8 davit_tiny starnet_s1 twins_pcpvt_small efficientformer_l1 mobileone_s0"
).split()


def timm() -> Any:
    return installed("timm")


def torchvision() -> Any:
    return installed("torchvision")


def of_images() -> list[Case]:
    """With another number of classes, and with another width and depth."""
    return [
        *((name, of_classes(name), CLASSES) for name in NAMED),
        *(
            (name, lambda its, name=name: getattr(timm().models, name)(embed_dim=its["d"], depth=its["L"], num_heads=4), BLOCKS)
            for name in ("VisionTransformer", "Cait", "Beit", "Eva")
        ),
        ("MlpMixer", lambda its: timm().models.MlpMixer(embed_dim=its["d"], num_blocks=its["L"]), BLOCKS),
        (
            "tv.VisionTransformer",
            lambda its: torchvision().models.VisionTransformer(224, 16, its["L"], 4, its["d"], 4 * its["d"]),
            BLOCKS,
        ),
        ("ConvNeXt", lambda its: timm().models.ConvNeXt(dims=[its["c"] * times for times in (1, 2, 4, 8)]), CHANNELS),
        (
            "MetaFormer",
            lambda its: timm().models.MetaFormer(dims=[its["c"] * times for times in (1, 2, 5, 8)], depths=(1, 1, 1, 1)),
            CHANNELS,
        ),
        ("tv.mobilenet_v2", lambda its: torchvision().models.mobilenet_v2(width_mult=its["c"] / 32), CHANNELS),
    ]


def of_classes(name: str) -> Callable[[Sizes], Any]:
    if name.startswith("tv."):
        return lambda its: getattr(torchvision().models, name[3:])(num_classes=its["k"])
    return lambda its: timm().create_model(name, num_classes=its["k"])


def published() -> list[Case]:
    return [*of_transformers(), *of_images()]
