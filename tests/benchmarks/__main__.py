"""Measures everything and prints the table. Further arguments go to pytest: ``python -m tests.benchmarks -k point``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent

sys.exit(pytest.main([str(HERE), "--benchmark-enable", "--benchmark-only", "--benchmark-quiet", "-q", *sys.argv[1:]]))
