"""The plugin `incremental` on plain Pelican sites: which pages are rendered again, and that no other had to be."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites.plain_site import PlainPelican, PlainSite
from tests.sites.test_incremental import POST, same_as_stock

THEME = {
    "base.html": "<title>{% block title %}{{ SITENAME }}{% endblock %}</title>{{ NOTE }}{% block body %}{% endblock %}",
    "article.html": "{% extends 'base.html' %}{% block title %}{{ article.title }}{% endblock %}"
    "{% block body %}{{ article.content }}{% if article.nearby %}{{ article.nearby.title }}{% endif %}"
    "{% for tag in article.tags %}{{ tag }} {{ tag.url }}{% endfor %}{% endblock %}",
    "index.html": "{% extends 'base.html' %}{% block body %}"
    "{% for article in articles_page.object_list %}{{ article.title }}{% endfor %}"
    "{% if articles_page.has_next() %}{{ articles_next_page.url }}{% endif %}{% endblock %}",
    "tags.html": "{% extends 'base.html' %}{% block body %}"
    "{% for tag, of in tags|sort %}{{ tag }} {{ of|length }}{% endfor %}{% endblock %}",
}
SETTINGS = (
    "THEME = 'theme'\nDIRECT_TEMPLATES = ['index', 'tags']\nTAG_SAVE_AS = CATEGORY_SAVE_AS = AUTHOR_SAVE_AS = ''\n"
    "DEFAULT_PAGINATION = 2\n"
)


@pytest.fixture(scope="module")
def pelican() -> Iterator[PlainPelican]:
    """Return a process that builds for all tests of this module."""
    process = PlainPelican()
    yield process
    process.end()


@pytest.fixture
def site(pelican: PlainPelican, tmp_path: Path) -> PlainSite:
    """Return a site of four posts, two pages of them, and a page of tags: seven pages."""
    found = PlainSite(pelican, tmp_path, SETTINGS)
    for name, text in THEME.items():
        found.write(f"theme/templates/{name}", text)
    for number in (1, 2, 3, 4):
        write(found, number)
    return found


def write(site: PlainSite, number: int, title: str = "", tags: str = "a, b", text: str = "") -> None:
    """Write a post."""
    head = POST.format(title=title or f"Post {number}", date=f"2026-01-0{number} 10:00", tags=tags, category="Notes")
    site.write(f"content/post-{number}.md", head + text)


def plug(site: PlainSite, code: str) -> None:
    """Give the site a plugin."""
    site.write("own/own.py", code)
    site.plugins = ["own"]


def rendered(site: PlainSite) -> int:
    """Build, hold the output to that of stock Pelican, and return how many pages were rendered."""
    said = site.build()
    same_as_stock(site)
    found = re.search(r"([0-9]+) of [0-9]+ pages rendered", said)
    assert found, said
    return int(found[1])


def test_only_the_pages_that_show_what_changed_are_rendered(site: PlainSite) -> None:
    """A text is on one page, a title on two, a tag's name on two; a template's pages are those that it is a part of."""
    assert rendered(site) == 7
    write(site, 1, text="More.")
    assert rendered(site) == 1
    write(site, 1, title="Another", text="More.")
    assert rendered(site) == 2, "the post, and the second page of the list"
    write(site, 1, title="Another", text="More.", tags="a, c")
    assert rendered(site) == 2, "the post, and the tags"
    site.write("theme/templates/index.html", THEME["index.html"].replace("article.title", "article.slug"))
    assert rendered(site) == 2, "both pages of the list"
    site.write("theme/templates/base.html", THEME["base.html"] + " ")
    assert rendered(site) == 7
    write(site, 5)
    assert rendered(site) == 5, "itself, the list, which has a page more, and the tags"
    (site.folder / "content/post-5.md").unlink()
    assert rendered(site) == 3
    assert not (site.folder / "output/post-5.html").exists()


def test_what_a_page_gets_through_plugins_filters_and_globals_counts(site: PlainSite) -> None:
    """What a plugin gives to a text, to all pages, or to a filter of its own, by whatever way it keeps it."""
    code = (
        "from pathlib import Path\nfrom pelican import signals\nWORDS = {{'a': '{word}'}}\nclass Near:\n"
        "    def __init__(self, of):\n        self.of = of\n"
        "    @property\n    def title(self):\n        return WORDS['a'] + self.of.title\n"
        "def shout(text):\n    return text + WORDS['a']\n"
        "def keep(generator):\n    WORDS['a'] = Path('word.txt').read_text()\n"
        "    generator.env.filters['shout'] = shout\n    generator.context['NOTE'] = '{note}'\n"
        "    generator.env.globals['count'] = lambda: len(generator.articles)\n"
        "    for one, other in zip(generator.articles, generator.articles[1:]):\n        one.nearby = Near(other)\n"
        "def register():\n    signals.article_generator_finalized.connect(keep)\n"
    )
    article = THEME["article.html"]
    site.write("word.txt", "w")
    plug(site, code.format(word="first", note="noted"))
    assert rendered(site) == 7
    write(site, 1, title="Another")
    assert rendered(site) == 3, "itself, the list, and the post that is near it"
    site.write("theme/templates/article.html", article.replace("article.content", "article.content|shout"))
    assert rendered(site) == 4
    write(site, 2, text="More.")
    assert rendered(site) == 1
    site.write("word.txt", "x")
    assert rendered(site) >= 4, "all posts: the filter's words changed"
    site.write("theme/templates/article.html", article.replace("article.content", "count()"))
    assert rendered(site) == 4
    write(site, 6)
    assert rendered(site) >= 5, "all posts say how many there are"
    plug(site, code.format(word="first", note="another"))
    assert rendered(site) == 9


def test_what_cannot_be_known_is_rendered_each_time(site: PlainSite) -> None:
    """What opens a file, asks for chance, keeps a count, or holds what nobody can look into."""
    parts = {
        "file": "lambda text: text + open('word.txt').read()",
        "chance": "lambda text: text + str(random.randint(0, 0))",
        "count": "Counting()",
        "iterator": "functools.partial(next, itertools.count(1))",
    }
    code = (
        "import functools, itertools, random\nfrom pelican import signals\n"
        "class Counting:\n    number = 0\n    def __call__(self, *text):\n        Counting.number += 1\n"
        "        return str(Counting.number)\n"
        "def keep(generator):\n    generator.env.filters['own'] = lambda text: text\n"
        "    generator.env.{kind}['own'] = {part}\n"
        "def register():\n    signals.article_generator_finalized.connect(keep)\n"
    )
    site.write("word.txt", "w")
    site.settings += "INCREMENTAL_CLOCK = 'day'\n"
    for name, part in parts.items():
        kind, use = ("globals", "own()") if name == "iterator" else ("filters", "article.content|own")
        plug(site, code.format(kind=kind, part=part))
        site.write("theme/templates/article.html", THEME["article.html"].replace("article.content", use))
        site.write("word.txt", name)
        rendered(site)
        write(site, 1, text=name)
        assert rendered(site) >= 4, name


def test_what_rendering_and_hooks_do_besides_is_done_again(site: PlainSite) -> None:
    """An attached file stays beside its post; a hook that rewrites a file, or all of them at the end, does so again."""
    site.write("content/s.txt", "attached")
    site.settings += "ARTICLE_SAVE_AS = '{slug}/index.html'\nARTICLE_URL = '{slug}/'\nSTATIC_PATHS = ['s.txt']\n"
    write(site, 1, text="[a file]({attach}s.txt)")
    code = (
        "from pathlib import Path\nfrom pelican import signals\n"
        "def shout(path, context):\n    if context.get('article'):\n"
        "        Path(path).write_text(Path(path).read_text() + context['article'].title)\n"
        "def end(site):\n    for path in Path(site.output_path).rglob('*.html'):\n"
        "        path.write_text(path.read_text().replace('title>', 'TITLE>'))\n"
        "def register():\n    signals.content_written.connect(shout)\n{}"
    )
    for end in ("", "    signals.finalized.connect(end)\n"):
        plug(site, code.format(end))
        assert rendered(site) == 7
        write(site, 2, text=f"More {end}")
        rendered(site)
        write(site, 3, text=f"More {end}")
        assert rendered(site) == 1
        assert (site.folder / "output/post-1/s.txt").exists()
