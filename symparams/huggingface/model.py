"""What ``from_huggingface`` gives: a model whose letters are the fields of its config."""

from __future__ import annotations

from .._startup.limits import TENSORS_OF_A_CONFIG
from .._startup.once import cached_property
from ..core.conventions import Tensor
from ..core.model import Countable, SameIfRead
from ..errors import SettingError, SizeError
from ..tables.answer import Shown
from .configured import Configured
from .counting import Evaluation, with_indices
from .formula import ConfiguredFormula, ConfiguredQuantity
from .lora_targets import TARGETS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping

    from ..core.formula import Formula
    from ..core.model import Part
    from ..core.setting_changes import SettingChanges
    from ..core.sizes import Dim
    from ..core.tree import Node
    from .adapters import Adapter
    from .file_proof import FileProof
    from .summary import TensorSummary


class ConfiguredModel(SameIfRead, Configured, Countable, Shown):
    """The model of a config: a class of transformers in the letters of papers.

    ``values`` has the number of each letter and ``letters`` its field; ``settings`` are the fields that decided which tensors
    there are, ``assumed`` what the config leaves to the defaults of its class, and ``ignored`` the fields that cannot change a
    count.
    """

    #: The LoRA whose config is beside that of the model; None without one.
    adapter: Adapter | None = None

    # ------------------------------------------------------------ counts
    @property
    def node(self) -> Node:
        return self.form.node

    @property
    def count(self) -> Formula:
        return ConfiguredFormula(self, "count")

    @property
    def untied_count(self) -> Formula:
        return ConfiguredFormula(self, "untied")

    @property
    def trainable_count(self) -> Formula:
        return ConfiguredFormula(self, "trainable")

    @property
    def buffer_count(self) -> Formula:
        return ConfiguredFormula(self, "buffers")

    # ------------------------------------------------------------ beside the count
    def active(self, embedding: str = "all", *, experts: Dim | None = None, per_token: Dim | None = None) -> Formula:
        if per_token is not None or not self.has_experts:
            return super().active(embedding, experts=experts, per_token=per_token)
        from ..core.sisters.active import active
        from ..core.sisters.roles import named_tensors

        def made(thing: Countable) -> Node:
            assert isinstance(thing, ConfiguredModel)
            if experts is None and not any(each.is_expert for each in named_tensors(thing.node)):
                return active(thing.node, embedding, None, None)  # no layer has any at these sizes
            every, used = thing.experts
            return active(thing.node, embedding, every if experts is None else experts, used)

        return self._quantity(made)

    def _quantity(self, made: Callable[[Countable], Node]) -> Formula:
        return super()._quantity(made) if self.open or self.in_numbers else ConfiguredQuantity(self, self.numbers, made)

    @cached_property
    def numbers(self) -> ConfiguredModel:
        """The same model with its numbers in place of letters."""
        return self.with_numbers()

    def kv_cache(self, dtype: str | None = None, *, tokens: Dim | None = None, cross: bool = False) -> Formula:
        """The elements that one token leaves in the KV cache, or with a ``dtype`` their bytes.

        With ``tokens``, the whole cache of a text of that length, where layers with a sliding window keep no more than it; a
        window is one token shorter than ``sliding_window``, since the next token is in it, too. ``cross=True`` is what the tokens
        of the encoder leave for the decoder.
        """
        if tokens is None or cross:
            return super().kv_cache(dtype, tokens=tokens, cross=cross)
        from ..core.sisters.cache import kv_cache
        from .windows import sliding_layers

        sliding, window = sliding_layers(self.config)
        return self._quantity(lambda thing: kv_cache(thing.node, dtype, cross, tokens, sliding, window))

    def lora(
        self,
        r: Dim | None = None,
        targets: str | Iterable[str] | None = None,
        *,
        bias: str = "none",
        modules_to_save: Iterable[str] = (),
        layers: Iterable[int] | None = None,
    ) -> Formula:
        """The parameters that LoRA of rank ``r`` trains; without ``targets``, in the modules that peft chooses for the type.

        ``lora()`` counts the adapter in the directory that the model was read from.
        """
        its = self.adapter
        if r is None and its is None:
            raise SettingError("lora() needs a rank, as in lora(8): no adapter_config.json was read with the model")
        if its is not None and r is None and targets is None:
            r, targets, bias, modules_to_save, layers = its.r, its.targets, its.bias, its.modules_to_save, its.layers
        if r is None:
            raise SettingError("lora(targets=...) needs a rank, too, as in lora(8, ['q_proj'])")
        if targets is None:
            targets = TARGETS.get(self.config.table.model_type)
            if targets is None:
                raise SettingError(
                    f"peft has no modules of its own for {self.config.table.model_type}: name them, as in lora(r, targets=['q_proj'])"
                )
        return super().lora(r, targets, bias=bias, modules_to_save=modules_to_save, layers=layers)

    # ------------------------------------------------------------ tensors
    def tensors(self) -> list[Tensor]:
        """Every parameter by the name that transformers gives it, in numbers; ``tied_to`` is the first use of a tied one."""
        if self.totals.untied and self.number_of_tensors() > TENSORS_OF_A_CONFIG:
            raise SizeError(f"{self.name} has {self.number_of_tensors()} tensors, too many to list one by one")
        evaluation = Evaluation(self.config)
        found = [each for site in self.sites if not site.row.buffer for each in evaluation.tensors(site, one_by_one=True)]
        listed = [
            Tensor(
                path=(path := with_indices(each.site.name, each.indices)),
                shape=each.shape,
                trainable=each.trainable,
                role=path.rpartition(".")[2],
                tied_to=each.tied_to,
            )
            for each in found
        ]
        ties = {each.path: each.tied_to for each in listed if each.tied_to is not None}
        return [each.but(tied_to=end_of(each.tied_to, ties)) if each.tied_to is not None else each for each in listed]

    def prove(self, path: str | os.PathLike[str]) -> FileProof:
        """Whether a file has the tensors that the formula counts, and those that differ.

        ``path`` is a ``.safetensors`` file, the index of several, a directory with either, or a ``.gguf`` file, of which only the
        headers are read.
        """
        from .file_proof import FileProof
        from .files import shapes_in

        return FileProof(self.name, self.tensors(), shapes_in(path))

    # ------------------------------------------------------------ what questions ask
    @property
    def built(self) -> bool:
        """True, since a config always has all sizes."""
        return True

    @property
    def title(self) -> str:
        return self.name

    @property
    def parts(self) -> list[Part]:
        from .parts import parts_of

        return parts_of(self.node)

    @property
    def replaced(self) -> dict[str, str]:
        """Nothing, since the letters are those of the fields."""
        return {}

    def letter_values(self) -> Mapping[str, int]:
        return self.values

    def own_sizes(self) -> Mapping[str, int]:
        return {name: self.values[name] for name in self.count.letters if name in self.values}

    def letter_meanings(self) -> Mapping[str, str]:
        return self.letters

    def other_counts(self) -> Iterable[tuple[str, str, int]]:
        from .other_counts import other_counts
        from .other_quantities import other_quantities

        yield from other_counts(self)
        yield from other_quantities(self, self)

    def summary(self) -> TensorSummary:
        """The table of its tensors, a row for each name."""
        from .summary import TensorSummary

        return TensorSummary(self)

    _summary = summary  # by this name a table asks every model

    def in_view_of(self, other: Countable) -> ConfiguredModel:
        """The same model in numbers, unless the other has the same letters: two configs share letters, but not their values."""
        theirs = set() if isinstance(other, ConfiguredModel) else other.letters_used()
        return self if self.in_numbers or (theirs and theirs <= {*self.values}) else self.with_numbers()

    def changes_to(self, other: Countable) -> SettingChanges | None:
        from .changes import setting_changes

        return setting_changes(self, other) if isinstance(other, ConfiguredModel) else None

    def with_numbers(self) -> ConfiguredModel:
        """The same model with its numbers in place of letters."""
        made = ConfiguredModel(self.config, self.class_name, self.sites, self.notes, self.name)
        made.in_numbers, made.adapter = True, self.adapter
        return made

    def _answer(self) -> TensorSummary:
        return self.summary()

    def __repr__(self) -> str:
        return f"<{self.name}, {self.number('count')} parameters>" if not self.open else f"<{self.name}, {self.count} parameters>"


def end_of(name: str, ties: Mapping[str, str]) -> str:
    """The tensor at the end of a chain of ties."""
    seen: set[str] = set()
    while name in ties and name not in seen:
        seen.add(name)
        name = ties[name]
    return name
