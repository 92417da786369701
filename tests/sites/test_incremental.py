"""The plugin `incremental` on plain Pelican sites: what stock Pelican makes, and nothing where nothing has changed."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sites.plain_site import ROOT, PlainPelican, PlainSite

NOTHING = "nothing has changed"
POST = "Title: {title}\nDate: {date}\nTags: {tags}\nCategory: {category}\n\nSome *words*, and 'quotes'.\n"


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


def test_a_text_is_not_known_by_its_time_where_pelican_keeps_a_cache_of_its_own(site: PlainSite) -> None:
    """As with LOAD_CONTENT_CACHE, whose cache knows nothing of settings and plugins either."""
    for layer in ("reader", "generator"):
        site.settings = f"CACHE_CONTENT = LOAD_CONTENT_CACHE = True\nCONTENT_CACHING_LAYER = {layer!r}\n"
        text = site.write("content/post-1.md", POST.format(title="One", date="2026-01-01", tags="a", category="Notes"))
        site.build()
        was = text.stat()
        text.write_text(text.read_text().replace("words", "wards"))
        os.utime(text, ns=(was.st_atime_ns, was.st_mtime_ns))
        site.build()
        assert b"wards" in site.files()["one.html"], layer
        site.write("content/post-2.md", "Title: Two\nDate: 2026-01-02\n\nAnother text.\n")
        site.build()
        assert b"Another text" in site.files()["two.html"], layer


def test_whatever_a_build_read_is_an_input(site: PlainSite) -> None:
    """Settings, a plugin's code, what it reads, the environment, a new template, the output: each makes a build."""
    plugin = (
        "from pelican import signals\nDATA = open('data.txt').read()\n"
        "def first(site):\n    site.settings['FIRST'] = open('first.txt').read()\n"
        "def add(generator):\n    more = open('more.txt').read() + DATA + generator.settings['FIRST']\n"
        "    generator.context['MORE'] = more\n"
        "def register():\n    signals.initialized.connect(first)\n"
        "    signals.article_generator_finalized.connect(add)\n"
    )
    site.write("own/more.py", plugin)
    for name in ("more", "data", "first"):
        site.write(f"{name}.txt", name)
    site.write("theme/templates/article.html", "{{ MORE }} {{ article.content }}")
    site.plugins, site.settings = ["more"], "THEME = 'theme'\n"
    site.build()
    same_as_stock(site)
    assert NOTHING in site.build()
    changes = (
        lambda: site.write("more.txt", "less"),
        lambda: site.write("data.txt", "more data"),
        lambda: site.write("first.txt", "second"),
        lambda: site.write("own/more.py", plugin.replace("+ DATA", "")),
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


def test_a_plugin_that_works_in_the_output_finds_the_site_there(site: PlainSite) -> None:
    """As one that asks where the output is before the build, and rewrites in the end what it finds there."""
    site.write(
        "own/shorter.py",
        "import os\nfrom pelican import signals\nOUTPUT = []\n"
        "def take(site):\n    OUTPUT.append(site.output_path)\n"
        "def rewrite(site):\n    for folder, _, names in os.walk(OUTPUT[-1]):\n        for name in names:\n"
        "            path = os.path.join(folder, name)\n            text = open(path).read()\n"
        "            if name.endswith('.html'):\n                open(path, 'w').write(f'{len(text)} {text}')\n"
        "def register():\n    signals.initialized.connect(take)\n    signals.finalized.connect(rewrite)\n",
    )
    site.plugins = ["shorter"]
    said = site.build()
    assert "a plugin works there" in said, said
    same_as_stock(site)
    site.write("content/post-1.md", "Title: Another\nDate: 2026-01-01\n\nOther words.\n")
    (site.folder / "content/post-2.md").unlink()
    site.build()
    same_as_stock(site)
    site.plugins = []
    assert "once more" not in site.build()
    same_as_stock(site)


def test_a_run_of_a_ci_service_is_like_the_last_one_but_for_what_is_asked_of_it(site: PlainSite) -> None:
    """Each run has a number, a commit and files of its own, in dozens of variables."""

    def run(number: int) -> dict[str, str]:
        more = {"GITHUB_SHA": f"sha{number}", "GITHUB_RUN_ID": f"{number}", "RUNNER_TEMP": f"/run/{number}"}
        return {"GITHUB_ACTIONS": "true", **more}

    def tell(asked: str) -> None:
        site.write("theme/templates/article.html", "{{ COMMIT() }} {{ article.content }}")
        site.write(
            "own/commit.py",
            "import os\nfrom pelican import signals\n"
            f"def add(generator):\n    generator.context['COMMIT'] = lambda: {asked}\n"
            "def register():\n    signals.article_generator_finalized.connect(add)\n",
        )

    site.write("content/one.md", "Title: One\nDate: 2026-01-01\n\nWords.\n")
    site.plugins, site.settings = ["commit"], "THEME = 'theme'\n"
    tell("'no commit'")
    site.build(environment=run(1))
    assert NOTHING in site.build(environment=run(2))
    for asked in ("os.environ['GITHUB_SHA']", "os.getenv('GITHUB_SHA')", "dict(os.environ)['GITHUB_SHA']"):
        tell(asked)
        site.build(environment=run(3))
        assert NOTHING in site.build(environment=run(3))
        site.build(environment=run(4))
        assert b"sha4" in site.files()["one.html"], asked
        assert NOTHING in site.build(environment=run(4))


def test_a_site_is_known_again_whatever_it_has_of_python_s_own_or_makes_for_a_moment(site: PlainSite) -> None:
    """Settings with dates, this year and functions, and a plugin with a folder that it removes again."""
    site.write(
        "own/renders.py",
        "import os, tempfile\nfrom pathlib import Path\nfrom pelican import signals\n"
        "def change(content):\n    with tempfile.TemporaryDirectory() as folder:\n"
        "        inner = Path(folder, 'inner')\n        inner.mkdir()\n"
        "        (inner / 'text').write_text('made')\n        os.listdir(inner)\n"
        "        content._content = (content._content or '') + (inner / 'text').read_text()\n"
        "def register():\n    signals.content_object_init.connect(change)\n",
    )
    site.plugins = ["renders"]
    site.settings = (
        "import datetime, html, urllib.parse\nSINCE = datetime.date(2018, 3, 1)\n"
        "JINJA_GLOBALS = {'SINCE': datetime.datetime(2018, 3, 1), 'ZONE': datetime.timezone.utc}\n"
        "JINJA_FILTERS = {'quoted': urllib.parse.quote, 'clean': html.escape, 'loud': lambda text: text.upper()}\n"
    )
    site.build()
    same_as_stock(site)
    assert NOTHING in site.build()
    site.settings += "YEAR = datetime.date.today().year\n"
    site.build()
    assert NOTHING in site.build()
    for more in (
        "JINJA_FILTERS['late'] = lambda text: str(datetime.datetime.now())\n",
        "today = datetime.date.today()\nJINJA_FILTERS['late'] = lambda text: f'{text} {today}'\n",
        "import random\nJINJA_FILTERS['any'] = random.choice\n",
    ):
        before, site.settings = site.settings, site.settings + more
        site.build()
        assert NOTHING not in site.build()
        site.settings = before


def test_a_plugin_that_is_only_installed_makes_no_difference_unless_it_has_a_reader(site: PlainSite) -> None:
    """Pelican imports all plugins below its name, of which settings name some; and asks the readers of all of them."""
    asks = "import datetime\ndef ask():\n    return datetime.datetime.now()\n"
    site.write("own/idle.py", asks)
    site.settings = (
        "import importlib.util, sys\n"
        "spec = importlib.util.spec_from_file_location('pelican.plugins.idle', 'own/idle.py')\n"
        "sys.modules['pelican.plugins.idle'] = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(sys.modules['pelican.plugins.idle'])\n"
    )
    site.build()
    assert NOTHING in site.build()
    reader = "class R(BaseReader):\n    file_extensions = ['md']\n    def read(self, path):\n        return '', {}\n"
    site.write("own/idle.py", f"from pelican.readers import BaseReader\n{asks}{reader}")
    site.build()
    assert NOTHING not in site.build()


def test_a_plugin_may_be_a_class(site: PlainSite) -> None:
    """Of a module that settings name nowhere else; it may change how texts are read, and ask for the time."""
    site.settings = "from changing import Changing as changing\nPLUGINS.append(changing)\n"
    plugin = (
        "import time\nfrom pelican.readers import MarkdownReader\nparse = MarkdownReader._parse_metadata\n"
        "def changed(reader, found):\n    return {{**parse(reader, found), 'summary': '{0}'}}\n"
        "class Changing:\n    @staticmethod\n"
        "    def register():\n        MarkdownReader._parse_metadata = changed\n        {1}\n"
    )
    path = [str(ROOT), str(site.folder / "own")]
    for summary, more in (("One", ""), ("Two", ""), ("Two", "time.time()")):
        site.write("own/changing.py", plugin.format(summary, more))
        assert NOTHING not in site.build(path=path)
        site.build("stock", stock=True, path=path)
        assert site.files() == site.files("stock")
        assert (NOTHING in site.build(path=path)) == (not more)


def test_what_cannot_be_known_again_is_built_each_time(site: PlainSite) -> None:
    """A plugin that runs a program, one that asks the time, and a setting that changes by itself; unless declared."""
    site.write("own/runs.py", "import subprocess\ndef register():\n    subprocess.run(['true'])\n")
    site.plugins = ["runs"]
    site.build()
    assert NOTHING not in site.build()
    later = "from pelican import signals\ndef ask(site):\n    {}\ndef register():\n    signals.finalized.connect(ask)\n"
    for does in ("subprocess.run(['true'])", "print(datetime.datetime.now())"):
        site.write("own/runs.py", "import datetime, subprocess\n" + later.format(does))
        site.build()
        assert NOTHING not in site.build()
    site.settings = "INCREMENTAL_CLOCK = 'day'\n"
    site.build()
    assert NOTHING in site.build()
    site.plugins, site.settings = [], ""
    dated = site.write(
        "content/dated.rst", "Dated\n#####\n:date: 2026-01-01\n\nRead on |d|.\n\n.. |d| date:: %H:%M:%S\n"
    )
    site.build()
    assert NOTHING not in site.build()
    dated.unlink()
    site.settings = "import time\nBUILT = time.time()\n"
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


def test_texts_in_restructuredtext_are_kept_and_see_the_roles_that_others_define(site: PlainSite) -> None:
    """As docutils keeps a role for all texts that are read later; and as a file of its own configures it."""
    site.write(
        "own/counting.py",
        "from pelican.readers import RstReader\nbegin = RstReader._get_publisher\n"
        "def count(reader, path):\n    print('parsed', path)\n    return begin(reader, path)\n"
        "def register():\n    RstReader._get_publisher = count\n",
    )
    site.plugins = ["counting"]
    text = "Rest {0}\n#######\n:date: 2026-02-0{0}\n\n{1}A :mark:`word` {2}.\n"
    role = ".. role:: mark\n   :class: {}\n\n"
    for number in range(1, 8):
        site.write(f"content/rest-{number}.rst", text.format(number, role.format("one") if number == 4 else "", ""))
    for number in (8, 9):
        site.write(f"content/rest-{number}.rst", text.replace(":mark:", "").format(number, "", ""))
    assert site.build().count("parsed") == 9
    same_as_stock(site)
    for number in (1, 7):
        site.write(f"content/rest-{number}.rst", text.format(number, "", "more"))
    assert site.build().count("parsed") < 9
    same_as_stock(site)
    site.write("content/rest-4.rst", text.format(4, role.format("two"), ""))
    site.build()
    same_as_stock(site)
    site.write(
        "docutils.conf", "[general]\ninitial_header_level: 4\nfootnote_references: superscript\nsmart_quotes: yes\n"
    )
    assert NOTHING not in site.build()
    same_as_stock(site)


def test_a_text_in_restructuredtext_may_have_a_name_that_is_no_utf_8(site: PlainSite) -> None:
    """As one that was brought from an older system."""
    site.write(f"content/{os.fsdecode(bytes([99, 0xE9]))}.rst", "A café\n######\n:date: 2026-02-01\n\nWords.\n")
    site.build(fatal="errors")
    same_as_stock(site)


def test_what_a_plugin_writes_where_the_output_was_said_to_be_is_the_site_s(site: PlainSite) -> None:
    """It asked for the folder before it was known that there is a build."""
    site.write(
        "own/direct.py",
        "from pathlib import Path\nfrom pelican import signals\nWHERE = []\n"
        "def note(site):\n    WHERE.append(Path(site.settings['OUTPUT_PATH']))\n"
        "def put(generator):\n    WHERE[0].mkdir(exist_ok=True)\n    for article in generator.articles:\n"
        "        (WHERE[0] / f'{article.slug}.txt').write_text(article.title)\n"
        "def register():\n    signals.initialized.connect(note)\n"
        "    signals.article_generator_finalized.connect(put)\n",
    )
    site.plugins = ["direct"]
    site.build()
    (site.folder / "content/post-3.md").unlink()
    site.build()
    same_as_stock(site)
    site.write("output/post-1.txt", "someone else's")
    site.build()
    same_as_stock(site)
    assert NOTHING in site.build()


def test_a_writer_of_a_plugin_s_may_look_at_a_template_and_render_it_as_it_likes(site: PlainSite) -> None:
    """Also where it replaces Pelican's own."""
    site.write(
        "own/writing.py",
        "from pelican.writers import Writer\nwrite = Writer.write_file\nclass Named:\n"
        "    def __init__(self, template):\n        self.template, self.name = template, template.name\n"
        "    def render(self, context):\n        return self.template.render(context, NAME=self.name)\n"
        "def named(writer, name, template, *args, **kwargs):\n"
        "    write(writer, name, Named(template), *args, **kwargs)\n"
        "def register():\n    Writer.write_file = named\n",
    )
    site.write("theme/templates/article.html", "{{ NAME }} {{ article.content }}")
    site.plugins, site.settings = ["writing"], "THEME = 'theme'\n"
    for title in ("One", "Other"):
        site.write("content/post-1.md", POST.format(title=title, date="2026-01-01", tags="a", category="Notes"))
        site.build()
        same_as_stock(site)


def test_a_module_that_a_plugin_takes_where_there_is_one_makes_another_site(site: PlainSite) -> None:
    """It lies in the plugin's own folder."""
    code = "from pelican import signals\ntry:\n    from .word import WORD\nexcept ImportError:\n    WORD = 'none'\n"
    code += "def change(content):\n    content.extra = WORD\n"
    code += "def register():\n    signals.content_object_init.connect(change)\n"
    site.write("own/choosing/__init__.py", code)
    site.write("theme/templates/article.html", "{{ article.extra }}")
    site.plugins, site.settings = ["choosing"], "THEME = 'theme'\n"
    site.build()
    site.write("own/choosing/word.py", "WORD = 'one'\n")
    site.build()
    same_as_stock(site)


def test_a_build_by_code_that_is_older_than_its_file_is_not_known_again(site: PlainSite) -> None:
    """As where Pelican builds at each change: it loads plugins once."""
    code = "from pelican import signals\ndef change(content):\n    content.extra = '{}'\n"
    code += "def register():\n    signals.content_object_init.connect(change)\n"
    site.write("own/changing.py", code.format("old"))
    site.write("theme/templates/article.html", "{{ article.extra }}")
    site.plugins, site.settings = ["changing"], "THEME = 'theme'\nimport sys\nsys.dont_write_bytecode = False\n"
    site.build()  # after which Python loads the plugin from its bytecode, and does not open the file
    site.build(then={str(site.folder / "own/changing.py"): code.format("newer")})
    site.build()
    same_as_stock(site)


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


def test_a_site_whose_cache_cannot_be_written_is_built_by_pelican_alone(site: PlainSite) -> None:
    """It says why. The cache may lie on a disk that is only read."""
    site.write("cache", "a file")
    for _ in range(2):
        assert "The cache cannot be written" in site.build()
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


def test_it_needs_no_library_that_pelican_does_not_need(site: PlainSite) -> None:
    """Neither Markdown nor Typogrify is installed where Pelican is installed by its name alone."""
    packages = site.folder / "site-packages"
    packages.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if path.name.partition("-")[0] not in {"markdown", "smartypants", "smartypants.py", "typogrify"}:
            (packages / path.name).symlink_to(path)
    shutil.copytree(ROOT / "plugins/incremental", site.folder / "own/copied")
    for path in (site.folder / "content").glob("*.md"):
        path.unlink()
    for number in range(60):
        site.write(f"content/{number}.rst", f"A post\n######\n\n:date: 2020-01-02\n:slug: {number}\n\nWords.\n")
    site.build("stock", stock=True)
    stock = site.files("stock")
    site.plugins = ["copied"]
    site.build("written", stock=True)  # its settings
    run = [sys.executable, "-S", "-m", "pelican", "-s", str(site.folder / "pelicanconf.py"), "--fatal", "errors"]
    environment = {**os.environ, "PYTHONPATH": str(packages)}
    for said in ("66 of 66 pages", NOTHING):
        assert said in subprocess.check_output(run, cwd=site.folder, env=environment, text=True)
        assert site.files() == stock


def warnings(said: str) -> str:
    """Return what was warned of, without times and counts."""
    return re.sub(r"Done: .*|\[\d\d:\d\d:\d\d\]|\s", "", said)


def test_texts_are_read_by_all_processors_with_the_same_pages_and_warnings(site: PlainSite) -> None:
    """Of three formats, and with all that can go wrong; kept, edited, and with a damaged cache."""
    for number in range(70):
        text = (
            f"Title: More {number}\nDate: 2026-02-01 {number % 24}:00\nSummary: It's *short*\n\nIt's -- \"long\".\n\n"
        )
        site.write(f"content/more-{number}.md", text + f"{number} words " * 70)
    site.write("content/bad.md", "Title: A\nDate: never\n\nText")
    site.write(
        "content/twice.md", "Title: A\nTitle: B\nDate: 2026-01-05\nDate: 2026-01-06\n\n![](a.png) [b]({filename}n.md)"
    )
    site.write(
        "content/rest.rst",
        'Rest\n####\n:date: 2026-01-07\n:tags: a, c\n\n.. include:: part.inc\n\n*Words*, "quoted".\n',
    )
    site.write("content/broken.rst", "Broken\n######\n:date: 2026-01-07\n\n.. nothing:: here\n")
    site.write("content/part.inc", "Included.")
    page = (
        "<html><head><title>It's</title><meta name='date' content='2026-01-08'><meta content='x'></head><body>B</body>"
    )
    site.write("content/page.html", page)
    site.settings = "TYPOGRIFY = True\nDEFAULT_PAGINATION = 5\n"

    def check() -> None:
        said = site.build()
        shutil.rmtree(site.folder / "stock", ignore_errors=True)
        expected = site.build("stock", stock=True)
        assert site.files() == site.files("stock")
        assert warnings(said) == warnings(expected)

    check()
    site.write("content/part.inc", "Something else.")
    site.write("content/more-7.md", "Title: More 7\nDate: 2026-02\nLang: de\nSlug: more-8\n\nAnders.")
    check()
    (pack,) = (site.folder / "cache/incremental/read").glob("000001.pack")
    data = bytearray(pack.read_bytes())
    for place in range(0, len(data) // 2, 97):
        data[place] ^= 1
    pack.write_bytes(data)
    site.settings += "SITEURL = 'https://other.example.org'\nMARKDOWN = {'extensions': ['nl2br']}\n"
    check()


THEME = {
    "base.html": "{% macro list(of) %}{% for a in of %}{{ a.title }}{{ a.url }}{{a.summary}}{% endfor %}{% endmacro %}"
    "{{ SITENAME }} {{ output_file }} {{ localsiteurl }} {% for c, of in categories %}{{ c }}{{ of|count }}{% endfor %}"
    "{% for t, of in tags %}{{ t.slug }}{{ of|count }}{% endfor %}{% block body %}{{ list(articles) }}{% endblock %}"
    "{% for p in pages %}{{ p.title }}{{ p.save_as }}{% endfor %}{{ drafts|count }}{{ hidden_articles|count }}",
    "article.html": "{% extends 'base.html' %}{% block body %}{{ article.content }}{{ article.metadata.extra }}"
    "{{ article.date }}{{ list(article.translations) }}{% include 'side.html' %}{% endblock %}",
    "side.html": "{{ list(all_articles or articles[:3]) }}{{ related_posts }}",
    "page.html": "{% extends 'base.html' %}{% block body %}{{ page.content }}{{ page.translations }}{% endblock %}",
    "index.html": "{% extends 'base.html' %}{% block body %}{% if articles_page %}{{ list(articles_page.object_list) }}"
    "{{ articles_page.number }}{{ articles_paginator.num_pages }}{% endif %}{{ super() }}{% endblock %}",
}
NAMES = st.sampled_from(["one", "two", "three"])
TEXTS = st.sampled_from(["Text.", "It's [two]({filename}two.md)", "{attach}", "![]({static}s.txt)"])
TEMPLATES = st.sampled_from(["side.html", "page.html", "tag.html"])
SWITCHES = st.sampled_from(["RELATIVE_URLS", "TYPOGRIFY", "SUMMARY_MAX_LENGTH"])
EDITS = st.one_of(
    st.tuples(st.just("write"), NAMES, TEXTS),
    st.tuples(st.just("tags"), NAMES, st.sampled_from(["a", "a, b", "c", ""])),
    st.tuples(st.just("status"), NAMES, st.sampled_from(["draft", "hidden", "published"])),
    st.tuples(st.just("lang"), NAMES, st.sampled_from(["en", "de"])),
    st.tuples(st.just("slug"), NAMES, st.sampled_from(["one", "x"])),
    st.tuples(st.just("delete"), NAMES, st.just("")),
    st.tuples(st.just("theme"), st.sampled_from(["simple", "theme"]), st.just("")),
    st.tuples(st.just("template"), TEMPLATES, st.sampled_from(["new", "{{ SITEURL }}"])),
    st.tuples(st.just("setting"), SWITCHES, st.sampled_from(["1", "0"])),
    st.tuples(st.just("plugin"), st.sampled_from(["title", "modified"]), st.just("")),
    st.tuples(st.just("lost"), st.sampled_from(["cache", "output/one.html"]), st.just("")),
)  # fmt: skip


class EditedSite:
    """A site whose posts are edited, each with a part that is asked for: text, tags, status, language, slug."""

    def __init__(self, site: PlainSite) -> None:
        self.site, self.theme, self.values, self.posts = site, "simple", dict[str, str](), dict[str, dict[str, str]]()
        for name, text in THEME.items():
            site.write(f"theme/templates/{name}", text)
        site.write("content/s.txt", "static")
        site.write("content/pages/about.md", "Title: About\n\nSee [one]({filename}../one.md).")
        for name in ("one", "two", "three"):
            self.edit("write", name, "Text.")

    def edit(self, what: str, name: str, value: str) -> None:
        """Make an edit."""
        site, post = self.site, self.posts.setdefault(name, {}) if name in ("one", "two", "three") else {}
        path = site.folder / "content" / f"{name}.md"
        match what:
            case "delete":
                path.unlink(missing_ok=True)
            case "theme":
                self.theme = name
            case "template":
                site.write(f"theme/templates/{name}", value)
            case "setting":
                self.values[name] = value
            case "plugin":
                self.plug(name)
            case "lost" if name == "cache":
                shutil.rmtree(site.folder / "cache", ignore_errors=True)
            case "lost":
                (site.folder / name).unlink(missing_ok=True)
            case _:
                post[what] = value
                head = "".join(f"{key}: {said}\n" for key, said in post.items() if key != "write" and said)
                site.write(f"content/{name}.md", f"Title: {name}\nDate: 2026-01-01\n{head}\n{post.get('write', '')}\n")
        site.settings = f"THEME = {self.theme!r}\nDEFAULT_PAGINATION = 2\nYEAR_ARCHIVE_SAVE_AS = '{{date:%Y}}.html'\n"
        site.settings += "".join(f"{key} = {said}\n" for key, said in self.values.items())

    def plug(self, what: str) -> None:
        """Have a plugin change what each text says of itself, or what is written of it."""
        told = {"title": "content.title = content.title.upper()", "modified": "content.extra = len(content._content)"}
        code = f"from pelican import signals\ndef change(content):\n    if hasattr(content, 'title'): {told[what]}\n"
        self.site.write("own/changing.py", f"{code}def register():\n    signals.content_object_init.connect(change)\n")
        self.site.plugins = ["changing"]


@settings(max_examples=8)
@given(first=st.lists(EDITS, max_size=3), then=st.lists(EDITS, min_size=1, max_size=3))
def test_after_any_edits_the_output_is_that_of_a_clean_build_by_stock_pelican(
    pelican: PlainPelican, first: list[tuple[str, str, str]], then: list[tuple[str, str, str]]
) -> None:
    """Byte for byte, with two themes; and a build after that renders nothing."""
    with TemporaryDirectory() as folder:
        edited = EditedSite(PlainSite(pelican, Path(folder)))
        for edits in (first, then):
            for edit in edits:
                edited.edit(*edit)
            edited.site.build()
        same_as_stock(edited.site)
        assert NOTHING in edited.site.build()
