"""Archives that are damaged, hostile or too large are refused, and nothing is written."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symparams import from_keras
from symparams.errors import SymparamsError, TextError
from tests.bad_input import refused

if TYPE_CHECKING:
    from collections.abc import Callable
from tests.keras.reading.saved_configs import SMALL, packed


def keras_file(path: Path, change: Callable[[bytearray], None] = lambda data: None, **members: str) -> Path:
    packed(path, {name.replace("_json", ".json"): text for name, text in members.items()})
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)
    return path


def test_archives_that_are_none_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    config = json.dumps(SMALL)
    refused(TextError, "a zip without a config.json", lambda: from_keras(packed(path, {"../config.json": config})))
    refused(TextError, "a zip without a config.json", lambda: from_keras(packed(path, {"a/config.json": config})))
    refused(TextError, "config.json in .* is not JSON", lambda: from_keras(packed(path, {"config.json": "{"})))
    refused(
        TextError,
        "damaged zip|cannot read",
        lambda: from_keras(keras_file(path, lambda data: data.__delitem__(slice(60, 100)), config_json=config)),
    )
    refused(
        TextError,
        "damaged zip|cannot read",
        lambda: from_keras(keras_file(path, lambda data: data.__setitem__(60, data[60] ^ 255), config_json=config)),
    )
    packed(path, {"config.json": config, "config.jsom": config})
    path.write_bytes(path.read_bytes().replace(b"config.jsom", b"config.json"))
    refused(TextError, "has 2 members called config.json", lambda: from_keras(path))
    path.write_bytes(b"PK\x03\x04")
    refused(TextError, "damaged zip", lambda: from_keras(path))
    refused(TextError, "is a folder, such as a SavedModel", lambda: from_keras(tmp_path / "."))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symparams.keras.reading.keras_file.SAVED_MODEL", 10_000)
    path = packed(tmp_path / "model.keras", {"config.json": json.dumps(SMALL) + " " * 1_000_000})
    refused(TextError, "more than 9 kB", lambda: from_keras(path))
    assert path.stat().st_size < 10_000


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "model.keras", {"config.json": json.dumps(SMALL), "../../outside": "x", "/tmp/outside": "x"})
    monkeypatch.chdir(tmp_path)
    from_keras(path)
    assert list(tmp_path.iterdir()) == [path]


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(SymparamsError):
        from_keras(data)


@settings(max_examples=50)
@given(st.data())
def test_a_damaged_archive_is_read_or_refused(data: st.DataObject) -> None:
    from symparams.keras.reading.keras_file import config_and_version

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", json.dumps(SMALL))
        archive.writestr("metadata.json", "{}")
    content = bytearray(file.getvalue())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    with suppress(SymparamsError):
        config_and_version(io.BytesIO(content), "model.keras")
