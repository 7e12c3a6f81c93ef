"""``python -m symparams.huggingface.learning llama bert``: writes their files; ``--all`` those of all types."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import time
import traceback

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")
REFUSED = "refused.txt"
WITHHELD = {  # types whose tables were found wrong by hand at configs that no proof here draws
    "cosmos3_omni": "which of its towers there are depends on the types of its sub-configs, and no rule says how",
}


def learnt(job: tuple[str, str, tuple[str, ...]]) -> tuple[str, str, dict[str, str], int, float]:
    """Learns one type and writes its file: the text's size, what was refused, and how long it took."""
    from .classes import classes_of
    from .guarding import guarded
    from .model_type import Type

    model_type, folder, also = job
    start = time.monotonic()
    path = os.path.join(folder, file_of(model_type))
    try:
        if model_type in WITHHELD:
            raise ValueError(WITHHELD[model_type])
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
    except Exception as error:  # noqa: BLE001  (a type that cannot be learnt is a line of the list)
        if os.environ.get("LEARNING_TRACE"):
            traceback.print_exc()
        text, names = None, []
        refused = {"": WITHHELD.get(model_type) or f"{type(error).__name__}: {error}"}
    else:
        refused = its.refused
    if text is not None:
        write(path, guarded(model_type, text))
    elif os.path.exists(path):
        os.remove(path)
    return model_type, "" if text is not None else "refused", refused, len(text or ""), time.monotonic() - start


def guarded_anew(job: tuple[str, str, tuple[str, ...]]) -> tuple[str, str, dict[str, str], int, float]:
    """Writes the file of one type with its guards anew."""
    from .guarding import guarded

    model_type, folder, _ = job
    start, path = time.monotonic(), os.path.join(folder, file_of(model_type))
    with open(path, encoding="utf-8") as file:
        text = guarded(model_type, file.read())
    write(path, text)
    return model_type, "", {}, len(text), time.monotonic() - start


def write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def file_of(model_type: str) -> str:
    return model_type.replace("/", "_") + ".txt"


def note_refused(folder: str, model_type: str, told: bool, refused: dict[str, str]) -> None:
    """The list of what was refused, with this type's lines anew."""
    path = os.path.join(folder, REFUSED)
    lines: list[str] = []
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    kept = [line for line in lines if re.split(r"[ |]", line)[0] != model_type]
    if not told:
        reason = next(iter(refused.values()), "no class of it can be built")
        kept.append(f"{model_type} | {one_line(reason)}")
    else:
        kept += [f"{model_type} {name} | {one_line(reason)}" for name, reason in refused.items()]
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(f"{line}\n" for line in sorted(kept)))


def one_line(reason: str) -> str:
    words = " ".join(reason.split()).encode("ascii", "replace").decode()
    words = re.sub(r"(/[\w.+-]+){2,}", "...", words)
    return words[:240]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m symparams.huggingface.learning", description=__doc__)
    parser.add_argument("types", nargs="*", help="model types, or TYPE:Class")
    parser.add_argument("--all", action="store_true", help="every type of the library")
    parser.add_argument("--list", help="a JSON file: type -> classes to be learnt too")
    parser.add_argument("--again", action="store_true", help="also types whose file is there")
    parser.add_argument("--guards", action="store_true", help="only what the types refuse, in the files that are there")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--data", default=DATA, help="the folder of the files")
    given = parser.parse_args()
    wanted: dict[str, tuple[str, ...]] = {}
    if given.list:
        with open(given.list, encoding="utf-8") as file:
            wanted |= {name: tuple(its) for name, its in json.load(file).items()}
    if given.all:
        from transformers.models.auto.configuration_auto import CONFIG_MAPPING_NAMES

        wanted |= {name: wanted.get(name, ()) for name in sorted(CONFIG_MAPPING_NAMES)}
    for each in given.types:
        name, _, its = each.partition(":")
        wanted[name] = (*wanted.get(name, ()), *([its] if its else []))
    os.makedirs(given.data, exist_ok=True)
    there = {name for name in wanted if os.path.exists(os.path.join(given.data, file_of(name)))}
    chosen = there if given.guards else {*wanted} if given.again else {*wanted} - there
    jobs = [(name, given.data, its) for name, its in wanted.items() if name in chosen]
    from transformers import LlamaConfig

    from .builds import build

    build(
        LlamaConfig, {"num_hidden_layers": 1, "hidden_size": 32}, "LlamaForCausalLM"
    )  # imports all once, before the workers are forked

    with multiprocessing.Pool(given.workers, maxtasksperchild=12) as pool:
        for number, (name, state, refused, size, seconds) in enumerate(
            pool.imap_unordered(guarded_anew if given.guards else learnt, jobs), 1
        ):
            note_refused(given.data, name, state == "", refused) if state != "no class" and not given.guards else None
            notes = f"  {state}" + "".join(f"\n      {its}: {reason[:200]}" for its, reason in refused.items())
            print(f"{number}/{len(jobs)} {name} {size} bytes {seconds:.1f} s{notes}", flush=True)


if __name__ == "__main__":
    main()
