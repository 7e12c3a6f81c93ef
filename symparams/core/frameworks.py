"""The listed frameworks, and the framework of a name, a title or a file."""

from __future__ import annotations

from os.path import isfile

from .._startup.lazy import module_of
from .._startup.limits import CONFIG_FILE
from ..errors import TextError, listed
from .framework_modules import DOORS, framework_of_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .framework import Framework, Release

BEGINNING = 4096  # characters
OURS = "symparams"  # the path of a class in a text may begin with it


def frameworks() -> Iterator[Framework]:
    """All frameworks, in the order in which a bare name is looked up in them. Each is imported when its turn comes."""
    for module in DOORS.values():
        yield module_of(module).FRAMEWORK


def releases() -> dict[str, Release]:
    """The releases of all frameworks, by their keys."""
    return {release.key: release for framework in frameworks() for release in framework.releases}


def framework_of(title: str) -> Framework:
    """The framework of a layer with this title; the first unless the prefix names another."""
    first, *others = frameworks()
    return next((each for each in others if each.title_prefix and title.startswith(each.title_prefix)), first)


# ---------------------------------------------------------------- a name in a user's text
def release_of(path: Sequence[str]) -> tuple[Release, str]:
    """The release that the path of a class means, ``["v1", "layers", "LSTM"]``, and a note on it, or an empty string.

    The note is for a bare name that is not found in the first place searched. Raises :class:`TextError` for a path that no
    framework has.
    """
    *before, name = path
    steps = before[1:] if before[:1] == [OURS] else before
    passed: list[Framework] = []
    for framework in fitting_frameworks(steps):
        allowed = framework.chosen(steps)
        found = next((release for release in allowed if release.has(name)), None)
        if found is not None:
            expected = found is allowed[0] and not passed
            return found, "" if expected else reading_note(name, found, allowed[0], passed)
        passed.append(framework)
    if not passed:
        raise TextError(f"{'.'.join(path)}: {path_fault(steps)}; write {example_paths()}")
    return passed[0].chosen(steps)[0], ""  # its own error will list its classes


def function_of(path: Sequence[str]) -> Callable[..., object] | None:
    """The function on tensors that a path means, such as ``["keras", "ops", "mean"]``; None for any other."""
    if not path[-1][:1].islower():  # a class: no framework has to be imported to know
        return None
    return next(filter(None, (framework.function(path) for framework in frameworks())), None)


def is_tensor(thing: object) -> bool:
    """Whether something is a tensor of any framework."""
    return any(framework.is_tensor(thing) for framework in frameworks())


def fitting_frameworks(steps: Sequence[str]) -> Iterator[Framework]:
    """The frameworks with classes that know all steps of a path, at most one of which names a release."""
    return (each for each in frameworks() if each.releases and each.steps.issuperset(steps) and len(each.named(steps)) <= 1)


def reading_note(name: str, found: Release, first: Release, passed: Sequence[Framework]) -> str:
    """A note on how a bare name was read."""
    titles = [framework.title for framework in passed] or [first.title]
    return f"{name} is read as {found.path}.{name}: {listed(titles)} {'does' if len(titles) == 1 else 'do'} not have it"


def path_fault(steps: Sequence[str]) -> str:
    """The reason why a path belongs to no framework, in words."""
    known = {step for framework in frameworks() for step in framework.steps}
    unknown = [step for step in steps if step not in known]
    return f"no {unknown[0]!r} here" if unknown else f"{listed(map(repr, steps))} do not go together"


def example_paths() -> str:
    """Examples of paths, in words: ``LSTM, v1.CuDNNLSTM, v2.GRU, or torch.LSTM``."""
    *most, last = (example for framework in frameworks() for example in framework.examples)
    return f"{', '.join(most)}, or {last}"


def is_class(name: str) -> bool:
    """Whether some framework has a class of that name. A name of one or two characters is a letter of a formula."""
    return len(name) >= 3 and any(release.has(name) for framework in frameworks() for release in framework.releases)


# ---------------------------------------------------------------- a file
def framework_of_file(text: str) -> Framework | None:
    """The framework that reads the file whose path a text is, by its ending, or that knows it by name; None for any other text.

    The name of a JSON file says little: the framework is the one that knows what is in it.
    """
    found = framework_of_json(text) if text.lower().endswith(".json") and isfile(text) else None
    found = found or framework_of_path(text, frameworks())
    if found is None and isfile(text):
        found = framework_of_json(text)
    if found is not None or "(" in text or "\n" in text:
        return found
    return next((each for each in frameworks() if each.knows(text) or holds(each, text)), None)


def framework_of_json(path: str) -> Framework | None:
    """The framework that knows the JSON in a file; None for any other file."""
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            begin = file.read(BEGINNING).lstrip()
            text = begin + file.read(CONFIG_FILE) if begin.startswith(("{", "[")) else ""
    except OSError:
        return None
    return next((each for each in frameworks() if each.knows_json(text)), None)


def holds(framework: Framework, text: str) -> bool:
    """Whether a text is the path of a file that is there, which begins as the files of a framework do."""
    return isfile(text) and framework.holds(text)
