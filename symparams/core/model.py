"""Everything that can be counted: a layer, a model made of layers, a multiple of one. Questions see them all as one base class.

A layer is its documented sizes and one method that defines its weights:

    class Dense(Layer):
        inputs: Dim = dim(letter="m", doc="features of each input")
        units: Dim = dim(letter="n", doc="features of each output")

        def weights(self) -> Node:
            m, n = self.inputs, self.units
            return weight("kernel", m, n) + weight("bias", n)

Counts, shapes, LaTeX, differences and documentation are read off that. A variant is a value of a field, never a subclass.
"""

from __future__ import annotations

from .._startup.boundary import guard
from ..errors import SettingError, ShapeError
from .documented_fields import Declared
from .fields import FROM_THE_INPUT
from .formula import Formula, formula_of_expression
from .framework_modules import unread
from .frozen import Frozen
from .sizes import is_symbolic, size
from .tree import NOTHING, Weight, beside, declared, named, only, rebuilt, times

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, ClassVar, Self

    from .assumptions import Assumption
    from .conventions import Tensor
    from .setting_changes import SettingChanges
    from .sizes import Dim, OpenShape
    from .tree import Node


@guard
class Countable:
    """The base of everything that has parameters. A subclass defines :attr:`node` and :attr:`parts`; all else is read off them.

    Each tensor counts once, however often it is used.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.__module__.startswith("symparams."):  # in a user's own class, errors are the user's
            guard(cls)

    @property
    def node(self) -> Node:
        """Its weights as a tree."""
        raise NotImplementedError(f"{type(self).__name__} does not define its weights; add node")

    @property
    def parts(self) -> list[Part]:
        """Its layers."""
        raise NotImplementedError(f"{type(self).__name__} does not define its layers; add parts")

    @property
    def title(self) -> str:
        """Its name in an answer."""
        return type(self).__name__

    # ------------------------------------------------------------ counts
    @property
    def count(self) -> Formula:
        """The number of parameters, trained or not."""
        return self.formula(self.node)

    @property
    def trainable_count(self) -> Formula:
        """The number of parameters that training changes."""
        return self.formula(only(self.node, trainable=True))

    @property
    def non_trainable_count(self) -> Formula:
        """The number of parameters that training does not change."""
        return self.formula(only(self.node, trainable=False))

    @property
    def untied_count(self) -> Formula:
        """The number of parameters if every use of a tensor were a separate tensor."""
        return self.formula(rebuilt(self.node, lambda leaf: Weight(leaf.name, leaf.shape, True)))

    @property
    def buffer_count(self) -> Formula:
        """The number of stored values that are not parameters."""
        return Formula(NOTHING)

    def formula(self, node: Node) -> Formula:
        """A count of its weights, with the conditions under which that holds."""
        return Formula(node)

    # ------------------------------------------------------------ beside the count, from the roles of its tensors
    def active(self, embedding: str = "all", *, experts: Dim | None = None, per_token: Dim | None = None) -> Formula:
        """The parameters that one token uses: of ``experts`` experts, each token uses ``per_token``.

        Experts are in a module called ``experts``; of another name, they are what there are ``experts`` copies of, ``active(experts=E,
        per_token=2)``.
        ``embedding="all"`` counts embeddings as a whole, ``"row"`` the row that the token uses, ``"none"`` nothing of them.
        """
        from .sisters.active import active

        return self._quantity(lambda thing: active(thing.node, embedding, experts, per_token))

    def kv_cache(self, dtype: str | None = None, *, tokens: Dim | None = None, cross: bool = False) -> Formula:
        """The elements that one token leaves in the KV cache, or with a ``dtype`` their bytes.

        ``tokens`` is the length of a text, whose whole cache is counted. ``cross=True`` is what the tokens of the encoder leave
        for the decoder.
        """
        from .sisters.cache import kv_cache

        return self._quantity(lambda thing: kv_cache(thing.node, dtype, cross, tokens))

    def bytes(self, dtype: str) -> Formula:
        """The bytes of all parameters in a number format: ``float32``, ``bfloat16``, ``int8``, or a block format of GGUF, ``q8_0``.

        ``4bit`` gives the elements of a model that bitsandbytes has packed, as libraries report them: two weights of a linear
        layer in one byte, the output head and everything else as it is.
        """
        from .sisters.stored import stored

        return self._quantity(lambda thing: stored(thing.node, dtype))

    def lora(
        self,
        r: Dim,
        targets: str | Iterable[str] | None = None,
        *,
        bias: str = "none",
        modules_to_save: Iterable[str] = (),
        layers: Iterable[int] | None = None,
    ) -> Formula:
        """The parameters that LoRA of rank ``r`` trains, in the modules of the names ``targets`` or in ``"all-linear"``.

        As in peft, ``bias="all"`` trains all biases too and ``"lora_only"`` those of the targeted modules, modules whose names end
        in one of ``modules_to_save`` are trained as a whole, and ``layers`` has the numbers of the blocks that are adapted.
        """
        from .sisters.lora import lora

        return self._quantity(lambda thing: lora(thing.node, r, targets, bias, modules_to_save, layers))

    def without(self, *parts: str) -> Formula:
        """The count without ``"embeddings"``, the ``"head"``, ``"experts"``, ``"biases"``, ``"norms"``, or a module by its name."""
        from .sisters.left_out import without

        return self._quantity(lambda thing: without(thing.node, *parts))

    def _quantity(self, made: Callable[[Countable], Node]) -> Formula:
        """A quantity whose tree is made of a model, this one or the same in numbers."""
        from .quantity import Quantity

        return Quantity(made(self), self.letter_values(), self.count if self.holds_given else None)

    # ------------------------------------------------------------ for questions
    @property
    def holds_given(self) -> Sequence[str]:
        """The conditions under which its count holds, where it has any."""
        return ()

    @property
    def doubts(self) -> Sequence[str]:
        """The things that its source leaves open, a sentence each."""
        return ()

    def _left_out(self) -> Sequence[str]:
        """The things that it holds but does not count, a sentence each."""
        return ()

    @property
    def in_series(self) -> bool:
        """Whether each of its layers is known to read the output of the one before."""
        return False

    @property
    def in_order(self) -> bool:
        """Whether its layers are in the order in which they were made, and not in that of their names."""
        return True

    def layers_in_letters(self) -> Mapping[str, Layer]:
        """The layers that are made from the same sizes, by their names, with a letter for each such size."""
        return {}

    def letters_used(self) -> set[str]:
        """The letters in its sizes."""
        return set(self.count.letters)

    def letter_values(self) -> Mapping[str, int]:
        """The number of each letter, if it was read with numbers."""
        return {}

    def own_sizes(self) -> Mapping[str, int]:
        """The number of each letter, where its source has them by nature, as a config has, and not because letters were asked for."""
        return {}

    def letter_meanings(self) -> Mapping[str, str]:
        """The meaning of letters that its source names itself, as a config names its fields."""
        return {}

    def other_counts(self) -> Iterable[tuple[str, str, int]]:
        """Other ways to count it that its source knows: a kind, a clause that says it, and the number."""
        return ()

    def known_output_shape(self) -> object:
        """The shape of its output, or of several outputs; None if it is not known."""
        return None

    def by_itself(self, taken: Iterable[str] = (), sizes: Mapping[str, Dim] | None = None) -> Self:  # noqa: ARG002
        """The same with an input: if it has none yet, one in letters that are not ``taken``, or of these ``sizes``."""
        return self

    def in_view_of(self, other: Countable) -> Self:  # noqa: ARG002
        """The same; where its source could mean several layers, the ones nearest to another model are chosen."""
        return self

    # ------------------------------------------------------------ composing
    def __rmul__(self, copies: object) -> Countable:
        return Multiple(copies, self)

    def __mul__(self, copies: object) -> Countable:
        """The same as ``copies * model``."""
        return self.__rmul__(copies)

    def __add__(self, other: object) -> Any:
        return Together(self, other) if isinstance(other, Countable) else NotImplemented

    def _as_part(self) -> Countable:
        """The same as a part of a larger model of its framework."""
        return self

    def _repeated(self, copies: Dim) -> Countable:  # noqa: ARG002
        """Copies of it, each with weights of its own, as one part of a larger model of its framework."""
        raise SettingError(f"{self.title} belongs to no framework, so its copies cannot be a part of a framework's model")

    def _in_turn(self, parts: Sequence[Countable]) -> Countable:  # noqa: ARG002
        """Parts of its framework, one after another, as one part of a larger model."""
        raise SettingError(f"{self.title} belongs to no framework, so it cannot be a part of a framework's model")

    def changes_to(self, other: Countable) -> SettingChanges | None:  # noqa: ARG002
        """The settings in which another model of the same kind differs, where the models know them; None where parts are compared."""
        return None

    def _repr_latex_(self) -> str | None:
        try:
            formula = self.count._repr_latex_()
        except ShapeError:  # a layer that has no input yet has no count to show
            return None
        if not assumed_of(self):
            return formula
        from .assumptions import printed
        from .notation.escaping import with_notes_below

        return with_notes_below(formula, [f"assumed: {each}" for each in printed(assumed_of(self))])


class Layer(Declared, Countable, abstract=True):
    """A layer in the paper's letters. Frozen, equal by value; see this module's text for how one is written."""

    sets_width: ClassVar[bool] = (
        False  # whether its own sizes, units or filters, set the width of its output, even if that equals the width of its input
    )

    def __init_subclass__(cls, abstract: bool = False) -> None:
        super().__init_subclass__(abstract)
        cls.sets_width = any(its.is_size and field not in FROM_THE_INPUT for field, its in cls.fields.items())

    def weights(self) -> Node:
        """The weights of the layer, as a tree."""
        raise NotImplementedError(f"{type(self).__name__} does not define its weights; add weights()")

    @property
    def node(self) -> Node:
        """The weights of the layer, as a tree."""
        return declared(self)

    @property
    def parts(self) -> list[Part]:
        """The layer itself."""
        return [Part(name=self.title.lower(), title=self.title, layer=self, node=declared(self))]


class SameIfRead:
    """A model that was read: equal to another with the same name, weights, numbers of letters and conditions."""

    def _identity(self) -> tuple[object, ...]:
        model: Any = self
        values = tuple(sorted(model.letter_values().items()))
        return type(self), model.title, model.node, values, tuple(model.holds_given)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameIfRead) and (self is other or self._identity() == other._identity())

    def __hash__(self) -> int:
        return hash(self._identity())


class Part(Frozen):
    """One layer of a model. ``because`` has the reason of each field of ``layer`` that departs from its default.

    ``input_shape`` is the shape of its input, and ``input_because`` the reason for its width. ``copies`` has the number of
    copies where that is a letter, by what they are for: ``{"layers": L}``; ``node`` is all of them. ``stored`` gives the
    tensors that a framework keeps them in, each with the path of its weight in the tree of ``layer``. ``chosen`` is true
    where a user is known to have written the whole name, ``is_tensor`` where that is the name of the only tensor.
    """

    name: str
    title: str
    layer: Layer
    node: Node
    because: Mapping[str, str] = {}
    input_shape: OpenShape | list[OpenShape] | None = None
    input_because: str = ""
    copies: Mapping[str, Dim] = {}
    stored: Callable[[], list[tuple[str, Tensor]]] = list
    chosen: bool = False
    is_tensor: bool = False

    def under(self, name: str, chosen: bool = False) -> Part:
        """The same part inside a layer or model of that name."""
        return self.but(name=f"{name}/{self.name}", chosen=self.chosen and chosen)

    def times(self, per: str, copies: Dim) -> Part:
        """So many copies of the same part."""
        copies_before = self.copies.get(per, 1)
        return self.but(node=times(self.node, **{per: copies}), copies={**self.copies, per: copies_before * copies})

    def all_of(self, node: Node) -> Node:
        """The tree of all its copies, from a tree of one copy."""
        return times(node, **self.copies) if self.copies else node


PER = "models"  # what the copies of a multiple are for


class Multiple(Countable):
    """``copies`` of a layer or model, each with weights of its own: ``compare(2 * a, b)`` shows where b is not simply twice a.

    A module, model or container of the same framework takes it as a part: ``nn.Sequential(embedding, L * Block(d), head)``.

    >>> from symparams.layers import LSTM
    >>> print((2 * LSTM.symbolic()).count)
    2*4*(m*n + n**2 + n)
    """

    def __init__(self, copies: object, thing: Countable) -> None:
        self.copies: Dim = size(copies, "the number of copies of a model")
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Multiple) and (self.copies, self.thing) == (other.copies, other.thing)

    def __hash__(self) -> int:
        return hash((self.copies, self.thing))

    @property
    def node(self) -> Node:
        """All its weights."""
        return times(self.thing.node, **{PER: self.copies})

    @property
    def parts(self) -> list[Part]:
        """The layers of one copy, each multiplied by the number of copies."""
        return [part.times(PER, self.copies) for part in self.thing.parts]

    @property
    def buffer_count(self) -> Formula:
        """The buffers of all copies."""
        return Formula(times(self.thing.buffer_count.node, **{PER: self.copies}))

    def formula(self, node: Node) -> Formula:
        """A count, under the conditions of one copy."""
        return self.thing.formula(node)

    @property
    def holds_given(self) -> Sequence[str]:
        """The conditions of one copy."""
        return self.thing.holds_given

    @property
    def title(self) -> str:
        """``2 x LSTM``."""
        title = self.thing.title
        return f"{self.copies} x ({title})" if ", " in title else f"{self.copies} x {title}"

    def letters_used(self) -> set[str]:
        """The letters in its sizes, and in the number of copies."""
        own = {letter.name for letter in getattr(self.copies, "free_symbols", ())}
        return own | self.thing.letters_used()

    def by_itself(self, taken: Iterable[str] = (), sizes: Mapping[str, Dim] | None = None) -> Multiple:
        """The same, with an input in letters if it has none."""
        alone = self.thing.by_itself(taken, sizes)
        return self if alone is self.thing else Multiple(self.copies, alone)

    def _as_part(self) -> Countable:
        return self.thing._as_part()._repeated(self.copies)

    def _repeated(self, copies: Dim) -> Countable:
        return self._as_part()._repeated(copies)

    def active(self, embedding: str = "all", *, experts: Dim | None = None, per_token: Dim | None = None) -> Formula:
        """The parameters that one token uses; with ``per_token``, the copies are the experts if none are inside them."""
        from .sisters.active import active
        from .sisters.roles import named_tensors

        alone = per_token is not None and experts is None and not any(each.is_expert for each in named_tensors(self.node))
        return self._quantity(lambda thing: active(thing.node, embedding, experts, per_token, alone))

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """The copies called one after another: the first takes the input, each other one the output of the one before it."""
        part: Any = self._as_part()
        return part(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if "thing" not in vars(self):  # while it is being copied
            raise AttributeError(name)
        raise AttributeError(f"{self.title} has no attribute {name!r}, since it is a multiple of a model")

    def __repr__(self) -> str:
        return f"<{self.title}>"


class Together(Countable):
    """Layers, models and multiples of them, one after another: ``k*Dense(d) + (L - k)*Other(d)``.

    >>> from symparams import symbols
    >>> from symparams.layers import GRU, LSTM
    >>> L = symbols("L")
    >>> print((LSTM.symbolic() + (L - 1) * GRU.symbolic()).count)
    4*(m*n + n**2 + n) + 3*(L - 1)*(m*n + n**2 + n)
    """

    def __init__(self, *things: Countable) -> None:
        self.things: tuple[Countable, ...] = tuple(
            each for thing in things for each in (thing.things if isinstance(thing, Together) else (thing,))
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Together) and self.things == other.things

    def __hash__(self) -> int:
        return hash(self.things)

    @property
    def node(self) -> Node:
        """All its weights."""
        return beside(*(named(str(number), thing.node) for number, thing in enumerate(self.things)))

    @property
    def parts(self) -> list[Part]:
        """The layers of each of them."""
        return [part.under(str(number)) for number, thing in enumerate(self.things) for part in thing.parts]

    @property
    def buffer_count(self) -> Formula:
        """The buffers of all of them."""
        return Formula(beside(*(thing.buffer_count.node for thing in self.things)))

    @property
    def title(self) -> str:
        """``k x Dense + LSTM``."""
        return " + ".join(thing.title for thing in self.things)

    def letters_used(self) -> set[str]:
        """The letters in the sizes of all of them."""
        return set[str]().union(*(thing.letters_used() for thing in self.things))

    def by_itself(self, taken: Iterable[str] = (), sizes: Mapping[str, Dim] | None = None) -> Together:
        """The same, with inputs in letters where they have none."""
        return Together(*(thing.by_itself(taken, sizes) for thing in self.things))

    def _as_part(self) -> Countable:
        first, *others = (thing._as_part() for thing in self.things)
        return first._in_turn([first, *others])

    def _repeated(self, copies: Dim) -> Countable:
        return self._as_part()._repeated(copies)

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """All of them called one after another."""
        part: Any = self._as_part()
        return part(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<{self.title}>"


# ---------------------------------------------------------------- the subject of a question
def subject_of_count(thing: object, question: str) -> Formula | Countable:
    """The subject of a question about a count: a formula as it is, an expression as a formula, anything else with an input.

    Raises :class:`SettingError`, with the question, for a thing without a count.
    """
    if isinstance(thing, Formula):
        return thing
    return formula_of_expression(thing) if is_symbolic(thing) else countable(thing, question).by_itself()


def countable(thing: object, question: str) -> Countable:
    """The subject of a question about a model. Raises :class:`SettingError`, with the question, for anything else."""
    if not isinstance(thing, Countable):
        raise SettingError(f"{question}, not {unread(thing)}")
    return thing


def assumed_of(thing: object) -> Sequence[Assumption]:
    """What the letters of a model that was read take for granted, a sentence each."""
    found: Sequence[Assumption] = assumed_of(thing.thing) if isinstance(thing, Multiple) else getattr(thing, "assumed", ())
    return found


def count_of(thing: Formula | Countable) -> Formula:
    """The count of a formula, a layer or a model."""
    return thing if isinstance(thing, Formula) else thing.count
