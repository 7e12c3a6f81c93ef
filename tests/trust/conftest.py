"""Hostile values are given to every argument, also to those that name a file: what is written goes where it is thrown away."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
