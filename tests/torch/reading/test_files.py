"""``from_torch`` of ``.safetensors`` files: their headers, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import from_torch
from symparams.errors import TextError
from tests.bad_input import refused
from tests.torch.reading.safetensors_files import SIZES, raw, shape, written

names = st.text("abcw.", min_size=1, max_size=8).filter(lambda name: "" not in name.split("."))


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(tensors=st.dictionaries(names, st.tuples(st.sampled_from([*SIZES]), shape), max_size=6))
def test_the_header_of_a_file_has_the_shapes(tmp_path_factory: Any, tensors: dict[str, Any]) -> None:
    if any(name.startswith(f"{other}.") for name in tensors for other in tensors):
        return  # a name that is a tensor and a module too
    path = written(tmp_path_factory.mktemp("files") / "m.safetensors", tensors)
    model = from_torch(path)
    assert {tensor.path: tensor.shape for tensor in model.tensors()} == {name: tuple(its) for name, (_, its) in tensors.items()}
    assert int(model.count) == sum(math.prod(its) for _, its in tensors.values())


HEADERS = [
    ("is not a .safetensors file or is truncated", b"{"),
    ("it is not JSON", b"{]"),
    ("is not a JSON object", b"[1]"),
    ("it contains a name twice", b'{"a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}, "a": {}}'),
    ("'a' has no shape", b'{"a": {"dtype": "F32", "data_offsets": [0, 4]}}'),
    ("'a' has no shape", b'{"a": {"dtype": "F32", "shape": [true], "data_offsets": [0, 4]}}'),
    ("'a' has no shape", b'{"a": {"dtype": "F32", "shape": [1e3], "data_offsets": [0, 4]}}'),
    ("the data of 'a' is not inside the file", b'{"a": {"dtype": "F32", "shape": [9], "data_offsets": [0, 36]}}'),
    ("the data of 'a' is not inside the file", b'{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}'),
    ("does not match its size in the file", b'{"a": {"dtype": "F32", "shape": [7], "data_offsets": [0, 4]}}'),
    ("it is not JSON", b"[" * 100_000),
    ("it is not JSON", b'{"a": ' + b"9" * 10_000 + b"}"),
    ("it is not JSON", b'{"\xff": 1}'),
]


@pytest.mark.parametrize(("words", "header"), HEADERS, ids=[f"{words} {number}" for number, (words, _) in enumerate(HEADERS)])
def test_a_file_that_contradicts_itself_is_refused_in_one_line(tmp_path: Any, words: str, header: bytes) -> None:
    path = raw(tmp_path / "bad.safetensors", header, 4)
    refused(TextError, words, lambda: from_torch(path))


def test_a_file_whose_header_would_be_longer_than_itself_is_not_read(tmp_path: Any) -> None:
    path = tmp_path / "long.safetensors"
    path.write_bytes((2**63).to_bytes(8, "little") + b"{}")
    refused(TextError, "its header would have 9223372036854775808 bytes of 10", lambda: from_torch(path))
    path.write_bytes(b"\x02\x00")
    refused(TextError, "is not a .safetensors file or is truncated", lambda: from_torch(path))
    path.unlink()
    path.mkdir()
    refused(TextError, "cannot be read", lambda: from_torch(path))
