"""The plugin `incremental` on plain Pelican sites: what stock Pelican makes, and nothing where nothing has changed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites.plain_site import ROOT, PlainPelican, PlainSite

NOTHING = "nothing has changed"
POST = "Title: {title}\nDate: {date}\nTags: {tags}\nCategory: {category}\n\nSome *words*, and 'quotes'.\n"


@pytest.fixture(scope="module")
def pelican() -> Iterator[PlainPelican]:
    """Return a process that builds for all tests of this module."""
    process = PlainPelican()
    yield process
    process.end()


@pytest.fixture
def site(pelican: PlainPelican, tmp_path: Path) -> PlainSite:
    """Return a site of three posts and a picture."""
    found = PlainSite(pelican, tmp_path)
    for number in (1, 2, 3):
        text = POST.format(title=f"Post {number}", date=f"2026-01-0{number} 10:00", tags="a, b", category="Notes")
        found.write(f"content/post-{number}.md", text)
    found.write("content/images/p.txt", "a picture")
    return found


def stamps(site: PlainSite) -> dict[str, int]:
    """Return when each file of the output was written."""
    return {str(path): path.stat().st_mtime_ns for path in (site.folder / "output").rglob("*") if path.is_file()}


def same_as_stock(site: PlainSite) -> None:
    """Fail unless the output is what stock Pelican makes in an empty folder."""
    shutil.rmtree(site.folder / "stock", ignore_errors=True)
    site.build("stock", stock=True)
    assert site.files() == site.files("stock")


def test_a_site_that_is_unchanged_is_not_built_whatever_its_files_times_say(site: PlainSite) -> None:
    """The output is stock Pelican's, and the second build says that it rendered nothing, and writes nothing."""
    assert "rendered, " in site.build()
    same_as_stock(site)
    before = stamps(site)
    for path in (site.folder / "content").rglob("*"):
        os.utime(path)
    assert "0 of 11 pages rendered: nothing has changed" in site.build()
    assert stamps(site) == before
    text = site.folder / "content/post-1.md"
    was = text.stat()
    text.write_text(text.read_text().replace("words", "wards"))
    os.utime(text, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert NOTHING not in site.build()
    same_as_stock(site)


def test_whatever_a_build_read_is_an_input(site: PlainSite) -> None:
    """Settings, a plugin's code, what it reads, the environment, a new template, the output: each makes a build."""
    plugin = (
        "from pelican import signals\ndef add(generator):\n    generator.context['MORE'] = open('more.txt').read()\n"
    )
    site.write("own/more.py", plugin + "def register():\n    signals.article_generator_finalized.connect(add)\n")
    site.write("more.txt", "more")
    site.write("theme/templates/article.html", "{{ MORE }} {{ article.content }}")
    site.plugins, site.settings = ["more"], "THEME = 'theme'\n"
    site.build()
    same_as_stock(site)
    assert NOTHING in site.build()
    changes = (
        lambda: site.write("more.txt", "less"),
        lambda: site.write("own/more.py", plugin.replace("'MORE'", "'LESS'") + "def register(): pass\n"),
        lambda: site.write("theme/templates/tag.html", "a tag"),
        lambda: site.write("content/extra/images.md", "Title: T\nDate: 2026-02-01\n\nNew.\n"),
        lambda: setattr(site, "settings", "THEME = 'theme'\nSITEURL = 'https://other.example.org'\n"),
        lambda: (site.folder / "output/index.html").write_text("someone else's"),
        (site.folder / "output/tags.html").unlink,
    )
    for change in changes:
        change()
        assert NOTHING not in site.build()
        same_as_stock(site)
        assert NOTHING in site.build()
    assert NOTHING not in site.build(environment={"SOMETHING": "else"})


def test_what_cannot_be_known_again_is_built_each_time(site: PlainSite) -> None:
    """A plugin that runs a program, one that asks the time, and a setting that changes by itself; unless declared."""
    site.write("own/runs.py", "import subprocess\ndef register():\n    subprocess.run(['true'])\n")
    site.plugins = ["runs"]
    site.build()
    assert NOTHING in site.build(), "what register() does, is done each time"
    later = "from pelican import signals\ndef ask(site):\n    {}\ndef register():\n    signals.finalized.connect(ask)\n"
    for does in ("subprocess.run(['true'])", "print(datetime.datetime.now())"):
        site.write("own/runs.py", "import datetime, subprocess\n" + later.format(does))
        site.build()
        assert NOTHING not in site.build()
    site.settings = "INCREMENTAL_CLOCK = 'day'\n"
    site.build()
    assert NOTHING in site.build()
    site.plugins, site.settings = [], "import time\nBUILT = time.time()\n"
    site.build()
    assert NOTHING not in site.build()


def test_only_what_the_site_made_is_removed_also_where_the_cache_is_lost(site: PlainSite) -> None:
    """A deleted post goes; a file of the owner's stays, but where DELETE_OUTPUT_DIRECTORY is set."""
    site.build()
    site.write("output/CNAME", "example.org")
    (site.folder / "content/post-3.md").unlink()
    shutil.rmtree(site.folder / "cache")
    site.build()
    assert "post-3.html" not in site.files()
    assert site.files()["CNAME"] == b"example.org"
    (site.folder / "output/CNAME").unlink()
    same_as_stock(site)
    site.write("output/CNAME", "example.org")
    site.write("output/deep/file", "of the owner")
    site.settings = "DELETE_OUTPUT_DIRECTORY = True\nOUTPUT_RETENTION = ['CNAME']\n"
    site.build()
    assert "CNAME" in site.files()
    assert "deep/file" not in site.files()
    site.write("output/deep/file", "of the owner")
    assert NOTHING not in site.build()
    assert NOTHING in site.build()


def test_a_page_may_become_a_folder_and_a_folder_a_page(site: PlainSite) -> None:
    """Whatever stood there was the site's own."""
    site.settings = "ARTICLE_SAVE_AS = '{slug}'\n"
    site.build()
    site.settings = "ARTICLE_SAVE_AS = '{slug}/deep/index.html'\n"
    site.build()
    same_as_stock(site)
    site.settings = "ARTICLE_SAVE_AS = '{slug}'\n"
    site.build()
    same_as_stock(site)


def test_a_build_that_fails_leaves_the_output_as_it_was(site: PlainSite) -> None:
    """And the next one is not taken for unchanged; warnings are repeated, and fatal where they were to be."""
    site.build()
    before = site.files()
    site.write("theme/templates/article.html", "{{ 1 / 0 }}")
    site.settings = "THEME = 'theme'\n"
    site.build(code=1)
    assert site.files() == before
    site.settings = ""
    assert NOTHING in site.build()
    site.write("content/post-1.md", POST.format(title="", date="no date", tags="", category=""))
    assert "could not process" in site.build().lower()
    again = site.build()
    assert "could not process" in again.lower()
    assert NOTHING in again
    site.build(code=1, fatal="errors")


def test_the_plugin_s_folder_can_be_copied_to_another_site(site: PlainSite) -> None:
    """It needs nothing of the newsroom's."""
    shutil.copytree(ROOT / "plugins/incremental", site.folder / "own/copied")
    site.plugins = ["copied"]
    site.build("output", stock=True, path=[])
    same = site.files()
    assert NOTHING in site.build("output", stock=True, path=[])
    site.plugins = []
    site.build("stock", stock=True)
    assert site.files("stock") == same
