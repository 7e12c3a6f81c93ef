"""``python -m symparams.huggingface.learning llama bert``: writes their files; ``--all`` those of all types."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
import traceback

from .refused_list import completed, note_refused
from .table_files import DATA, file_of, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Job: TypeAlias = tuple[str, str, tuple[str, ...]]

WITHHELD = {  # types whose tables were found wrong by hand at configs that no proof here draws
    "cosmos3_omni": "which of its towers there are depends on the types of its sub-configs, and no rule says how",
}


def learnt(job: Job) -> tuple[str, str, dict[str, str], int, float]:
    """Learns one type and writes its file: the text's size, what was refused, and how long it took."""
    from . import by_hand
    from .classes import classes_of
    from .guarding import guarded
    from .model_type import Type
    from .refusals import Refused
    from .whole_reading import misread

    model_type, folder, also = job
    start = time.monotonic()
    path = os.path.join(folder, file_of(model_type))
    try:
        if model_type in WITHHELD:
            raise Refused(WITHHELD[model_type])
        its = Type(model_type)
        names = list(dict.fromkeys([*classes_of(model_type), *also]))
        if not names:
            return model_type, "no class", {}, 0, time.monotonic() - start
        for name in names:
            try:
                its.tell(name)
            except Exception as error:  # noqa: BLE001  (one class more or less)
                if os.environ.get("LEARNING_TRACE"):
                    traceback.print_exc()
                its.refused[name] = f"{type(error).__name__}: {error}"
        text = its.text()
        if text is not None:
            text = guarded(model_type, by_hand.merged(model_type, text, late=False))
            wrong = misread(text, its.its)
            if wrong is not None:
                raise Refused(wrong)
    except Exception as error:  # noqa: BLE001  (a type that cannot be learnt is a line of the list)
        if os.environ.get("LEARNING_TRACE"):
            traceback.print_exc()
        text, names = None, []
        refused = {"": str(error) if isinstance(error, Refused) else f"{type(error).__name__}: {error}"}
    else:
        refused = its.refused
    if text is not None:
        write(path, text)
    elif os.path.exists(path):
        os.remove(path)
    return model_type, "" if text is not None else "refused", refused, len(text or ""), time.monotonic() - start


def unread_anew(job: Job) -> tuple[str, str, dict[str, str], int, float]:
    """Writes the file of one type with what no row reads anew."""
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING

    from . import by_hand
    from .configs import ConfigClass
    from .unread import with_unread

    model_type, folder, _ = job
    start, path = time.monotonic(), os.path.join(folder, file_of(model_type))
    with open(path, encoding="utf-8") as file:
        text = "\n".join(with_unread(file.read().split("\n"), ConfigClass(CONFIG_MAPPING[model_type])))
    write(path, by_hand.merged(model_type, text, late=True))
    return model_type, "", {}, len(text), time.monotonic() - start


def guarded_anew(job: Job) -> tuple[str, str, dict[str, str], int, float]:
    """Writes the file of one type with its guards anew."""
    from .guarding import guarded

    model_type, folder, _ = job
    start, path = time.monotonic(), os.path.join(folder, file_of(model_type))
    with open(path, encoding="utf-8") as file:
        text = guarded(model_type, file.read())
    write(path, text)
    return model_type, "", {}, len(text), time.monotonic() - start


def main() -> None:
    given = arguments()
    if given.changes:
        from .release_changes import changes

        print(changes(given.changes, given.data))
        return
    import transformers
    from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES

    wanted = wanted_types(given, sorted(CONFIG_MAPPING_NAMES))
    os.makedirs(given.data, exist_ok=True)
    there = {name for name in wanted if os.path.exists(os.path.join(given.data, file_of(name)))}
    chosen = there if given.guards or given.unread else {*wanted} if given.again else {*wanted} - there
    run([(name, given.data, its) for name, its in wanted.items() if name in chosen], given)
    if given.all or given.data == DATA:
        completed(given.data, CONFIG_MAPPING_NAMES, transformers.__version__)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m symparams.huggingface.learning", description=__doc__)
    parser.add_argument("types", nargs="*", help="model types, or TYPE:Class")
    parser.add_argument("--all", action="store_true", help="every type of the library")
    parser.add_argument("--list", help="a JSON file: type -> classes to be learnt too")
    parser.add_argument("--again", action="store_true", help="also types whose file is there")
    parser.add_argument("--guards", action="store_true", help="only what the types refuse, in the files that are there")
    parser.add_argument("--unread", action="store_true", help="only what no row reads, in the files that are there")
    parser.add_argument("--changes", metavar="FOLDER", help="learn nothing: print what is new since the files of an older release")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--data", default=DATA, help="the folder of the files")
    return parser.parse_args()


def wanted_types(given: argparse.Namespace, every: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The types that were asked for, each with classes that are to be learnt although no list of the library has them."""
    wanted: dict[str, tuple[str, ...]] = {}
    if given.list:
        with open(given.list, encoding="utf-8") as file:
            wanted |= {name: tuple(its) for name, its in json.load(file).items()}
    if given.all:
        wanted |= {name: wanted.get(name, ()) for name in every}
    for each in given.types:
        name, _, its = each.partition(":")
        wanted[name] = (*wanted.get(name, ()), *([its] if its else []))
    return wanted


def run(jobs: Sequence[Job], given: argparse.Namespace) -> None:
    """Learns the types, each in a process of its own, so that none depends on those before it."""
    import_all()
    with multiprocessing.Pool(given.workers, maxtasksperchild=1) as pool:
        done = pool.imap_unordered(unread_anew if given.unread else guarded_anew if given.guards else learnt, jobs)
        for number, (name, state, refused, size, seconds) in enumerate(done, 1):
            if not (given.guards or given.unread):
                note_refused(given.data, name, state == "", refused)
            notes = f"  {state}" + "".join(f"\n      {its}: {reason[:200]}" for its, reason in refused.items())
            print(f"{number}/{len(jobs)} {name} {size} bytes {seconds:.1f} s{notes}", flush=True)


def import_all() -> None:
    """Imports what every type needs, before processes are forked."""
    from transformers import LlamaConfig

    from .builds import build
    from .classes import public_names

    public_names()
    build(LlamaConfig, {"num_hidden_layers": 1, "hidden_size": 32}, "LlamaForCausalLM")


def start() -> None:
    """Runs ``main`` where sets have one order in every process, so that a rerun writes the same bytes."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        command = [sys.executable, "-m", __package__, *sys.argv[1:]]
        os.execve(sys.executable, command, {**os.environ, "PYTHONHASHSEED": "0"})
    main()


if __name__ == "__main__":
    start()
