"""The boundary: a public function or method that is given something it cannot work with says so in one of our errors.

Most bad input is refused where it enters, with the remedy. What is left is an object that raises by itself, whose ``repr`` fails,
that is nested without end, or has more digits than Python prints. Whatever such an object raises becomes one of our errors,
which is still an error of its own class too, and has it as its cause: an :class:`InputError`, or, where it came neither from an
object nor about one, an :class:`InternalError`, since then it is a mistake of ours.
"""

from __future__ import annotations

import os

from ..errors import InputError, InternalError, LimitError, SymparamsError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, TypeVar

    FunctionT = TypeVar("FunctionT", bound=Callable[..., Any])
    ClassT = TypeVar("ClassT", bound=type)

USERS = frozenset(
    ("call", "called", "forward", "build", "apply", "__call__")
)  # which run a user's own code, whose errors are the user's
OPERATORS = frozenset(
    f"__{name}__"
    for name in (
        "add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv pow rpow matmul rmatmul mod rmod lt le gt ge eq ne neg pos abs "
        "getitem contains index int str init"
    ).split()
)


def entrance(function: FunctionT) -> FunctionT:
    """A public function that raises only errors of ours, whatever it is given."""

    def entered(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (SymparamsError, Warning):  # a warning is raised where the user wants an error
            raise
        except Exception as error:  # noqa: BLE001  (whatever a stranger's object raises)
            foreign = error
        if foreign.__traceback__ is not None and foreign.__traceback__.tb_next is None:
            note_sizes(foreign, function, kwargs)
            raise foreign  # a wrong call, in Python's own words
        raise ours(foreign, function.__name__, [*args, *kwargs.values()]) from foreign

    for name in ("__name__", "__qualname__", "__module__", "__doc__", "__annotations__"):
        setattr(entered, name, getattr(function, name))
    entered.__dict__.update(vars(function))
    entered.__wrapped__ = function  # type: ignore[attr-defined]
    return entered  # type: ignore[return-value]


def note_sizes(error: Exception, function: Callable[..., Any], given: dict[str, Any]) -> None:
    """Says below the error of a call with sizes as keywords, ``m=300``, which argument takes them all."""
    code = getattr(function, "__code__", None)
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount] if code else ()
    place = next((name for name in ("given", "at") if name in names), "")
    sizes = [f"{name!r}: {brief(value)}" for name, value in given.items() if name not in names and type(value) is int]
    if place and sizes:
        error.add_note(f"The sizes of letters are one argument: {place}={{{', '.join(sizes)}}}")


def ours(error: Exception, name: str, given: list[object]) -> SymparamsError:
    """The error of ours for a foreign one, raised in a call with these arguments."""
    try:
        words = str(error)
    except Exception:  # noqa: BLE001  (a stranger's error)
        words = ""
    if isinstance(error, RecursionError):
        return like(LimitError, type(error))(f"{name}: an argument is nested too deeply")
    if isinstance(error, MemoryError):
        return like(LimitError, type(error))(f"{name}: there is not enough memory for this")
    if "integer string conversion" in words:
        return LimitError(f"{name}: a number has more digits than Python prints, 4,300")
    said = f"{type(error).__name__}{': ' if words else ''}{words}"
    if is_about_one(error, words, given):
        return like(InputError, type(error))(f"{name} cannot work with this: {said}")
    return like(InternalError, type(error))(f"this is a mistake in symparams, please report it, with the call of {name}: {said}")


PACKAGE = __file__.rpartition("_startup")[0]
LIBRARIES = (os.__file__.rpartition("os.py")[0], "<frozen", "<string>")


def is_about_one(error: Exception, words: str, given: list[object]) -> bool:
    """Whether an error came from a stranger's code, or from an operation on an argument or on something in it."""
    here = error.__traceback__
    while here is not None and here.tb_next is not None:
        here = here.tb_next
    if here is None:
        return True
    file, values = here.tb_frame.f_code.co_filename, [*here.tb_frame.f_locals.values()]
    if not file.startswith(PACKAGE) and (
        not file.startswith(LIBRARIES) or any(value is each for each in inside(given) for value in values)
    ):
        return True
    if isinstance(error, AttributeError):
        return any(error.obj is each for each in inside(given))
    return isinstance(error, (TypeError, ValueError)) and any(names(words, each) or is_array(each) for each in inside(given))


def is_array(value: object) -> bool:
    """Whether a value is an array, or answers to every name, as a mock does: neither is true or false, or equal to a text."""
    try:
        return hasattr(value, "__array__") or hasattr(value, "no_object_has_this_name")
    except Exception:  # noqa: BLE001  (a stranger's object)
        return True


def names(words: str, value: object) -> bool:
    """Whether the words of an error name the class of a value, or the value itself as a function."""
    of = type(value).__qualname__
    whole = f"{type(value).__module__}.{of}"
    return any(each in words for each in (f"'{of}'", f"'{whole}'", f"not {of}", f"not {whole}")) or (
        type(value) in (type, type(guard)) and f"{value.__name__}()" in words  # type: ignore[attr-defined]
    )


def inside(given: list[object]) -> Iterator[object]:
    """The arguments, and what is in those that are plain lists and dicts."""
    for each in given:
        yield each
        if type(each) in (list, tuple):
            yield from each[:MOST]  # type: ignore[index]
        elif type(each) is dict:
            yield from [*each, *each.values()][:MOST]


MOST = 100  # parts of an argument


kinds: dict[tuple[type, type], type[SymparamsError]] = {}


def like(kind: type[SymparamsError], foreign: type[Exception]) -> type[SymparamsError]:
    """The class of our errors that are also of a foreign class, so that who expects that one gets it."""
    if (kind, foreign) not in kinds:
        try:
            body = {
                "__module__": kind.__module__,
                "__str__": message_of,
                "__reduce__": lambda error: (sent, (kind, foreign, str(error))),
            }
            made: type[SymparamsError] = type(kind.__name__, (kind, foreign), body)
            made("made once, to see whether it takes a message alone")
        except Exception:  # noqa: BLE001  (a class that needs more, or cannot be mixed)
            made = kind
        kinds[kind, foreign] = made
    return kinds[kind, foreign]


def message_of(error: SymparamsError) -> str:
    """The message, which some foreign classes, such as NumPy's, would put together from attributes that ours do not have."""
    return str(error.args[0])


def sent(kind: type[SymparamsError], foreign: type[Exception], message: str) -> SymparamsError:
    """Such an error in another process."""
    return like(kind, foreign)(message)


def guard(cls: ClassT) -> ClassT:
    """A class whose public methods are entrances, as far as the class itself defines them."""
    for name, value in [*vars(cls).items()]:
        public = not name.startswith("_") or name in OPERATORS
        if name == "__repr__":
            setattr(cls, name, always(value))
        elif public and type(value) in (classmethod, staticmethod):
            setattr(cls, name, type(value)(entrance(value.__func__)))
        elif public and name not in USERS and type(value) is type(guard) and value.__code__.co_flags & GENERATOR == 0:
            setattr(cls, name, entrance(value))
    return cls


def always(function: Callable[[Any], str]) -> Callable[[Any], str]:
    """A ``__repr__`` that never raises: a debugger, a log and the message of an error call it when something is wrong already."""

    def __repr__(self: Any) -> str:
        try:
            return function(self)
        except Exception as error:  # noqa: BLE001
            why = ours(error, "repr", [self]) if not isinstance(error, SymparamsError) else error
            return f"<{type(self).__name__}: {why}>"

    __repr__.__qualname__, __repr__.__doc__ = function.__qualname__, function.__doc__
    return __repr__


GENERATOR = 0x20
