"""Whatever a public function or method is given, it answers or raises one of our errors."""

from __future__ import annotations

import inspect
import signal
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

import symparams
from symparams import (
    check,
    compare,
    compare_all,
    crossings,
    divides,
    from_gguf,
    from_huggingface,
    from_jax,
    from_keras,
    from_onnx,
    from_summary,
    from_torch,
    growth,
    identify,
    keras,
    latex,
    lift,
    nomenclature,
    plot_difference,
    plot_growth,
    plot_layers,
    prove,
    reconcile,
    solve,
    solve_pairs,
    sweep,
    symbols,
    table,
    torch,
)
from symparams._startup.boundary import PACKAGE, entrance
from symparams.errors import InputError, InternalError, LimitError, SymparamsError
from symparams.layers import GRU, LSTM, Dense
from tests.trust.hostile_values import STRANGE, VALUES, Raises

m, n = symbols("m n")
MODEL = keras.Sequential([keras.Input((4, m)), keras.layers.LSTM(n)])
COUNT = LSTM(m, n).count
FUNCTIONS = {
    symbols: ("m",),
    compare: (LSTM(m, n), GRU(m, n)),
    compare_all: ([LSTM(m, n), GRU(m, n)],),
    check: ("n", LSTM(m, n)),
    reconcile: (LSTM(3, 4), 130),
    solve: (Dense(3, n), 12),
    solve_pairs: (COUNT, 2048),
    identify: (2048, "LSTM"),
    growth: (LSTM(3, n),),
    crossings: (LSTM(3, n), GRU(3, n)),
    latex: (COUNT,),
    table: (MODEL,),
    nomenclature: (MODEL,),
    from_keras: (MODEL,),
    from_torch: ({"a": (3,)},),
    from_huggingface: ("gpt2",),
    from_summary: ("x",),
    prove: ("keras.layers.Dense",),
    lift: (lambda n: {"w": (n,)}, {"n": 3}),
    from_jax: ({"a": {"kernel": (3, 4)}},),
    from_onnx: ("x.onnx",),
    from_gguf: ("x.gguf",),
    divides: ("m", "n"),
    sweep: (COUNT, {"m": [2, 3], "n": [4, 5]}),
    plot_layers: (MODEL,),
    plot_growth: (LSTM(3, n),),
    plot_difference: (compare(LSTM(3, 4), LSTM(3, 5)),),
}
OBJECTS = {
    "a formula": COUNT,
    "a model of Keras": MODEL,
    "a layer": LSTM(m, n),
    "a module": torch.nn.Linear(3, n),
    "a difference": compare(LSTM(3, 4), LSTM(3, 5)),
    "a table": table(MODEL),
    "a config": from_huggingface("gpt2"),
    "a read module": from_torch({"a.weight": (3, 4)}),
    "a check": check("4*n*m", LSTM(m, n)),
    "a reconciliation": reconcile(LSTM(3, 4), 130),
    "a solution": solve(Dense(3, n), equals=12),
    "pairs": solve_pairs(COUNT, 2048),
    "an identified number": identify(2048, "LSTM"),
    "a growth": growth(LSTM(3, n)),
    "variants": compare_all([LSTM(m, n), GRU(m, n)]),
    "a nomenclature": nomenclature(MODEL),
    "a grid": COUNT.grid(m=[2, 3], n=[4, 5]),
    "a tree of arrays": from_jax({"params": {"Dense_0": {"kernel": (3, 4), "bias": (4,)}}}),
    "a lifted model": lift(lambda n: {"w": (n,)}, {"n": 3}),
    "a pasted table": from_summary("Net(\n  (a): Linear(in_features=3, out_features=4, bias=True)\n)"),
}
OF_ONE_ANOTHER = {  # take what another method of theirs returns, and do not look at it again
    *(f"{answer}-{method}-rows" for answer in ("a table", "a nomenclature") for method in ("cells", "plain_rows")),
    *("a grid-searching-in_order", "a check-meant-terms", "a check-shown-monomial", "a check-text-terms"),
    "a model of Keras-parts_of-seen",
}
DRAWS, USERS = {"plot", "show"}, {"call", "forward", "apply", "build", "own_class_of", "module"}
SECONDS = 10


def held(call, value, internal: bool = False) -> None:
    """The call answers, or raises an error of ours, which is not a mistake of ours, or says that it was called wrongly."""

    def too_long(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        with redirect_stdout(StringIO()):
            answer = call(value)
            if not isinstance(answer, int):  # which Python itself does not print beyond 4,300 digits
                repr(answer)
    except SymparamsError as error:
        assert str(error).isprintable()
        assert internal or not isinstance(error, InternalError)
    except TypeError as error:
        assert error.__traceback__.tb_next.tb_next is None or "argument" in str(error)  # a wrong call
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def calls_of_functions():
    for function, given in FUNCTIONS.items():
        for place in range(len(given)):
            yield pytest.param(
                lambda value, f=function, a=given, p=place: f(*a[:p], value, *a[p + 1 :]), id=f"{function.__name__}-{place}"
            )
        for name in [*inspect.signature(function).parameters][len(given) :]:
            yield pytest.param(lambda value, f=function, a=given, k=name: f(*a, **{k: value}), id=f"{function.__name__}-{name}")


def calls_of_methods():
    for title, thing in OBJECTS.items():
        for name in dir(type(thing)):
            method = inspect.getattr_static(type(thing), name)
            if name.startswith("_") or name in USERS or not inspect.isfunction(method):
                continue
            kinds = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
            taken = [each for each in inspect.signature(method).parameters.values() if each.kind in kinds][1:]
            needed = [each.name for each in taken if each.default is each.empty]
            for each in taken:
                if not needed or needed == [each.name]:
                    yield pytest.param(
                        lambda value, t=thing, n=name, k=each.name: getattr(t, n)(**{k: value}), id=f"{title}-{name}-{each.name}"
                    )


@pytest.mark.parametrize("call", [*calls_of_functions(), *calls_of_methods()])
def test_every_argument_takes_every_value_or_refuses_it(call, request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # file="x" is a file that is asked for
    name = request.node.callspec.id
    for value in VALUES.values():
        held(call, value, internal=name in OF_ONE_ANOTHER)


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_every_function_takes_what_is_stranger_or_refuses_it(value, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for call in calls_of_functions():
        held(call.values[0], value)


def test_every_public_function_is_an_entrance():
    functions = [getattr(symparams, name) for name in symparams.__all__]
    assert {each for each in functions if inspect.isfunction(each)} <= FUNCTIONS.keys()
    assert not [each.__name__ for each in functions if inspect.isfunction(each) and not hasattr(each, "__wrapped__")]


# ---------------------------------------------------------------- what a foreign error becomes
def raising(error: Exception):
    def function() -> None:
        def inside() -> None:
            raise error

        inside()

    return entrance(function)


@pytest.mark.parametrize(
    "error", [KeyError("x"), AttributeError("x"), OSError(2, "x"), ZeroDivisionError(), UnicodeDecodeError("utf-8", b"", 0, 1, "x")]
)
def test_a_foreign_error_is_one_of_ours_and_still_of_its_class(error):
    with pytest.raises(InputError) as caught:
        raising(error)()
    assert caught.value.__cause__ is error
    assert isinstance(caught.value, type(error) if not isinstance(error, UnicodeDecodeError) else ValueError)
    assert type(error).__name__ in str(caught.value)


def of_ours(source: str):
    """A function as if it were one of symparams."""
    made: dict[str, Any] = {}
    exec(compile(source, f"{PACKAGE}core/made_up.py", "exec"), made)  # noqa: S102
    return entrance(made["function"])


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("def function(text):\n    return {}[len(text)]", KeyError),
        ("def function(text):\n    import re\n    return re.match('x', text)[1]", TypeError),
        ("def function(text):\n    import re\n    return re.match('x', text).start", AttributeError),
        ("def function(text):\n    a, b, c = text.split()", ValueError),
        ("def function(text):\n    import json\n    return json.loads('')", ValueError),
        ("def function(text):\n    return 1 // 0", ZeroDivisionError),
    ],
)
def test_a_mistake_of_ours_says_that_it_is_one(source, error):
    with pytest.raises(InternalError, match="a mistake in symparams, please report it, with the call of function: ") as caught:
        of_ours(source)("a text")
    assert isinstance(caught.value, error)
    assert isinstance(caught.value.__cause__, error)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("def function(value):\n    return [*value]", 5),
        ("def function(value):\n    return value.items()", 5),
        ("def function(value):\n    return [each.name for each in value]", [5]),
        ("def function(value):\n    return sorted(value)", [5, "x"]),
        ("def function(value):\n    return value.shape", Raises()),
    ],
    ids=["no list", "no dict", "no name", "not sorted", "raises"],
)
def test_an_argument_of_the_wrong_kind_is_no_mistake_of_ours(source, value):
    with pytest.raises(InputError):
        of_ours(source)(value)


def test_a_mistake_of_ours_is_one_line_of_the_command_line(run, monkeypatch):
    def mistaken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("symparams.cli.models.reading_of", mistaken)
    assert run("count", "LSTM(3)") == (
        2,
        "",
        "symparams: this is a mistake in symparams, please report the command: KeyError: 'x'\n",
    )


def test_what_is_too_much_says_so():
    for error, words in ((RecursionError(), "nested too deeply"), (MemoryError(), "not enough memory")):
        with pytest.raises(LimitError, match=words):
            raising(error)()
    with pytest.raises(LimitError, match="more digits than Python prints"):
        raising(ValueError("Exceeds the limit (4300 digits) for integer string conversion"))()


def test_our_own_errors_and_wrong_calls_are_unchanged():
    ours = LimitError("x")
    with pytest.raises(LimitError) as caught:
        raising(ours)()
    assert caught.value is ours
    with pytest.raises(TypeError, match="positional argument") as wrong:
        compare()
    assert not isinstance(wrong.value, SymparamsError)


def test_the_error_of_a_live_object_is_named():
    with pytest.raises(SymparamsError):
        compare(Raises(), Raises())


def test_a_users_own_error_in_a_users_own_class_is_the_users():
    class Mine(torch.nn.Module):
        def parts_of_mine(self):
            raise KeyError("mine")

    with pytest.raises(KeyError) as caught:
        Mine().parts_of_mine()
    assert not isinstance(caught.value, SymparamsError)


@pytest.mark.parametrize(
    ("call", "notes"),
    [
        (lambda: solve(Dense.symbolic(), at_most=9, m=3), ["The sizes of letters are one argument: given={'m': 3}"]),
        (lambda: table(Dense.symbolic(), m=3, n=10**5000), None),
        (lambda: solve(Dense.symbolic(), at_mots=[9]), []),
    ],
)
def test_sizes_as_keywords_are_refused_with_the_argument_that_takes_them(call, notes):
    with pytest.raises(TypeError, match="unexpected keyword argument") as raised:
        call()
    said = getattr(raised.value, "__notes__", [])
    assert said == notes if notes is not None else said[0].startswith("The sizes of letters are one argument: at={'m': 3, 'n': ")
