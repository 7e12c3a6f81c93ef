"""Defaults of earlier releases are read off their source, which is never run."""

from __future__ import annotations

import zipfile

from symparams.huggingface.learning.older_defaults import known, lines

OLDER = """
class TinyConfig(PretrainedConfig):
    model_type = "tiny"
    def __init__(self, vocab_size=100, d_model=32, dropout=0.1, sizes=(1, 2), **kwargs):
        super().__init__(**kwargs)
raise RuntimeError("never run")
"""
NEWER = """
class TinyConfig(PreTrainedConfig):
    model_type = "tiny"
    vocab_size: int = 200
    d_model: int = 32
    dropout: float = 0.2
    sizes: list[int] | tuple[int, ...] = (1, 2)
    tie_word_embeddings: bool = False
"""


def wheel(folder, release, source):
    path = folder / f"transformers-{release}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("transformers/models/tiny/configuration_tiny.py", source)
    return str(path)


def test_what_has_another_default_is_a_line(tmp_path):
    wheels = [wheel(tmp_path, "5.1.0", NEWER), wheel(tmp_path, "4.30.2", OLDER)]
    assert lines(wheels) == ["tiny tie_word_embeddings true before 5.1.0", "tiny vocab_size 100 before 5.1.0"]


def test_the_list_has_a_type_a_field_and_a_release_on_each_line():
    for changes in known().values():
        for field, _, release in changes:
            assert field.isidentifier()
            assert all(part.isdigit() for part in release.split("."))
