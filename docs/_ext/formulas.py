"""The formula reference, printed from the definitions: ``{formulas}`` walks our layers, ``{catalogue}`` the frameworks'.

Every formula, size and reason is read off the layers and the catalogue; none is written down again here.
"""

from __future__ import annotations

import inspect
import sys
from functools import cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pieces import class_link, code, display, paragraph, section, section_link, table, tex
from sphinx.util.docutils import SphinxDirective

from symparams import layers, prove
from symparams.catalogue import whole_catalogue
from symparams.core.catalogue import ALWAYS
from symparams.core.fields import REQUIRED
from symparams.core.formula import Formula
from symparams.core.frameworks import frameworks
from symparams.core.model import Layer
from symparams.core.sizes import symbol
from symparams.core.tree import Tied, leaves, weight
from symparams.errors import listed
from symparams.errors import several as so_many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from symparams.core.catalogue import Entry, Option
    from symparams.core.conventions import Tensor
    from symparams.core.framework import Framework, Known, Release
    from symparams.core.sizes import Dim
    from symparams.core.tree import Node


# ---------------------------------------------------------------- reading the definitions
@cache
def classes() -> dict[str, type[Layer]]:
    """Every public layer, in the order in which the files define them."""
    found = {name: getattr(layers, name) for name in layers.__all__}
    return dict(sorted(found.items(), key=lambda item: (item[1].__module__, inspect.getsourcelines(item[1])[1])))


def first_paragraph(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def size_tex(size: Dim | tuple[Dim, ...]) -> str:
    """One size as LaTeX, as the library itself prints it."""
    if isinstance(size, tuple):
        return ", ".join(map(size_tex, size))
    return count_tex(Formula(weight("size", size)), "expanded")


def letter_tex(name: str) -> str:
    return size_tex(symbol(name))


def shape_tex(shape: tuple[Dim, ...]) -> str:
    return rf"\left({size_tex(shape)}{',' if len(shape) == 1 else ''}\right)"


def count_tex(count: Formula, form: str = "written") -> str:
    return count.latex(form)


def all_letters(cls: type[Layer]) -> Layer:
    """The layer with letters for its settings as well."""
    settings = {name: symbol(field.letter) for name, field in cls.fields.items() if field.number and not field.fixed}
    return cls.symbolic(**several(cls), **settings)


def several(cls: type[Layer]) -> dict[str, tuple[Dim, ...]]:
    """Letters for fields with one size per axis, those of its first entry in the catalogue; none if one letter is enough."""
    letters = next((entry.letters for entry in whole_catalogue().values() if entry.layer is cls), {})
    return {field: tuple(map(symbol, names.split())) for field, names in letters.items() if field in cls.fields}


# ---------------------------------------------------------------- our layers
class Formulas(SphinxDirective):
    """All layers of ``symparams.layers``: sizes, weights, formula."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        return [self.family(module, list(members)) for module, members in groupby(classes().items(), lambda its: its[1].__module__)]

    def family(self, module: str, members: list[tuple[str, type[Layer]]]) -> nodes.section:
        file = module.rpartition(".")[2]
        return section(
            file.replace("_", " ").capitalize(),
            f"family-{file}",
            paragraph(first_paragraph(sys.modules[module])),
            *(self.layer(name, cls) for name, cls in members),
        )

    def layer(self, name: str, cls: type[Layer]) -> nodes.section:
        its = cls.symbolic(**several(cls))
        made = section(name, f"formula-{name}", paragraph(first_paragraph(cls)), code=True)
        self.state.document.note_explicit_target(made)
        made += display(count_tex(its.count))
        if several(cls):
            axes = [
                [" and " if place else "", code(field), " ", tex(shape_tex(its))]
                for place, (field, its) in enumerate(several(cls).items())
            ]
            made += paragraph("The formula is shown for ", *chain(*axes), ".")
        made += self.sizes(cls)
        made += paragraph("Its weights:")
        made += weights_table(its.weights())
        made += self.forms(cls, its)
        made += paragraph("In Python: ", class_link(f"symparams.layers.{name}", f"symparams.layers.{name}"), self.used_by(cls))
        return made

    def sizes(self, cls: type[Layer]) -> nodes.table:
        rows = []
        for name, field in cls.fields.items():
            if field.fixed:
                value = [code(field.default), " always"]
            else:
                value = ["required" if field.default is REQUIRED else code(field.default)]
            several = ", one per axis" if field.several else ""
            rows.append(([tex(letter_tex(field.letter))], [code(name)], field.doc + several, value))
        return table(["Letter", "Size", "Meaning", "Default"], rows, "reasons")

    def forms(self, cls: type[Layer], its: Layer) -> Iterator[nodes.Node]:
        written, rows = count_tex(its.count), []
        general = count_tex(all_letters(cls).count)
        if general != written:
            rows.append(("with a letter for every setting", tex(general)))
        for form in ("expanded", "factored"):
            other = count_tex(its.count, form)
            if other not in (written, *(row[1].astext() for row in rows)):
                rows.append((form, tex(other)))
        if its.non_trainable_count != 0:
            rows += [("trained", tex(count_tex(its.trainable_count))), ("not trained", tex(count_tex(its.non_trainable_count)))]
        if rows:
            yield paragraph("Other forms of the count:")
            yield table(["Form", "Count"], rows)

    def used_by(self, cls: type[Layer]) -> nodes.inline:
        users = [entry.name for entry in whole_catalogue().values() if entry.layer is cls]
        made = nodes.inline()
        for place, user in enumerate(users):
            made += [nodes.Text(". In the catalogue: " if place == 0 else ", "), section_link(f"catalogue-{user}", user)]
        made += nodes.Text(". " if users else ".")
        if users:
            its = [prove(whole_catalogue()[user], shipped=True) for user in users]
            against = dict.fromkeys(proof.against for each in its for proof in each if each.proved)
            made += [section_link("proofs", "Proved for all sizes"), nodes.Text(f" against {listed(against)}.")]
        return made


def weights_table(node: Node) -> nodes.table:
    rows = []
    for path, leaf, around in leaves(node):
        if any(copies.copies == 0 for copies in around):
            continue
        copies = [rf"{size_tex(each.copies)}\ \text{{{each.per.replace('_', ' ')}}}" for each in around if each.copies != 1]
        trained = f"the same as {leaf.to}" if isinstance(leaf, Tied) else "yes" if leaf.trainable else "no"
        rows.append((code(path), tex(shape_tex(leaf.shape)), tex(r" \times ".join(copies)) if copies else "one", trained))
    return table(["Weight", "Shape", "Copies", "Trained"], rows)


# ---------------------------------------------------------------- the frameworks' layers
def stored(core: Layer, entry: Entry) -> list[Tensor]:
    return entry.convention.tensors(core.weights())


class Catalogue(SphinxDirective):
    """All entries of the catalogue: our layer, how it is stored, the differences and their reasons."""

    def run(self) -> list[nodes.Node]:
        self.env.note_reread()
        catalogue = whole_catalogue().values()
        return [self.framework(each, [entry for entry in catalogue if each.owns(entry)]) for each in frameworks() if each.releases]

    def framework(self, its: Framework, entries: list[Entry]) -> nodes.section:
        made = section(its.title, f"framework-{entries[0].name.rpartition('.')[0]}")
        used: dict[str, list[tuple[Release, Known]]] = {}
        for release, known in its.classes():
            assert known.entry is not None
            used.setdefault(known.entry.name, []).append((release, known))
        made += [self.entry(entry, used[entry.name], len(its.releases) > 1) for entry in entries]
        return made

    def entry(self, entry: Entry, users: list[tuple[Release, Known]], by_release: bool) -> nodes.section:
        made = section(entry.name, f"catalogue-{entry.name}", code=True)
        self.state.document.note_explicit_target(made)
        ours = entry.layer.__name__
        made += paragraph("This is our ", section_link(f"formula-{ours}", ours), ".")
        alone = [("", entry.symbolic(), stored(entry.symbolic(), entry))]
        for releases, core, tensors in self.releases(entry, users) if by_release else alone:
            if releases:
                made += paragraph(releases, ":")
            made += display(count_tex(core.count))
            rows = [(code(each.path), tex(shape_tex(each.shape)), "yes" if each.trainable else "no") for each in tensors]
            made += table(["Tensor", "Shape", "Trained"], rows)
        if entry.options:
            made += table(["When", "Sets", "Because"], [self.option(each, users) for each in entry.options], "reasons")
        made += self.proved(users)
        return made

    def proved(self, users: list[tuple[Release, Known]]) -> nodes.paragraph:
        """Against which releases its formulas are proved, by the certificates that ship."""
        its = [prove(f"{release.path}.{known.name}", shipped=True) for release, known in users]
        against = listed(f"{each.against} ({so_many(len(each), 'formula')}, {each.builds} builds)" for each in its if each.proved)
        return paragraph(section_link("proofs", "Proved for all sizes"), f" against {against}.")

    def releases(self, entry: Entry, users: list[tuple[Release, Known]]) -> Iterator[tuple[str, Layer, list[Tensor]]]:
        """The layer and its tensors under the defaults of each release; releases that agree are grouped."""
        found: dict[Layer, list[Release]] = {}
        for release, known in users:
            found.setdefault(entry.symbolic(known.arguments), []).append(release)
        for core, agreed in found.items():
            yield "By default in " + listed(release.title for release in agreed), core, stored(core, entry)

    def option(self, option: Option, users: list[tuple[Release, Known]]) -> tuple[Any, ...]:
        where: list[Any] = ["always" if option.argument == ALWAYS else code(f"{option.argument}={option.value!r}")]
        by_default = [release.title for release, known in users if option.argument != ALWAYS and option.holds(known.arguments)]
        if by_default:
            where.append(f", the default in {listed(by_default)}")
        sets = ", ".join(f"{field}={value}" for field, value in option.settings.items())
        return where, code(sets), option.because


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("formulas", Formulas)
    app.add_directive("catalogue", Catalogue)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
