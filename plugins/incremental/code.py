"""The code that builds a site: which files it is in, and where it asks for what no fingerprint can hold."""

import ast
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from pelican.readers import BaseReader

from . import disk
from .recorder import BEFORE, is_installed

_ASKS = re.compile(
    rb"\b(?:now|utcnow|today|localtime|gmtime|ctime|getmtime|getctime|urandom|uuid1|uuid4|token_hex)\s*\("
    rb"|\btime\s*\(\s*\)|\btime\.time\b|\b(?:import|from)\s+(?:random|secrets)\b|\bst_[mc]time"
)
_TEMPLATE_ASKS = re.compile(rb"\b(?:now|utcnow|today)\s*\(|\|\s*random\b|\blipsum\s*\(")
_READS = frozenset({
    "open", "read_text", "read_bytes", "load", "loads", "listdir", "scandir", "iterdir", "glob", "rglob", "walk",
    "urlopen", "get", "environ", "getenv",
})  # fmt: skip
_KNOWN = frozenset({"pelican", "jinja2", "markdown", "docutils", "pygments", "typogrify", "smartypants", "markupsafe"})
"""Packages of which is known what they ask the time for: `build` sees to it."""

_OWN = __name__.rpartition(".")[0]
_loaded: dict[str, disk.Stamp | None] = {}
"""Files of modules, as they were when they were first asked for: before the first build of this process."""


def files() -> set[str]:
    """Return the files of all modules that are loaded."""
    found = set()
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and Path(path).is_absolute():
            found.add(path)
    return found


def changed() -> Iterator[str]:
    """Yield why the code that this process has loaded is not what its files say: one process may build many times."""
    for path in sorted(files()):
        now = disk.stamp(path)
        if _loaded.setdefault(path, now) != now:
            yield f"{path} changed since it was loaded"


def modules_of(plugins: Iterable[Any]) -> list[str]:
    """Return the names of the modules of plugins: Pelican takes modules, classes and objects for one."""
    found = []
    for plugin in plugins:
        found.append(plugin.__name__ if isinstance(plugin, ModuleType) else str(plugin.__module__))
    return found


def reasons(settings: Mapping[str, Any], plugins: Iterable[str], templates: Iterable[str]) -> Iterator[str]:
    """Yield why a site might not be the same tomorrow, or a second later, although nothing of it changed.

    Looks at the modules of `plugins`, and at all that settings name, not at what they import of others' libraries.
    """
    for name, module in sorted(_modules(settings, plugins).items()):
        source = _source(module)
        found = _ASKS.search(source) and _ASKS.search(_without_values(source, module, settings))
        if found:
            yield f"{name} asks for the time, or for chance ({found[0].decode()})"
        elif name in BEFORE and _reads_early(source):
            yield f"{name} may read files before it can be seen: name the plugin incremental before it in PLUGINS"
    for path in templates:
        if found := _TEMPLATE_ASKS.search(Path(path).read_bytes()):
            yield f"{path} asks for the time, or for chance ({found[0].decode()})"


def sources(settings: Mapping[str, Any], plugins: Iterable[str]) -> list[str]:
    """Return the names and digests of the modules of plugins, which may change how the libraries work."""
    found = []
    for name, module in sorted(_modules(settings, plugins).items()):
        found.append(f"{name} {hashlib.sha256(_source(module)).hexdigest()}")
    return found


def _modules(settings: Mapping[str, Any], plugins: Iterable[str]) -> dict[str, ModuleType]:
    """Return the modules of plugins, and of what settings name, with all modules beside them."""
    named = {*plugins, *_names(settings)}
    folders = set()
    for name in named:
        path = getattr(sys.modules.get(name), "__file__", None)
        # A package's own folder counts, but beside it in site-packages lie all the others, as beside Python's modules.
        if path and not _is_known(name) and not is_installed(path):
            folders.add(str(Path(path).parent))
    beside = tuple(f"{folder}/" for folder in folders)
    # Pelican imports all plugins that are installed below its name, and has but those work that settings name.
    inside = tuple(f"{name}." for name in named if not _is_known(name))
    found = {}
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if not isinstance(path, str) or _is_known(name) or name == _OWN or name.startswith(f"{_OWN}."):
            continue
        if name in named or path.startswith(beside) or name.startswith(inside):
            found[name] = module
    return found


def _without_values(source: bytes, module: ModuleType, settings: Mapping[str, Any]) -> bytes:
    """Return the source of a settings file without the values that it gives: each build compares these anyway.

    This year is in many a settings file, beside filters for templates, which may ask for the time by themselves.
    """

    def is_value(node: ast.stmt) -> bool:
        if not isinstance(node, ast.Assign) or any(isinstance(part, ast.Lambda) for part in ast.walk(node)):
            return False
        names = [target.id if isinstance(target, ast.Name) else "" for target in node.targets]
        return all(name in settings and settings[name] is getattr(module, name, None) for name in names)

    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    tree.body = [node for node in tree.body if not is_value(node)]
    return ast.unparse(tree).encode("utf-8", "surrogatepass")


def _is_known(name: str) -> bool:
    """Say whether a module is one of the packages of which it is known what they ask the time for."""
    return name.partition(".")[0] in _KNOWN and not name.startswith("pelican.plugins.")


def _names(settings: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of modules that settings name, or whose functions they hold, or that have a reader of texts."""
    for reader in BaseReader.__subclasses__():  # of which Pelican asks each, whoever has imported it
        yield reader.__module__
    markdown = settings.get("MARKDOWN") or {}
    jinja = settings.get("JINJA_ENVIRONMENT") or {}
    held = [*markdown.get("extensions", ()), *jinja.get("extensions", ()), settings.get("PELICAN_CLASS")]
    for key in ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS", "READERS"):
        held += (settings.get(key) or {}).values()
    held += [value for value in settings.values() if callable(value)]
    for value in held:
        if isinstance(value, str):
            # Markdown's "module:Class", or Jinja's "module.Class"
            yield value.partition(":")[0]
            yield value.rpartition(".")[0]
        elif value is not None:
            module = str(getattr(value, "__module__", None) or type(value).__module__)
            # A date, or another value of Python's own, asks for nothing by itself: its names stand in templates.
            if callable(value) or module.partition(".")[0] not in sys.stdlib_module_names:
                yield module


def _source(module: ModuleType) -> bytes:
    path = Path(module.__file__ or "")
    if path.suffix != ".py":
        return b""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _reads_early(source: bytes) -> bool:
    """Say whether a module's own lines, which run while it is imported, use what reads files or the environment."""
    try:
        return not _READS.isdisjoint(compile(source, "module", "exec", dont_inherit=True).co_names)
    except (SyntaxError, ValueError):
        return True
