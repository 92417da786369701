"""The preview's processes: what they have loaded, and that what they make is what a build makes."""

import fcntl
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.copies import ROOT, project
from tests.loopback.previewing import LIMIT, previewed

LOADED = """
import sys
from importlib import import_module
from plugins.preview import build_worker
from plugins.preview.model import PreviewOptions
for name in build_worker.LIBRARIES:
    import_module(name)
before = set(sys.modules)
import_module("plugins.preview.build_job").prepared(PreviewOptions())
for name in sorted(sys.modules.keys() - before):
    if "site-packages" in str(getattr(sys.modules[name], "__file__", "")):
        print(name)
"""


def test_no_library_is_loaded_anew_when_the_code_changes() -> None:
    """The list of libraries that stay loaded is whole, and each of them exists."""
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_preview_is_what_a_build_makes(tmp_path: Path) -> None:
    """Kept templates, one process for many builds, what is made later: byte for byte the same in the end."""
    site = project(tmp_path / "site")
    with previewed(site) as preview:
        preview.write("posts/more.md", "---\ntitle: More\ndate: 2026-02-20\n---\n\nWords about a strike.\n")
        preview.edit("theme/templates/404.html", "<h1>", '<h1 class="a">')
        preview.settle()
        settings = (site / "pelicanconf.py").read_text("utf-8")
        assert "http://localhost:8000" in settings
        (site / "same.py").write_text(settings.replace("http://localhost:8000", preview.address), "utf-8")
        done = preview.inv("build", "--settings", "same.py")
        assert done.returncode == 0, done.stderr
        shown, built = site / ".cache/preview/site/output", site / "output"
        preview.wait(lambda: files(shown) >= files(built))
        preview.settle()
        assert files(shown) == files(built)
        for name in files(built):
            assert (shown / name).read_bytes() == (built / name).read_bytes(), name


def test_a_build_ends_with_the_preview_however_that_ends(tmp_path: Path) -> None:
    """One that would never end by itself, of a preview that could tell it nothing any more."""
    site = project(tmp_path / "site")
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}"
    endings = "{% endfor %}" * 3
    lock = site / ".cache/preview/site/build.lock"
    with previewed(site) as preview:
        preview.wait(lambda: _is_free(lock))
        preview.edit("theme/templates/404.html", "<h1>", f"{endless}{endings}<h1>")
        preview.wait(lambda: not _is_free(lock))
        assert preview.end(signal.SIGKILL) == -signal.SIGKILL
    end = time.monotonic() + LIMIT
    while not _is_free(lock):
        assert time.monotonic() < end, "the build goes on"
        time.sleep(0.02)


def _is_free(lock: Path) -> bool:
    """Say whether nobody builds."""
    with lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def files(folder: Path) -> set[str]:
    """Return every file below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
