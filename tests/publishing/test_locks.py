"""What is installed, and when: a writer's verbs need requirements.txt, a developer's requirements-dev.txt besides.

What only `./inv announce` needs is in requirements-announce.txt: a site that announces nothing never has it.
"""

import ast
import re
import shutil
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.copies import ROOT

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
LOCKS = {
    name: (ROOT / name).read_text("utf-8")
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-announce.txt")
}
SITE, TOOLS, ANNOUNCE = (dict(_PINNED.findall(text)) for text in LOCKS.values())


def normal(name: str) -> str:
    """Return a package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*, announcing: bool) -> set[str]:
    """Return the names of the packages that plugins/ imports, without Python's own and ours.

    Either those of plugins/announce, which `./inv announce` alone loads, or those of all the rest.
    """
    names: set[str] = set()
    for path in (ROOT / "plugins").rglob("*.py"):
        if path.is_relative_to(ROOT / "plugins" / "announce") is not announcing:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"plugins", "tasks"}


@pytest.mark.parametrize("announcing", [False, True])
def test_a_site_is_built_without_the_developers_tools(announcing: bool) -> None:
    """Every package that the code imports is locked in requirements.txt; what announcing imports, in its own."""
    provided = packages_distributions()
    locked = set(map(normal, {**SITE, **ANNOUNCE} if announcing else SITE))
    found = {}
    for name in imported(announcing=announcing):
        found[name] = set(map(normal, provided[name]))
    assert [name for name, packages in found.items() if not packages & locked] == []
    assert {"pytest", "playwright", "mypy", "ruff"} & SITE.keys() == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_says_just_what_is_installed(name: str) -> None:
    """Every package has one version and hashes, none an address; the locks do not contradict each other."""
    packages = [one for one in re.split(r"\n(?! )", LOCKS[name].strip()) if not one.startswith("#")]
    assert [one.splitlines()[0] for one in packages if "==" not in one or "--hash=sha256:" not in one] == []
    assert "://" not in LOCKS[name]
    assert {one: (version, TOOLS[one]) for one, version in SITE.items() if TOOLS.get(one, version) != version} == {}
    assert {one for one, version in ANNOUNCE.items() if SITE.get(one, TOOLS.get(one)) != version} == set()


def test_the_developers_tools_come_with_the_first_verb_that_needs_them(tmp_path: Path) -> None:
    """`./inv build` installs the site's packages, `./inv lint` the tools besides, each once; a changed lock, again.

    So it is with `./inv announce`, for which the tools are enough too.
    """
    shutil.copy(ROOT / "inv", tmp_path)
    for name in ("plugins/__init__.py", "plugins/commands/__init__.py", *LOCKS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("# nothing\n", "utf-8")
    (tmp_path / "plugins/commands/__main__.py").write_text("import sys\nprint(*sys.argv[1:])\n", "utf-8")

    def prepares(*words: str) -> list[str]:
        command = ["./inv", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
        assert (done.returncode, done.stdout) == (0, f"{' '.join(words)}\n"), done.stderr
        return re.findall(r"requirements[a-z-]*\.txt", done.stderr)

    assert prepares("build") == ["requirements.txt"]
    assert prepares("new", "test") == []
    assert prepares("announce") == ["requirements-announce.txt"]
    assert prepares("announce") == []
    for number, verb in enumerate(("lint", "test", "golden", "screenshots", "bench")):
        assert prepares(verb) == ([] if number else ["requirements-dev.txt"])
    (tmp_path / "requirements-dev.txt").write_text("# another\n", "utf-8")
    assert prepares("check") == []
    assert prepares("test") == ["requirements-dev.txt"]
    assert prepares("announce") == []
