"""The preview's processes: what they have loaded, and that what they make is what a build makes."""

import subprocess
import sys
from pathlib import Path

from tests.copies import ROOT, project
from tests.loopback.previewing import previewed

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


def files(folder: Path) -> set[str]:
    """Return every file below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
