"""The class of a model behind a name or a path, as the command line takes it."""

from __future__ import annotations


def name_and_class(text: str) -> tuple[str, str | None]:
    """A name or a path, and the class of the model behind it: ``bert-base-uncased:BertModel``."""
    name, _, class_name = text.rpartition(":")
    its = len(name) > 1 and class_name[:1].isupper() and class_name.isidentifier()  # C:Users is a path
    return (name, class_name) if its else (text, None)
