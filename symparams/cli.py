"""The command line. SymPy and everything else that takes time is imported inside the command that needs it.

Results go to standard output, everything else to standard error. Exit status: 0, or 1 when the answer is no
(``compare`` finds a difference, ``check`` a mistake, ``reconcile`` no way), or 2 for bad input, with one line and no traceback.

:data:`COMMANDS`, at the end, says what each command takes. ``argparse`` reads it, and takes as long to import as counting
a model of plain numbers; so a command line with nothing but a command and its operands is read off it directly.
"""

from __future__ import annotations

import sys

from .files import is_file, is_text
from .solving.options import COMMANDS as SIZE_COMMANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

SCHEMA = 1  # of the JSON that --json prints; it grows when a name changes its meaning
MODEL = 'a layer or model as Python: "LSTM(300)", "Sequential([Input((64, m)), GRU(n), Dense(k)])", or a file: model.keras, model.safetensors'


class Arguments:
    """What a command line says, by name, and the notes that are printed behind the result."""

    notes: list[str]
    sizes: list[str]

    def __init__(self, **values: Any) -> None:
        vars(self).update(values, notes=[])

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


def direct(argv: Sequence[str]) -> Arguments | None:
    """A command line of a command, its operands and ``--json``; None where there is more to it, or something wrong."""
    if not argv or argv[0] not in COMMANDS:
        return None
    run, _, options = COMMANDS[argv[0]]
    operands = [each for each in argv[1:] if each != "--json"]
    if any(each.startswith("-") and each != "-" for each in operands):
        return None
    values: dict[str, Any] = {}
    for name, settings in options.items():
        if name.startswith("-"):
            values[settings.get("dest", name.lstrip("-"))] = settings.get("default")
        elif settings.get("nargs") == "*":
            values[name], operands = operands, []
        elif operands:
            values[name], *operands = operands
        else:
            return None
    return Arguments(run=run, json="--json" in argv, **values) if not operands else None


def by_argparse(argv: Sequence[str]) -> Arguments:
    """Any command line; ends the program with help, or with what is wrong in one line."""
    from .arguments import parser

    its = parser(argv[0] if argv else None)
    arguments, rest = its.parse_known_args(argv, Arguments())
    if rest and hasattr(arguments, "sizes") and not any(each.startswith("-") for each in rest):
        arguments.sizes = [*arguments.sizes, *rest]  # n=300 may stand behind an option
    elif rest:
        its.error(f"unrecognized arguments: {' '.join(rest)}")
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status."""
    argv = sys.argv[1:] if argv is None else argv
    arguments = direct(argv) or by_argparse(argv)
    from .errors import SymparamsError

    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
        for note in arguments.notes:
            print(f"note: {note}", file=sys.stderr)
    except SymparamsError as error:
        print(f"symparams: {error}", file=sys.stderr)
        return 2
    except RecursionError:
        print("symparams: the model is nested too deep", file=sys.stderr)
        return 2
    except UnicodeEncodeError as error:
        print(
            f"symparams: this terminal's encoding, {error.encoding}, has no {error.object[error.start]!a}: set PYTHONIOENCODING=utf-8",
            file=sys.stderr,
        )
        return 2
    except BrokenPipeError:  # the reader has seen enough, as with | head
        sys.stderr.close()
        return 0
    except OSError as error:
        sys.stdout = None  # what could not be written is not tried again at the end
        print(f"symparams: cannot write: {error.strerror}", file=sys.stderr)
        return 2
    return status


# ---------------------------------------------------------------- the commands
def list_layers(arguments: Arguments) -> int:
    """``symparams list``."""
    from .keras.signature import real_name
    from .keras.table import VERSIONS, classes_with_weights, defaults, names

    version = arguments.keras
    if version == "torch":
        from .torch.table import formulas as of_torch

        return print_layers(arguments, "torch.nn", of_torch())
    formulas = {
        row.name: str(entry.symbolic(defaults(its, row)).count) for its, row, entry in classes_with_weights() if its == version
    }
    real = {name: real_name(version, name) or name for name in names(version)}
    return print_layers(arguments, VERSIONS[version], {name: (its, formulas.get(its)) for name, its in real.items()})


def print_layers(arguments: Arguments, version: str, found: dict[str, tuple[str, str | None]]) -> int:
    """The classes of a framework, each with its real name and its formula."""
    if arguments.json:
        layers = [{"name": name, "class_name": its, "formula": formula or None} for name, (its, formula) in found.items()]
        return print_json(version=version, layers=layers)
    width = max(map(len, found))
    for name, (its, formula) in found.items():
        shown = {None: "-", "": "as its arguments say"}.get(formula, formula)
        print(f"{name:{width}}  {shown if its == name else f'is {its}'}")
    return 0


def show(arguments: Arguments) -> int:
    """``symparams show``."""
    from .files import OF_TORCH

    if arguments.model.lower().endswith(OF_TORCH):  # the table of the whole file, as import prints it
        vars(arguments).update(file=arguments.model, letters=[])
        return import_model(arguments)
    name = arguments.model.rpartition(".")[2]
    if name.isidentifier() and "(" not in arguments.model and not is_file(arguments.model):
        from .describing import described, facts

        found = facts(arguments.model)
        if arguments.json:
            return print_json(**found)
        print(described(found))
        return 0
    from .keras.model import Model

    model = read(arguments, arguments.model)
    if hasattr(model, "named_parameters"):
        from .torch.listing import facts_of, listing

        if arguments.json:
            return print_json(model=arguments.model, **facts_of(model), **counted(model.count))
        print(listing(model))
        return 0
    if hasattr(model, "copies"):
        from .errors import TextError

        raise TextError(f"show takes one model, not {model.title}: count and compare take so many of it")
    if not isinstance(model, Model):
        alone = model.by_itself()
        if not alone.calls:
            from .errors import TextError

            raise TextError(f"{alone.class_name} is one step of a recurrence, and no model: show RNN({alone.class_name}(...))")
        model = Model(alone.calls[-1].inputs, alone.output)
    summary = model.summary()
    if arguments.json:
        return print_json(model=arguments.model, layers=layers_of(summary), **counted(summary.total))
    print(summary if arguments.format == "text" else getattr(summary, arguments.format)().rstrip("\n"))
    return 0


def count(arguments: Arguments) -> int:
    """``symparams count``."""
    model = read(arguments, arguments.model)
    arguments.notes += open_letters(model)
    total, sizes = model.by_itself().count, sizes_of(arguments.sizes)
    known = total.given(sizes)
    number = None if known.letters else total.at(sizes)
    if arguments.json:
        return print_json(model=arguments.model, sizes=sizes, **counted(total), at=number)
    if total.letters or not is_file(arguments.model):  # in numbers, the sum over a file's layers says nothing
        print(total.text())
    if sizes and number is None:
        print(known.text())
    if number is not None:
        print(number)
    return 0


def latex(arguments: Arguments) -> int:
    """``symparams latex``."""
    from .typesetting import latex

    result = latex(
        read(arguments, arguments.model),
        arguments.form,
        arguments.annotate,
        arguments.environment,
        dict(pair(each, "LETTER=LATEX") for each in arguments.name),
        arguments.numbers,
        arguments.standalone,
        name=arguments.of,
        label=arguments.label,
        width=arguments.width,
        at=sizes_of(arguments.at) if arguments.at else None,
        file=arguments.output,
    )
    if arguments.json:
        return print_json(model=arguments.model, form=arguments.form, latex=result)
    if arguments.output is None:
        print(result)
    return 0


def compare(arguments: Arguments) -> int:
    """``symparams compare``."""
    from .difference import compare

    if arguments.others:
        return compare_all(arguments)
    before, after = read(arguments, arguments.before), read(arguments, arguments.after)
    difference = compare(before, after)
    if arguments.json:
        causes = [
            {
                "layer": cause.layer, "setting": cause.setting, "before": cause.before, "after": cause.after,
                "amount": number_or_text(cause.formula), "formula": cause.in_letters.text(cause.form), "numbers": cause.numbers,
                "because": cause.because, "weights": cause.weights,
            }
            for cause in difference.causes
        ]  # fmt: skip
        relation = difference.relation()
        print_json(
            before={"model": arguments.before, **counted(difference.before_count)},
            after={"model": arguments.after, **counted(difference.after_count)},
            total=number_or_text(difference.polynomial),
            causes=causes,
            tensors=[
                {"weight": match.weight, "before": paths(match.before), "after": paths(match.after)} for match in difference.tensors
            ],
            relation=str(relation),
        )
    else:
        print({"text": difference.explain, "latex": difference.latex, "markdown": difference.markdown}[arguments.format]())
    return 1 if difference.polynomial.terms else 0


def check(arguments: Arguments) -> int:
    """``symparams check``."""
    from .checking.asking import check
    from .checking.command import facts

    letters = dict(pair(each, "LETTER=LETTER or LETTER=SIZE") for each in arguments.letters)
    known = {
        name: int(value) if value.isascii() and value.isdigit() and len(value) < 30 else value for name, value in letters.items()
    }
    found = check(arguments.formula, read(arguments, arguments.model), known or None)
    if arguments.json:
        print_json(**facts(found))
    else:
        print(found)
    return 0 if found.agrees else 1


def reconcile(arguments: Arguments) -> int:
    """``symparams reconcile``."""
    from .reconciling.asking import reconcile
    from .reconciling.command import facts

    found = reconcile(read(arguments, arguments.model), arguments.reported, sizes_of(arguments.sizes))
    if arguments.json:
        print_json(**facts(found))
    else:
        print(found)
    return 0 if found.found else 1


def compare_all(arguments: Arguments) -> int:
    """``symparams compare`` with more than two models."""
    from .variants import compare_all

    texts = [arguments.before, arguments.after, *arguments.others]
    variants = compare_all([read(arguments, text) for text in texts])
    if arguments.json:
        rows = [
            {"model": text, "kinds": {kind: number_or_text(count) for kind, count in row.kinds.items()}, **counted(row.count)}
            for text, row in zip(texts, variants.rows, strict=True)
        ]
        print_json(variants=rows)
    else:
        print({"text": variants.__str__, "latex": variants.latex, "markdown": variants.markdown}[arguments.format]())
    return 0 if variants.are_alike else 1


def import_model(arguments: Arguments) -> int:
    """``symparams import``."""
    from .saved import saved

    pairs = [pair(each, "LETTER=NUMBER or LETTER=layer.argument") for each in arguments.letters]
    letters = {name: int(value) if value.isascii() and value.isdigit() and len(value) < 30 else value for name, value in pairs}
    model = saved(sys.stdin.read() if arguments.file == "-" else arguments.file, letters or None)
    arguments.notes += [*model.notes, *(f"{letter} stands at {place}" for place, letter in model.replaced.items())]
    if not arguments.json:
        print(model.summary())
        return 0
    return print_json(
        file=arguments.file,
        values=model.values,
        replaced=model.replaced,
        layers=layers_of(model.summary()),
        trainable=counted(model.trainable_count),
        **counted(model.count),
    )


def summary(arguments: Arguments) -> int:
    """``symparams summary``."""
    from .summaries.command import facts, summary_file

    found = summary_file(arguments.file, arguments.input)
    if arguments.json:
        return print_json(**facts(found))
    print(found)
    return 0


# ---------------------------------------------------------------- in and out
def read(arguments: Arguments, text: str) -> Any:
    """A model out of its text, or the file that the text names; what a reader should know of it is noted."""
    if is_file(text):
        from .saved import saved

        model = saved(text)
        arguments.notes += model.notes
        return model
    if is_text(text):
        from .summaries.command import summary_file

        table = summary_file(text)
        arguments.notes += table.notes
        return table
    from .modeltext import read_model

    model, notes = read_model(text)
    arguments.notes += notes
    return model


def open_letters(model: Any) -> list[str]:
    """Which letters stand for the input, where the text gave none."""
    from .keras.layer import letters_in

    if getattr(model, "built", True):
        return []
    layer = getattr(model, "thing", model)  # so many of it are as open as it is
    own = sorted(set(layer.by_itself().count.letters) - set(letters_in(layer.arguments)))
    return [f"{layer.class_name} has no Input here, so {', '.join(own)} stands for the size of its input"] if own else []


def sizes_of(pairs: Sequence[str]) -> dict[str, int]:
    """``n=300 m=15`` as sizes."""
    from .errors import SizeError

    sizes = {}
    for name, value in (pair(each, "NAME=SIZE") for each in pairs):
        if not (value.isascii() and value.removeprefix("-").isdigit()) or len(value) > 30:
            raise SizeError(f"{name} must be a whole number, not {value!r}")
        if name in sizes:
            raise SizeError(f"{name} is given twice")
        sizes[name] = int(value)
    return sizes


def pair(text: str, wanted: str) -> tuple[str, str]:
    """``n=300`` in two."""
    from .errors import TextError

    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise TextError(f"{text!r} should look like {wanted}")
    return name, value


def counted(total: Any) -> dict[str, Any]:
    """What JSON says of a count."""
    return {"formula": total.text(), "count": total.polynomial.constant(), "letters": list(total.letters)}


def paths(tensors: Sequence[Any]) -> list[str]:
    """What JSON says of tensors that stand side by side."""
    return [tensor.path for tensor in tensors]


def layers_of(summary: Any) -> list[dict[str, Any]]:
    """What JSON says of the layers of a model."""
    return [
        {"name": row.name, "class_name": row.class_name, "output_shape": str(row.output_shape), **counted(row.count)}
        for row in summary.rows
    ]


def number_or_text(share: Any) -> int | str:
    """A number as a number, anything with letters as its expanded text."""
    from .notation import expanded
    from .printing.plain import plain

    polynomial = getattr(share, "polynomial", share)
    number = polynomial.constant()
    return plain(expanded(polynomial)) if number is None else number


def print_json(**content: Any) -> int:
    import json

    print(json.dumps({"schema": SCHEMA, **content}, indent=2, ensure_ascii=False, default=str))
    return 0


# ---------------------------------------------------------------- what each command takes
COMMANDS: dict[str, tuple[Any, str, dict[str, dict[str, Any]]]] = {
    "list": (
        list_layers,
        "the layers that can be counted, with their formulas",
        {
            "--version": {
                "dest": "keras",
                "choices": ("v3", "v2", "v1", "torch"),
                "default": "v3",
                "help": "Keras 3, Keras 2, TensorFlow 1 or PyTorch",
            }
        },
    ),
    "show": (
        show,
        "the table of a model, or what is known of a layer",
        {
            "model": {"metavar": "MODEL", "help": MODEL + ', or a name such as "GRU"'},
            "--format": {
                "choices": ("text", "markdown", "latex", "html", "csv"),
                "default": "text",
                "help": "how the table of a model is written; default: text",
            },
        },
    ),
    "count": (
        count,
        "the count of a model: the formula, and the number at given sizes",
        {
            "model": {"metavar": "MODEL", "help": MODEL},
            "sizes": {"metavar": "NAME=SIZE", "nargs": "*", "default": [], "help": "sizes for letters, such as n=300"},
        },
    ),
    "latex": (
        latex,
        "the count as LaTeX",
        {
            "model": {"metavar": "MODEL", "help": MODEL},
            "--form": {
                "choices": ("written", "expanded", "factored", "kinds"),
                "default": "written",
                "help": "default: written, as in the paper; kinds: all kernels, all biases",
            },
            "--annotate": {"action": "store_true", "default": False, "help": "a brace with its name under each term"},
            "--environment": {
                "choices": ("equation", "equation*", "align", "align*", "aligned"),
                "help": "default: none, a piece of math mode",
            },
            "--of": {"metavar": "NAME", "help": "P_NAME = in front"},
            "--label": {"metavar": "LABEL", "help": "the label of an equation or align"},
            "--width": {"metavar": "CHARACTERS", "type": int, "help": "break a sum that is longer, in an environment"},
            "--numbers": {"choices": ("plain", "commas", "num"), "default": "plain", "help": "num: as siunitx writes them"},
            "--at": {
                "metavar": "LETTER=SIZE",
                "nargs": "+",
                "help": "the formula in numbers, too, and the number that it is, such as --at m=15 n=16",
            },
            "--standalone": {"action": "store_true", "default": False, "help": "a whole document"},
            "-o": {
                "metavar": "FILE",
                "dest": "output",
                "help": "write the document, or a fragment for \\input that names its packages",
            },
            "--name": {
                "metavar": "LETTER=LATEX",
                "action": "append",
                "default": [],
                "help": r"how a letter is written, such as n=n_{\text{units}}",
            },
        },
    ),
    "compare": (
        compare,
        "why two models differ; exit status 1 when they do",
        {
            "before": {"metavar": "BEFORE", "help": MODEL},
            "after": {"metavar": "AFTER", "help": "the model to compare it with"},
            "others": {"metavar": "OTHER", "nargs": "*", "default": [], "help": "more models: then all of them in one table"},
            "--format": {"choices": ("text", "latex", "markdown"), "default": "text", "help": "default: text"},
        },
    ),
    "check": (
        check,
        "where a formula of yours goes wrong for a model, term by term; exit status 1 when it does",
        {
            "formula": {"metavar": "FORMULA", "help": r'Python or LaTeX: "4*(n*m + n**2 + n)", "12Ld^2", "4 \times [n(m+1)+n^2]"'},
            "model": {"metavar": "MODEL", "help": MODEL},
            "--letters": {
                "metavar": "LETTER=LETTER",
                "nargs": "*",
                "default": [],
                "help": "what letters of the formula are in the model, such as h=n or h=256; found by trying where it is not said",
            },
        },
    ),
    "reconcile": (
        reconcile,
        "how a model comes to a number that somebody reports; exit status 1 when there is no way",
        {
            "model": {"metavar": "MODEL", "help": MODEL},
            "reported": {"metavar": "NUMBER", "help": 'what is reported: 1442400, "124M", "1.3 B", "73 MiB"'},
            "sizes": {"metavar": "NAME=SIZE", "nargs": "*", "default": [], "help": "sizes for letters, such as n=300"},
        },
    ),
    "import": (
        import_model,
        "the table of a model that Keras or PyTorch saved, with letters for its sizes",
        {
            "file": {"metavar": "FILE", "help": "a .json, .keras, .h5 or .safetensors file, or - for JSON on standard input"},
            "--letters": {
                "metavar": "LETTER=SIZE",
                "nargs": "*",
                "default": [],
                "help": "letters for numbers, such as n=300, or for places, such as n=lstm.units",
            },
        },
    ),
    "summary": (
        summary,
        "a pasted model.summary(), of any Keras or of torchinfo, each number with its formula",
        {
            "file": {"metavar": "FILE", "help": "the file with the table, or - for standard input"},
            "--input": {
                "metavar": "SHAPE",
                "default": "",
                "help": "what the model reads, such as 64,15, where the table does not tell",
            },
        },
    ),
    **SIZE_COMMANDS,
}
