"""A mutant in place of the original, in a process that has imported everything.

A change inside a function replaces the code of the function objects that exist, decorated ones too. A change of a constant
runs the mutated module again, then every module that imports it, each in its own namespace.
"""

import ast
import gc
import importlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from tests.support.mutants.mutations import MODULE, Mutant
from tracker.services import timeline
from tracker.settings import CHECKOUT

RELOADED = ("tracker.services", "worker", "tests")
"""Packages whose modules may run a second time; an interface state, for example, may not."""


class Originals:
    """Functions, caches and imports of the original code, read before any mutant runs."""

    def __init__(self) -> None:
        self.functions: dict[tuple[str, str], list[FunctionType]] = defaultdict(list)
        self.caches: list[Any] = []
        for value in gc.get_objects():
            if type(value) is FunctionType:
                code = value.__code__
                self.functions[code.co_filename, code.co_qualname].append(value)
            elif type(value).__name__ == "_lru_cache_wrapper" and _module(value).startswith(RELOADED[0]):
                self.caches.append(value)

    def inject(self, mutant: Mutant) -> None:
        """Put the mutant in place, and forget what the original has computed."""
        path = str(CHECKOUT / mutant.path)
        program = compile(mutant.source, path, "exec", dont_inherit=True)
        if mutant.function == MODULE:
            self._run_again(mutant.module, program)
        else:
            codes = list(_codes(program))
            names = Counter(code.co_qualname for code in codes)
            for code in codes:
                is_inside = code.co_qualname.startswith(f"{mutant.function}.<locals>.")
                # A function made at import, such as a parser, keeps its own code; two lambdas share a name.
                if code.co_qualname == mutant.function or (is_inside and names[code.co_qualname] == 1):
                    for function in self.functions[path, code.co_qualname]:
                        function.__code__ = code
        self.clear_caches()

    def clear_caches(self) -> None:
        """Forget results and prepared queries, so that the functions behind them run again."""
        for cache in self.caches:
            cache.cache_clear()

    def _run_again(self, name: str, program: CodeType) -> None:
        names = self._importers(name)
        timeline._listeners[:] = [each for each in timeline._listeners if _module(each) not in names]
        exec(program, sys.modules[name].__dict__)  # noqa: S102
        for importer in names:
            if importer != name:
                importlib.reload(sys.modules[importer])

    def _importers(self, name: str) -> list[str]:
        """Return a module and all that import it, each after those it imports itself."""
        affected, waiting = {name}, [name]
        while waiting:
            imported = waiting.pop()
            for importer, modules in self._imports.items():
                if imported in modules and importer not in affected:
                    affected.add(importer)
                    waiting.append(importer)
        graph = {importer: self._imports[importer] & affected for importer in affected}
        return list(TopologicalSorter(graph).static_order())

    @cached_property
    def _imports(self) -> dict[str, set[str]]:
        """The modules that each module imports as it starts."""
        return {
            name: set(_imported(module))
            for name, module in list(sys.modules.items())
            if name.startswith(RELOADED) and ".mutants" not in name and getattr(module, "__file__", None)
        }


def _module(value: Any) -> str:
    return getattr(value, "__module__", None) or ""


def _codes(program: CodeType) -> Iterator[CodeType]:
    for constant in program.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _imported(module: ModuleType) -> Iterator[str]:
    for node in ast.parse(Path(str(module.__file__)).read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from names
            if not all(name in sys.modules for name in names):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
