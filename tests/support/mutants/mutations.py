"""Mutants of a module: mutmut's operators, applied wherever they change a decision or a value.

mutmut itself mutates neither constants nor decorated functions. Left out are texts and the arguments of calls, which mostly
end in an error at once, decorators, annotations and imports, cases of `match`, and the assignment of None to a constant.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

from tracker.settings import CHECKOUT

LEFT_OUT = {mutators.operator_string, mutators.operator_dict_arguments, mutators.operator_arg_removal}
OPERATORS = [(kind, operator) for kind, operator in mutators.mutation_operators if operator not in LEFT_OUT]
UNTOUCHED = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)
MODULE = "<module>"


@dataclass(frozen=True)
class Mutant:
    """One change of a module: the text from `start` to `end` is replaced.

    `function` is the outermost function whose body it changes, or `<module>`; `number` counts like changes of it.
    """

    path: str
    function: str
    text: str
    start: int
    end: int
    replacement: str
    number: int = 1

    @property
    def module(self) -> str:
        """The module's dotted name."""
        return self.path.removesuffix(".py").replace("/", ".")

    @cached_property
    def source(self) -> str:
        """The mutated module."""
        return self.text[: self.start] + self.replacement + self.text[self.end :]

    @cached_property
    def change(self) -> str:
        """The changed lines, before and after."""
        first = self.text.rfind("\n", 0, self.start) + 1
        last = (self.text + "\n").find("\n", self.end)
        before = self.text[first:last]
        after = self.text[first : self.start] + self.replacement + self.text[self.end : last]
        return f"{' '.join(before.split())} → {' '.join(after.split())}"

    @property
    def key(self) -> str:
        """The name of the mutant in stored results."""
        return f"{self.path} {self.function}: {self.change} #{self.number}"

    @cached_property
    def digest(self) -> str:
        """The digest of the module, whose change asks for another run."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


class _Sites(cst.CSTVisitor):
    """Collects each changed node with the function around it."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.functions: list[str] = []
        self.classes: list[str] = []
        self.changes: list[tuple[cst.CSTNode, cst.CSTNode, str]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, UNTOUCHED):
            return False
        if isinstance(node, cst.ClassDef):
            self.classes.append(node.name.value)
        if isinstance(node, cst.FunctionDef):
            # Defaults are values of the module: they are computed when the function is defined.
            node.params.visit(self)
            self.functions.append(".".join([*self.classes, node.name.value]))
            node.body.visit(self)
            self.functions.pop()
            return False
        for kind, operator in OPERATORS:
            if isinstance(node, kind) and (self.functions or operator is not mutators.operator_assignment):
                where = self.functions[0] if self.functions else MODULE
                self.changes += [(node, changed, where) for changed in operator(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.ClassDef):
            self.classes.pop()


def mutants_of(path: Path) -> list[Mutant]:
    """Return the mutants of a module in the order of its text."""
    text = path.read_text()
    wrapper = MetadataWrapper(cst.parse_module(text))
    positions, sites = wrapper.resolve(PositionProvider), _Sites()
    wrapper.visit(sites)
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    name, numbers, mutants = str(path.relative_to(CHECKOUT)), Counter[str](), []
    for node, changed, function in sites.changes:
        at = positions[node]
        start, end = (starts[place.line - 1] + place.column for place in (at.start, at.end))
        replacement = wrapper.module.code_for_node(changed)
        mutant = Mutant(name, function, text, start, end, replacement)
        if isinstance(node, cst.Match) or mutant.source == text:
            continue
        numbers[mutant.key] += 1
        mutants.append(replace(mutant, number=numbers[mutant.key]))
    return mutants
