"""Every entrance, with inputs that nobody would write: an answer or one of our errors, soon, and nothing else happens.

``python -m tests.fuzz`` goes on for as long as one likes, guided by the lines that a case reaches.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.cases import texts
from tests.fuzz.entrances import ENTRANCES
from tests.fuzz.found import FOUND
from tests.fuzz.watch import events, fault_of, watched

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def law(name: str):
    entrance = ENTRANCES[name]

    @FEW
    @given(texts(entrance))
    def holds(text: str) -> None:
        assert fault_of(lambda: entrance.enter(text)) is None, text

    return holds


LAWS = {name: law(name) for name in ENTRANCES}


@pytest.mark.parametrize("name", ENTRANCES)
def test_the_seeds_are_read(name):
    entrance = ENTRANCES[name]
    read = [fault_of(lambda seed=seed: entrance.enter(seed)) for seed in entrance.seeds]
    assert not any(read)


@pytest.mark.parametrize("name", ENTRANCES)
def test_no_input_does_more_than_be_refused(name):
    LAWS[name]()


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_what_was_found_stays_mended(name, text):
    assert fault_of(lambda: ENTRANCES[name].enter(text)) is None


def test_the_watch_sees_what_it_is_for(tmp_path):
    def busy() -> None:
        while True:
            pass

    assert fault_of(busy).kind == "more than 2 s"
    assert fault_of(lambda: bytearray(2**30)).kind == "more than 512 MB"
    assert fault_of(lambda: {}["x"]).kind == "KeyError"
    assert fault_of(lambda: (tmp_path / "x").write_text("x")).kind == "acted"
    assert fault_of(lambda: exec(compile("1", "<text>", "exec"))).kind == "acted"  # noqa: S102
    assert fault_of(lambda: None) is None
    with watched():
        pass
    assert not events
