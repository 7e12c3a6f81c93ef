"""Arrays in the groups that their names make: a module is a group, and so is a list of modules that are numbered."""

from __future__ import annotations

from ..._startup.limits import STEPS_TO_AN_ARRAY
from ...core.frozen import Frozen
from ...errors import TextError, brief

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence


class Array(Frozen):
    """One array: its path as its source writes it, its shape, and whether it is a parameter.

    ``key`` is shared by the names of one array and by nothing else; None where only the name tells them apart.
    """

    path: str
    shape: tuple[int, ...]
    parameter: bool = True
    key: object = None


class Group:
    """A module: its ``arrays`` and the ``groups`` inside it by their names, and its class where that is known.

    ``name`` is its path with a slash between steps. ``source`` is the live object that it was read from, if any.
    """

    def __init__(self, name: str = "", class_name: str = "", source: object = None) -> None:
        self.name, self.class_name, self.source = name, class_name, source
        self.arrays: dict[str, Array] = {}
        self.groups: dict[str, Group] = {}
        self.is_list = False

    @property
    def last(self) -> str:
        """The last step of its path."""
        return self.name.rpartition("/")[2]

    def inner(self, step: str) -> Group:
        """The group of a name, which is made if it is not there."""
        found = self.groups.get(step)
        if found is None:
            found = self.groups[step] = Group(f"{self.name}/{step}" if self.name else step)
        return found

    def put(self, steps: Sequence[str], array: Array) -> None:
        """Puts an array under the names of the modules around it and its own."""
        if len(steps) > STEPS_TO_AN_ARRAY:
            raise TextError(f"{brief(array.path)}: modules are nested more than {STEPS_TO_AN_ARRAY} deep")
        *around, name = steps
        group = self
        for step in around:
            group = group.inner(step)
        group.arrays[name] = array

    def but_for(self, names: Collection[str]) -> Group:
        """The same group without some of its arrays."""
        rest = Group(self.name, self.class_name, self.source)
        rest.arrays = {name: array for name, array in self.arrays.items() if name not in names}
        rest.groups, rest.is_list = self.groups, self.is_list
        return rest

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of its arrays and of those of the groups right inside it: ``{"query/kernel": (64, 4, 16)}``."""
        found = {name: array.shape for name, array in self.arrays.items()}
        for name, group in self.groups.items():
            found |= {f"{name}/{inner}": array.shape for inner, array in group.arrays.items()}
        return found

    def every_array(self) -> Iterator[Array]:
        """All arrays in it."""
        stack: list[Group] = [self]
        while stack:
            group = stack.pop()
            yield from group.arrays.values()
            stack += reversed(group.groups.values())


def with_lists(group: Group) -> None:
    """Makes a list of the groups that are numbered alike: ``layers_0`` and ``layers_1``, or ``block`` and ``block_1``."""
    stack = [group]
    while stack:
        each = stack.pop()
        if not each.is_list and not all(name.isdigit() for name in each.groups):
            make_lists(each)
        stack += each.groups.values()


def make_lists(group: Group) -> None:
    numbered: dict[str, dict[int, str]] = {}
    for name in group.groups:
        stem, number = numbered_name(name)
        if number is not None:
            numbered.setdefault(stem, {})[number] = name
    for stem, members in numbered.items():
        if stem in group.groups and 0 not in members and numbered_name(stem)[1] is None:
            members[0] = stem  # haiku's first block has no number
    lists = {
        stem: members
        for stem, members in numbered.items()
        if sorted(members) == list(range(len(members))) and are_blocks([group.groups[name] for name in members.values()])
    }
    owners = {name: stem for stem, members in lists.items() for name in members.values()}
    kept: dict[str, Group] = {}
    for name, inner in group.groups.items():
        owner = owners.get(name)
        if owner is None:
            kept[name] = inner
            continue
        members = lists[owner]
        if list_key(owner) not in kept:
            made = kept[list_key(owner)] = Group(f"{group.name}/{owner}" if group.name else owner)
            made.is_list = True
            made.groups = {str(number): group.groups[members[number]] for number in sorted(members)}
    group.groups = kept


def are_blocks(groups: Sequence[Group]) -> bool:
    """Whether groups are the blocks of a list: made of modules of the same names, or many of the same shapes."""
    if len(groups) < 2:
        return False
    contents = [[(name, array.shape) for name, array in relative_names(group)] for group in groups]
    if all(content == contents[0] for content in contents):
        return len(groups) > 2 or bool(groups[0].groups)
    names = [[name for name, _ in content] for content in contents]
    return bool(groups[0].groups) and all(each == names[0] for each in names)


def relative_names(group: Group, front: str = "") -> Iterator[tuple[str, Array]]:
    """The arrays in a group by their names in it."""
    for name, array in group.arrays.items():
        yield f"{front}{name}", array
    for name, inner in group.groups.items():
        yield from relative_names(inner, f"{front}{name}/")


def list_key(stem: str) -> str:
    """The name under which a list is kept; no module has it."""
    return f"{stem}[]"


def numbered_name(name: str) -> tuple[str, int | None]:
    """``layers_12`` and ``layers12`` as ``layers`` and 12."""
    stem = name.rstrip("0123456789")
    digits = name[len(stem) :]
    if not digits or not stem or len(digits) > 6 or (digits[0] == "0" and len(digits) > 1):
        return name, None
    return stem.rstrip("_."), int(digits)


def grouped(arrays: Iterable[Array], between: str) -> Group:
    """The groups that the paths of arrays make."""
    root = Group()
    for array in arrays:
        root.put([step for step in array.path.split(between) if step] or [array.path], array)
    with_lists(root)
    return root
