"""The fields of a config: what it gives, under the names of its class, with the defaults and what the class computes.

A config holds what differed from the defaults of the release that wrote it, often under other names. All of this is in the
table of its type; a field that no row reads cannot change a count.
"""

from __future__ import annotations

from .._startup.limits import CONFIG_NESTING
from ..core.sizes import is_symbolic
from ..errors import SettingError, brief
from .table import A_NUMBER, Table, version_of
from .tables import known_table
from .wrong_kind import WrongKind, may_be_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from typing import Any

    from .expressions import Expression
    from .table import Default, Derived

UNKNOWN = Table("unknown  a type without a file\nclass None", "a type without a file")

# What every config may have, and no class reads to make a tensor.
BOOKKEEPING = frozenset(
    ("model_type", "architectures", "transformers_version", "auto_map", "_name_or_path", "torch_dtype", "dtype")
)
DEPTH = "num_hidden_layers"
OLD_LAYERS = {
    "mamba": "linear_attention",
    "attention": "full_attention",
    "deepseek_sparse_attention": "indexed_attention",
    "qwen_sparse_attention": "indexed_attention",
}
LAYER_LISTS = ("layer_types", "mlp_layer_types")
GLOBAL = {"head_dim": "global_head_dim", "num_key_value_heads": "num_global_key_value_heads"}  # of layers of full attention
STAND_IN = 64  # for an open field without a number of its own


class Config:
    """A config with all its fields.

    ``fields`` has the fields by name, those of sub-configs with dots; ``given``, ``assumed`` and ``computed`` say where each
    comes from, and ``subs`` has the sub-configs. ``open`` has the symbols that stand for fields, whose numbers in ``fields``
    stand in for them; ``unsure`` are the fields whose numbers hang on those.
    """

    def __init__(
        self,
        table: Table,
        source: Mapping[str, Any],
        where: str,
        version: tuple[int, ...] = (),
        depth: int = 0,
        outer: Outer | None = None,
    ) -> None:
        if depth > CONFIG_NESTING:
            raise SettingError(f"{where} has sub-configs nested more than {CONFIG_NESTING} deep")
        self.table, self.where = table, where
        self.source = source = as_taken(source, table, outer, where)
        self.version = version_of(str(source.get("transformers_version") or "")) or version
        self.defaults: dict[str, list[Default]] = {**table.defaults, **(outer.defaults if outer else {})}
        self.aliases: dict[str, str] = {**table.aliases, **(outer.aliases if outer else {})}
        self.missing = outer.missing if outer else ""  # why its type has no rows
        self.subs: dict[str, Config] = {}
        self.other_names: dict[str, str] = {}  # fields of sub-configs by names that their types have for them, too
        self.open: dict[str, Any] = {}
        self.given: dict[str, str] = {}  # the field of each name in the file
        self.assumed: dict[str, Any] = {}
        self.computed: dict[str, Expression] = {}
        self.always = frozenset(each.field for each in table.derived if each.always)
        self.unsure: set[str] = set()
        self.fields: dict[str, Any] = self._own_names(source)
        self._fill(depth)
        self._compute()

    # ------------------------------------------------------------ reading
    def _own_names(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """The fields that the config gives, by the names that its class has for them."""
        fields: dict[str, Any] = {}
        aliases = self.aliases
        layers = ("layer_types", aliases.get("layer_types"))
        for name, value in source.items():
            own = aliases.get(name, name)
            if own in fields and fields[own] != value:
                raise SettingError(f"{self.where} gives {own} twice, as {brief(fields[own])} and, as {name}, {brief(value)}")
            if is_symbolic(value):
                from ..core.algebra import is_letter

                if not is_letter(value):
                    raise SettingError(
                        f"{self.where}: {name} must be a number or one letter, not {brief(value)}: give it a letter, and put the "
                        "expression into the count, with model.count.given(...)"
                    )
                self.open[own] = value
            fields[own] = None if own in self.open else in_new_words(own in layers, value)
            self.given[own] = name
        labels = fields.get("id2label")
        if isinstance(labels, dict) and fields.get("num_labels") is None:
            fields["num_labels"], self.given["num_labels"] = len(labels), "id2label"
        return fields

    def _fill(self, depth: int) -> None:
        """Adds the defaults, each sub-config with those of its own type."""
        for name, defaults in self.defaults.items():
            if "." in name:
                start = name.partition(".")[0]
                if start not in self.subs and start not in self.defaults:
                    self._sub_config(start, None, depth)
                continue
            default = self.default(defaults)
            if is_sub_config(default):
                self._sub_config(name, default, depth)
            elif name not in self.fields:
                self.fields[name] = self.assumed[name] = default
            elif name in self.open:
                self.fields[name] = default if is_whole(default) and default > 0 else STAND_IN
            else:
                self.fields[name] = self.of_kind(name, self.fields[name], default)
        for name, its in self.table.optional.items():
            given = self.fields.setdefault(name, None)
            if given is not None:
                self.fields[name] = {**given, **its} if hasattr(given, "items") else given  # of this type, whatever it names
                self._sub_config(name, its, depth)

    def default(self, defaults: list[Default]) -> Any:
        """The default of a field in the release that wrote the config."""
        older = [each for each in defaults if each.before and self.version and self.version < each.before]
        if older:
            return min(older, key=lambda each: each.before).value
        return next((each.value for each in defaults if not each.before), None)

    def _sub_config(self, name: str, default: Mapping[str, Any] | None, depth: int) -> None:
        """Adds a sub-config: of the type that it names, or, without a default, of the one class that this type is made with."""
        given = self.fields.get(name)
        if given is not None and not hasattr(given, "items"):
            raise SettingError(f"{self.where}: {name} must be a config, not {brief(given)}")
        if given is None and name in self.table.flat:
            given = self._own_fields_of_a_sub_config() or None
        if given is None:
            given, self.assumed[name] = default or {}, "its defaults"
        where = f"{name} of {self.where}"
        outer, table = Outer(self, name), UNKNOWN
        if default is not None:
            try:
                table = known_table(given.get("model_type") or default.get("model_type"), where)
            except SettingError as error:
                outer.missing = str(error)
        sub = Config(table, given, where, self.version, depth + 1, outer)
        self.subs[name] = sub
        self.open.update({f"{name}.{field}": letter for field, letter in sub.open.items()})
        self.unsure.update(f"{name}.{field}" for field in sub.unsure)
        self.fields[name] = given
        self.fields.update({f"{name}.{field}": value for field, value in sub.fields.items()})
        for other, own in [*sub.aliases.items(), *sub.other_names.items()]:
            if f"{name}.{other}" not in self.fields and own in sub.fields:
                self.other_names[f"{name}.{other}"] = f"{name}.{own}"
                self.fields[f"{name}.{other}"] = sub.fields[own]

    def _own_fields_of_a_sub_config(self) -> dict[str, Any]:
        """What an old config has beside the others, and newer ones in a sub-config: the fields that this class does not have."""
        own = {*self.table.defaults, *self.aliases, *self.table.sub_fields, *BOOKKEEPING, "id2label", "num_labels"}
        found = {name: value for name, value in self.source.items() if name not in own and not hasattr(value, "items")}
        for name in found:
            self.given.pop(name, None)
        return found

    def of_kind(self, name: str, value: object, default: object) -> object:
        """A value of the kind of the field's default. Raises :class:`SettingError` for any other that a count may need."""
        if value is None or default is None:
            return default if default == [] else value
        for kind, fits in KINDS.items():
            if type(default) is kind and not fits(value):
                message = f"{self.where}: {self.given[name]} must be {NAMES[kind]}, not {brief(value)}"
                if may_be_list(name, default, value):
                    return WrongKind(message, value)
                raise SettingError(message)
        return value

    def _compute(self) -> None:
        """Adds the fields that the class computes."""
        self.unsure.update(self.open)
        for derived in self.table.derived:
            if self.is_computed(derived):
                if derived.expression.fields_read & self.unsure:
                    self.unsure.add(derived.field)
                self.fields[derived.field] = self.value(derived.expression.value, derived.expression.text)
                self.computed[derived.field] = derived.expression
                self.assumed.pop(derived.field, None)
                path, _, name = derived.field.rpartition(".")
                if path:
                    sub = self.at(f"{path}.")
                    sub.fields[name] = self.fields[derived.field]
                    sub.assumed.pop(name, None)

    def is_computed(self, derived: Derived) -> bool:
        """Whether the class computes a field; of several ways, the first whose condition holds."""
        if derived.field in self.computed:
            return False
        if derived.condition is None:
            return derived.always or self.fields.get(derived.field) is None
        return bool(self.value(derived.condition.value, derived.condition.text))

    def value(self, of: Callable[[Mapping[str, Any]], Any], text: str) -> Any:
        """The value of an expression of the table."""
        try:
            return of(self.fields)
        except (TypeError, ValueError, IndexError, KeyError, ArithmeticError, MemoryError) as error:
            raise SettingError(f"{self.where}: {text} cannot be computed ({error})") from None

    def check_guards(self, about: Container[str] | None = None, path: str = "") -> None:
        """Raises :class:`SettingError` for a config that its class would refuse; with ``about``, for what these fields say alone."""
        for guard in self.table.guards:
            if about is not None and not all(path + name in about for name in guard.fields_read):
                continue
            if guard.fields_read & self.unsure or any(self.fields.get(name) is None for name in guard.fields_read):
                continue  # what cannot be computed is not asked by the class either
            if not self.value(guard.value, guard.text):
                from .guards import broken_guard

                raise SettingError(f"{self.where}: {broken_guard(guard, self.fields)}")
        if about is None or f"{path}{DEPTH}" in about:
            self.check_layer_lists()
        for name, sub in self.subs.items():
            sub.check_guards(about, f"{path}{name}.")

    def check_layer_lists(self) -> None:
        """Raises :class:`SettingError` for a list that has not a word for each layer, which every class refuses."""
        depth = self.fields.get(DEPTH)
        if not is_whole(depth) or DEPTH in self.unsure:
            return
        for name in LAYER_LISTS:
            words = self.fields.get(name) if name in self.given else None
            if isinstance(words, list | tuple) and len(words) != depth:
                raise SettingError(f"{self.where}: {name} has {len(words)} elements for {DEPTH} {depth}: it needs one for each")

    def way_to_compute(self, field: str) -> tuple[Expression, str, bool] | None:
        """What a field is computed of, by its whole name; where the names in that are looked up; and whether it always is."""
        path, here, name = "", self, field
        while True:
            if name in here.computed:
                return here.computed[name], path, name in here.always
            first, dot, rest = name.partition(".")
            if not dot or first not in here.subs:
                return None
            path, here, name = f"{path}{first}.", here.subs[first], rest

    def at(self, path: str) -> Config:
        """The config or the sub-config at a path, ``text_config.``."""
        here = self
        for name in path.split(".")[:-1]:
            here = here.subs[name]
        return here


def as_taken(source: Mapping[str, Any], table: Table, outer: Outer | None, where: str) -> Mapping[str, Any]:
    """The config with the names that its class takes in place of fields in their places.

    Raises :class:`SettingError` for a name that other fields hang on in a way that no rule says.
    """
    unruled = {**table.unruled, **(outer.unruled if outer else {})}
    if GLOBAL["head_dim"] in table.defaults or (outer and GLOBAL["head_dim"] in outer.defaults):
        source = with_global_heads(source, where)
    elif source.get("per_layer_config") and source["per_layer_config"] != usual_layers(source, unruled):
        raise SettingError(f"{where} gives per_layer_config, fields for single layers, which no formula has")
    for name, usual in unruled.items():
        if usual == A_NUMBER:
            if isinstance(source.get(name), list | tuple):
                raise SettingError(f"{where} gives a list as {name}, which no rule reads; a single number is read")
        elif usual is None and hasattr(source.get(name), "items"):
            raise SettingError(
                f"{where} gives {name}, and that part of its class has no formula yet; without it, the rest is counted"
            )
        elif source.get(name) is not None and source[name] != usual:
            only = "" if usual is None else f"; only {usual} is read"
            raise SettingError(f"{where} gives {name}, from which its class computes other fields as no rule says{only}")
    instead = {
        name: own for name, own in {**table.instead, **(outer.instead if outer else {})}.items() if source.get(name) is not None
    }
    if not instead:
        return source
    overruled = {*instead, *instead.values(), *(other for other, own in table.aliases.items() if own in instead.values())}
    kept = {name: value for name, value in source.items() if name not in overruled}
    return {**kept, **{own: source[name] for name, own in instead.items()}}


def in_new_words(is_of_layers: bool, value: Any) -> Any:
    """A list of the kinds of layers in the words that classes compare with: every class takes the older ones for them."""
    if not is_of_layers or not isinstance(value, list | tuple):
        return value
    return [OLD_LAYERS.get(each, each) if isinstance(each, str) else each for each in value]


def with_global_heads(source: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """What a class of the Gemma 4 kind saves for single layers by the names that it has for the heads of full attention.

    Raises :class:`SettingError` where other layers have any, or not all of them the same.
    """
    layers = source.get("per_layer_config")
    if not layers:
        return source
    heads: Any = next(iter(layers.values()), None) if hasattr(layers, "values") else None
    full = {str(place) for place, kind in enumerate(source.get("layer_types") or ()) if kind == "full_attention"}
    if not is_of_heads(heads, source) or {*map(str, layers)} != full or any(each != heads for each in layers.values()):
        raise SettingError(
            f"{where} gives per_layer_config, in which other fields or layers differ than the heads of full attention"
        )
    return {**source, **{own: heads.get(name) for name, own in GLOBAL.items()}}


def is_of_heads(heads: Any, source: Mapping[str, Any]) -> bool:
    """Whether a dict has the heads of a layer alone; those of keys are read where they are those of values."""
    if not hasattr(heads, "keys") or "head_dim" not in heads or not {*heads} <= {*GLOBAL}:
        return False
    return "num_key_value_heads" not in heads or bool(source.get("attention_k_eq_v"))


def usual_layers(source: Mapping[str, Any], unruled: Mapping[str, Any]) -> object:
    """What classes of the Gemma 4 kind save for single layers where nothing else was given: heads of their own for full attention."""
    kinds = source.get("layer_types")
    if "global_head_dim" not in unruled or not isinstance(kinds, list | tuple):
        return None
    return {str(place): {"head_dim": unruled["global_head_dim"]} for place, kind in enumerate(kinds) if kind == "full_attention"}


def inner(fields: Mapping[str, Any], start: str) -> dict[str, Any]:
    """The fields of a sub-config, by their names in it."""
    return {name[len(start) :]: its for name, its in fields.items() if name.startswith(start)}


class Outer:
    """What a config says of its sub-config of one name, beyond that one's own type."""

    def __init__(self, config: Config, name: str) -> None:
        start = f"{name}."
        self.missing = ""
        self.unruled = inner(config.table.unruled, start)
        self.instead = {other: own[len(start) :] for other, own in inner(config.table.instead, start).items()}
        self.defaults: dict[str, list[Default]] = {
            key[len(start) :]: its for key, its in config.defaults.items() if key.startswith(start)
        }
        self.aliases = {
            key[len(start) :]: own[len(start) :]
            for key, own in config.aliases.items()
            if key.startswith(start) and own.startswith(start)
        }


def is_sub_config(value: object) -> bool:
    return isinstance(value, dict) and "model_type" in value


def is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


KINDS: dict[type, Callable[[object], bool]] = {
    bool: lambda value: isinstance(value, bool),
    int: is_whole,
    float: lambda value: is_whole(value) or isinstance(value, float),
    list: lambda value: isinstance(value, list | tuple),
}
NAMES = {bool: "true or false", int: "a whole number", float: "a number", list: "a list"}
