"""Units on a plain Pelican site: many pages are known by one digest, and none is taken over that would be another."""

import re
import textwrap
from pathlib import Path

import pytest

from tests.sites.plain_site import PlainPelican, PlainSite
from tests.sites.test_incremental import POST, same_as_stock

PLUGIN = '''
from pathlib import Path
from pelican import signals
from pelican.generators import Generator
from plugins.incremental import known_pages, units
from plugins.incremental import signals as incremental

class Stamps:
    """What pages ask for by a word, each of which has a file in the end."""
    def __init__(self):
        self.asked = set()
    def __call__(self, word):
        self.asked.add(word)
        return f"stamps/{word}.txt"

STAMPS = Stamps()

class Shelves(Generator):
    """Each file in content/shelves is a unit, each line of it a page; and it has a file with all."""
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.env.globals["stamp"] = STAMPS
    def generate_output(self, writer):
        for path in sorted(Path(self.path, "shelves").iterdir()):
            self.shelve(path.stem, path.read_text(), writer)
        for word in STAMPS.asked:
            self.put(f"stamps/{word}.txt", word)
    def shelve(self, name, text, writer):
        printing = units.Printing(writer, self.env, self.get_template, self.context, {"page_modified": None})
        if units.stays(name, text, printing):
            return
        print("made", name)
        pages = []
        for line in text.splitlines():
            page, word = line.split()
            values = {"word": word}
            if known_pages.are_kept():
                values = {known_pages.GIVEN: known_pages.Given(word, values)}
            save_as = f"{name}/{page}.html"
            writer.write_file(save_as, self.get_template("shelf"), self.context, page_modified=None, **values)
            pages.append(units.UnitFile(save_as, "shelf"))
        if not known_pages.stays(f"{name}.txt", text):
            self.put(f"{name}.txt", text)
        units.note(name, text, printing, pages, [units.UnitFile(f"{name}.txt")])
    def put(self, name, text):
        path = Path(self.output_path, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

def generators(_):
    return Shelves

def declare(_):
    return incremental.Declaration(asked=(Stamps,), pure=("own.",))

def tell(path, context):
    if "page_modified" in context:
        print("told", "/".join(Path(path).parts[-2:]), context["SITENAME"])

def register():
    signals.get_generators.connect(generators)
    signals.content_written.connect(tell)
    incremental.declare.connect(declare)
'''
SHELF = (
    "{{ SITENAME }} {{ output_file }} {{ word }} {{ stamp(word) }} {{ stamp(SITENAME) }} {{ stamp(word='all') }}"
    "{% for article in articles %}{{ article.title }}{% endfor %}"
)
SETTINGS = "THEME = 'theme'\nDIRECT_TEMPLATES = []\nTAG_SAVE_AS = CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ''\n"


@pytest.fixture
def site(pelican: PlainPelican, tmp_path: Path) -> PlainSite:
    """Return a site of one post, whose title all pages show, and of two shelves, of two pages and of one."""
    found = PlainSite(pelican, tmp_path, SETTINGS, ["own"])
    found.write("own/own.py", textwrap.dedent(PLUGIN))
    found.write("theme/templates/article.html", "{{ article.title }}{{ article.content }}")
    found.write("theme/templates/shelf.html", SHELF)
    post(found, "A title")
    found.write("content/shelves/one.txt", "a red\nb blue\n")
    found.write("content/shelves/two.txt", "c green\n")
    return found


def post(site: PlainSite, title: str, text: str = "") -> None:
    """Write the post."""
    head = POST.format(title=title, date="2026-01-01 10:00", tags="a", category="Notes")
    site.write("content/post.md", head + text)


def made(site: PlainSite) -> tuple[list[str], int]:
    """Build, hold the output to that of stock Pelican; return which units were made, and how many pages rendered.

    Hooks are told of each page, by what all pages get.
    """
    said = site.build()
    same_as_stock(site)
    assert set(re.findall(r"told (\S+)", said)) == {"one/a.html", "one/b.html", "two/c.html"}
    found = re.search(r"([0-9]+) of 4 pages rendered", said)
    assert found, said
    return re.findall(r"made (\w+)", said), int(found[1])


def test_of_a_unit_that_is_as_it_was_nothing_is_made(site: PlainSite) -> None:
    """Of a unit that is another, the pages that are as they were stay. What pages ask for is there in any case."""
    assert made(site) == (["one", "two"], 4)
    post(site, "A title", "More.")
    assert made(site) == ([], 1)
    site.write("content/shelves/one.txt", "a red\nb yellow\n")
    assert made(site) == (["one"], 1)
    post(site, "A title", "And more.")
    assert made(site) == ([], 1)


def test_what_all_pages_get_makes_a_unit_another(site: PlainSite) -> None:
    """A title that each page shows, a template, and what a call gives."""
    made(site)
    post(site, "Another title")
    assert made(site) == (["one", "two"], 4)
    site.write("theme/templates/shelf.html", f"{SHELF}.")
    assert made(site) == (["one", "two"], 3)
    post(site, "Another title", "More.")
    assert made(site) == ([], 1)


def test_what_is_not_in_the_output_as_it_was_is_there_again(site: PlainSite) -> None:
    """A page, or another file, that somebody removed or wrote into."""
    made(site)
    for number, name in enumerate(("one/a.html", "one.txt", "two/c.html")):
        (site.folder / "output" / name).unlink()
        post(site, "A title", "More." * number)
        assert made(site)[0] == [name[:3]]
    (site.folder / "output/two.txt").write_text("Others'")
    post(site, "A title", "Less.")
    assert made(site)[0] == ["two"]


def test_an_earlier_state_of_a_unit_is_not_taken_for_the_last(site: PlainSite) -> None:
    """It is again what it was two builds ago, and its pages are those of the last."""
    made(site)
    site.write("content/shelves/one.txt", "a yellow\nb blue\n")
    made(site)
    site.write("content/shelves/one.txt", "a red\nb blue\n")
    assert made(site) == (["one"], 1)
    site.write("content/shelves/one.txt", "a red\n")
    assert "one/b.html" not in said_and_files(site)


def said_and_files(site: PlainSite) -> set[str]:
    """Build, and return the names of all files."""
    site.build()
    same_as_stock(site)
    return set(site.files())
