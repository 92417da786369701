"""What templates were compiled to, kept from build to build: half a second of each, and most of a small site's.

It is code, and read as Python reads its own from `__pycache__`: from beside the code that made it, never from beside
the content, which may be somebody else's; only where nobody but the owner could write the file; and never damaged. Kept
is what follows from a template's text, the language, this code and Jinja: nothing where a filter is somebody else's.
Of this code it is all of the plugins' where constants are folded, whose filters Jinja then calls, else this module.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator

from plugins.core import files
from plugins.sections.own_code import own_code

FOLDER = Path(__file__).parents[2] / ".cache" / "templates"
_DIGEST = 32  # bytes of a digest, with which a file begins
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_KNOWN = frozenset({"plugins", "pelican", "jinja2", "markupsafe", "builtins", "_operator"})
"""Packages whose filters, tests and extensions give the same as long as the code and the versions are the same."""

_OPTIONS = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string", "comment_start_string",
    "comment_end_string", "line_statement_prefix", "line_comment_prefix", "trim_blocks", "lstrip_blocks",
    "newline_sequence", "keep_trailing_newline", "optimized", "finalize", "autoescape", "policies",
)  # fmt: skip
"""What else the compiler looks at. Source: https://jinja.palletsprojects.com/en/stable/api/#jinja2.Environment"""


class WithoutFolding(CodeGenerator):
    """Jinja's compiler, which carries out no filter, test or other expression: so none of our code is in what it makes.

    With it, the theme's 60 templates are not compiled again, for a second, whenever any of a plugin's code changes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.optimizer = None

    def _output_child_to_const(self, node: nodes.Expr, *args: Any) -> str:
        """Say of a part of the output what it will be; Jinja then puts that into the code."""
        if not isinstance(node, nodes.TemplateData | nodes.Const):
            raise nodes.Impossible
        return super()._output_child_to_const(node, *args)

    def visit_EvalContextModifier(self, node: nodes.EvalContextModifier, frame: Any) -> None:  # noqa: N802 - Jinja's
        """Switch escaping on or off; where no constant says which, that is known when the page is printed."""
        for option in node.options:
            if isinstance(option.value, nodes.Const):
                super().visit_EvalContextModifier(nodes.EvalContextModifier([option]), frame)
            else:
                self.writeline(f"context.eval_ctx.{option.key} = ")
                self.visit(option.value, frame)
                frame.eval_ctx.volatile = True


class CompiledTemplates(BytecodeCache):
    """The code of a build's templates, by the language they are printed in, and in a folder for the builds to come.

    By the language, since Jinja carries out a filter of a constant when it compiles, and words differ. A build has an
    environment for each generator: one of a wire compiled 57 templates where it has 25.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._compiled: dict[tuple[str, str, str], Any] = {}
        self._kinds: dict[Environment, str] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into the bucket, if there is some."""
        key = _key(bucket)
        if key not in self._compiled and (place := self._place(bucket)):
            head = _head(bucket)
            data = _own_bytes(place)
            digest, rest = data[:_DIGEST], data[_DIGEST:]
            if rest.startswith(head) and digest == sha256(rest).digest():
                bucket.bytecode_from_string(rest.removeprefix(head))
                self._compiled[key] = bucket.code
        bucket.code = self._compiled.get(key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code."""
        self._compiled[_key(bucket)] = bucket.code
        if place := self._place(bucket):
            data = _head(bucket) + bucket.bytecode_to_string()
            try:
                files.replace(place, sha256(data).digest() + data, durable=False)
            except OSError:  # it can be compiled again
                self._kinds[bucket.environment] = ""

    def _place(self, bucket: Bucket) -> Path | None:
        """Return the file of a template in a language, None where it is not to be kept.

        Its next version, or what other code makes of it, is written over it.
        """
        if bucket.environment not in self._kinds:
            self._kinds[bucket.environment] = _kind(bucket.environment)
        kind = self._kinds[bucket.environment]
        if not kind:
            return None
        name = sha256("\0".join((bucket.key, _language(bucket), kind)).encode()).hexdigest()
        return self._folder / name


def _key(bucket: Bucket) -> tuple[str, str, str]:
    return bucket.key, bucket.checksum, _language(bucket)


def _language(bucket: Bucket) -> str:
    return str(bucket.environment.globals.get("PAGE_LANG"))


def _head(bucket: Bucket) -> bytes:
    """Return what a kept file begins with: digests of the code that compiled, and of the template's text."""
    folds = bucket.environment.code_generator_class is not WithoutFolding
    return f"{_code(folds=folds)} {bucket.checksum}\n".encode()


@cache
def _code(*, folds: bool) -> str:
    code = own_code() if folds else sys.version + Path(__file__).read_text("utf-8")
    versions = list(map(version, ("pelican", "jinja2", "markupsafe", "babel")))
    return sha256(repr([code, versions]).encode()).hexdigest()


def _own_bytes(path: Path) -> bytes:
    """Return a file's bytes, none where somebody else may have written it, or where it is not there."""
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())  # of the file that is open, and not of what has its name by now
            if found.st_uid == os.geteuid() and not found.st_mode & _OTHERS:
                return file.read()
            return b""
    except OSError:
        return b""


def _kind(environment: Environment) -> str:
    """Return what tells an environment from others that compile differently, "" where nothing does."""
    calls = dict(environment.filters)
    for name, test in environment.tests.items():
        calls[f"is {name}"] = test  # a filter may have the same name
    if not _KNOWN.issuperset(_packages(environment, calls)):
        return ""
    options = [repr(getattr(environment, name)) for name in _OPTIONS]
    plugins = getattr(environment.tests.get("plugin_enabled"), "keywords", {})  # Pelican's test, by a setting
    takes = {name: str(getattr(call, "jinja_pass_arg", "")) for name, call in sorted(calls.items())}
    return repr([options, plugins, takes, sorted(environment.extensions)])


def _packages(environment: Environment, calls: dict[str, Callable[..., Any]]) -> Iterator[str]:
    """Yield the packages that filters, tests and extensions are of."""
    modules = list(environment.extensions)
    for call in calls.values():
        made_of = getattr(call, "func", call)  # functools.partial's
        modules.append(str(getattr(made_of, "__module__", "")))
    for module in modules:
        yield module.partition(".")[0]
