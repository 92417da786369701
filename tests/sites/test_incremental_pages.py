"""The plugin `incremental` on plain Pelican sites: which pages are rendered again, and that no other had to be."""

import re
import textwrap
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


@pytest.mark.parametrize(("hook", "counts"), [("signals.finalized.connect(note)", (7, 3, 5)), ("pass", (7, 1, 5))])
def test_of_many_pages_that_list_much_a_few_are_known_again_where_hooks_may_change_what_they_get(
    site: PlainSite, hook: str, counts: tuple[int, int, int]
) -> None:
    """A theme that goes through all posts on each page is not asked again for each of them, but its index is."""
    article = THEME["article.html"]
    site.write(
        "theme/templates/article.html",
        article.replace(
            "{{ article.content }}", "{{ article.content }}{% for one in articles %}{{ one.title }}{% endfor %}"
        ),
    )
    limits = "from plugins.incremental import known_pages\nknown_pages._LONG, known_pages._SOME = 4, 2\n"
    hooks = f"def note(_):\n    pass\ndef register():\n    {hook}\n"
    plug(site, f"{limits}from pelican import signals\n{hooks}")
    found = [rendered(site)]
    write(site, 4, text="More.")
    found.append(rendered(site))
    write(site, 4, title="Another", text="More.")
    found.append(rendered(site))
    assert tuple(found) == counts


def test_of_templates_found_while_a_page_is_rendered_only_those_count_that_it_looked_for(site: PlainSite) -> None:
    """By a name that it puts together: there or not; also for a page whose template is a file of the content."""
    side = "{% include 'side-' ~ (article.slug if article else 'none') ~ '.html' ignore missing %}"
    site.settings += "TEMPLATE_PAGES = {'own.html': 'own.html'}\n"
    site.write("content/own.html", side)
    site.write("theme/templates/article.html", THEME["article.html"].replace("{{ article.content }}", side))
    assert rendered(site) == 8
    site.write("theme/templates/side-post-1.html", "{{ SITENAME }}")
    site.write("theme/templates/unused.html", "")
    assert rendered(site) == 1
    site.write("theme/templates/side-post-1.html", "{{ SITEURL }}")
    assert rendered(site) == 1
    site.write("theme/templates/side-none.html", "nothing")
    assert rendered(site) == 1


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


def test_a_themes_words_in_another_language_count_also_where_its_plugin_says_that_it_is_pure(site: PlainSite) -> None:
    """What a plugin reads there when it begins, nobody sees a page get."""
    code = (
        "from pathlib import Path\nfrom pelican import signals\n"
        "from plugins.incremental.signals import Declaration, declare\n"
        "def say(site):\n    return Declaration(pure=('own.',))\n"
        "def keep(generator):\n    words = Path('theme/locale/es.po').read_text()\n"
        "    generator.env.filters['own'] = lambda text: text + words\n"
        "def register():\n    declare.connect(say)\n    signals.article_generator_finalized.connect(keep)\n"
    )
    site.write("theme/locale/es.po", "Hola")
    site.write("theme/templates/article.html", THEME["article.html"].replace("article.content", "article.content|own"))
    plug(site, code)
    assert rendered(site) == 7
    site.write("theme/locale/es.po", "Buenas")
    assert rendered(site) == 7


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


def test_a_hook_that_names_pages_by_where_the_output_is_finds_them_in_it(site: PlainSite) -> None:
    """Pelican tells of each page with its path and with the settings, of which one says where the output is."""
    code = """
        import os
        from pelican import signals
        def note(path, context):
            with open(path, "a") as file:
                file.write(os.path.relpath(path, context["OUTPUT_PATH"]))
        def register():
            signals.content_written.connect(note)
    """
    plug(site, textwrap.dedent(code))
    for text in ("", "More."):  # what a hook rewrites is kept from the second build on
        write(site, 1, text=text)
        assert rendered(site) == 7
    write(site, 1, text="Still more.")
    assert rendered(site) == 1


def test_an_attached_file_goes_to_the_text_that_stock_pelican_asks_first(site: PlainSite) -> None:
    """Not to one that a page showed before it was edited."""
    site.settings += "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None\nSTATIC_PATHS = ['s.txt']\n"
    site.settings += "ARTICLE_SAVE_AS = '{slug}/index.html'\nARTICLE_URL = '{slug}/'\n"
    shown = "{% for one in articles if one.slug == article.shows %}{{ one.content }}{% endfor %}{{ article.content }}"
    site.write("theme/templates/article.html", shown)
    site.write("content/s.txt", "attached")
    for number in (1, 2):
        write(site, number, text="[a file]({attach}s.txt)")
    site.write("content/post-4.md", "Title: Post 4\nDate: 2026-01-04\nShows: post-1\n\nText.\n")
    rendered(site)
    site.write("content/post-4.md", "Title: Post 4\nDate: 2026-01-04\n\nText.\n")
    rendered(site)


TORTURES = {
    "a filter that marks a post": (
        "def mark(article):\n    article.seen = True\n    return ''\nfilters['own'] = mark",
        "{{ article|own }}",
        "{% for article in articles %}{{ article.title }}{{ article.seen }}{% endfor %}",
    ),
    "a list that templates add to": (
        "context['shown'] = []",
        "{{ shown|length }}{% set _ = shown.append(article.slug) %}",
        "{{ shown|join(' ') }}",
    ),
    "a count of the function's own": (
        "def count(text):\n    count.number = getattr(count, 'number', 0) + 1\n    return str(count.number)\n"
        "filters['own'] = count",
        "{{ article.slug|own }}",
        "",
    ),
    "a file of the content, read through a library that keeps it": (
        "import linecache\nfilters['own'] = lambda slug: linecache.getline('content/data.txt', 1)",
        "{{ article.slug|own }}",
        "",
    ),
    "one of two functions of a line": (
        "filters['own'] = (lambda slug: 'few') if len(articles) < 25 else (lambda slug: 'many')",
        "{{ article.slug|own }}",
        "",
    ),
    "whether there is a file": (
        "import os\nfilters['own'] = lambda slug: str(os.path.exists('content/new.txt'))",
        "{{ article.slug|own }}",
        "",
    ),
    "attributes of a list, in slots, and besides those of a dataclass": (
        "class Many(list): pass\nclass Slotted:\n    __slots__ = ('number',)\nclass Free(Slotted): pass\n"
        "@dataclass\nclass Data:\n    number: int = 0\n"
        "many, free, data = Many(), Free(), Data()\nmany.number = free.number = data.more = len(articles)\n"
        "context.update(many=many, free=free, data=data)",
        "{{ many.number }}{{ free.number }}{{ data.more }}",
        "",
    ),
    "all names at once, and a name that nothing else says": (
        "@jinja2.pass_context\ndef find(names, slug):\n    return str(len(names.parent['articles']))\n"
        "@jinja2.pass_context\ndef get(names, slug):\n    return names.get('NEWEST')\n"
        "filters.update(own=find, get=get)\ngenerator.env.globals['NEWEST'] = articles[0].title",
        "{{ article.slug|own }}{{ article.slug|get }}",
        "",
    ),
    "an extension of Jinja's with a state": (
        "class Own(Extension):\n    tags = {'own'}\n    def parse(self, parser):\n"
        "        line = next(parser.stream).lineno\n"
        "        return nodes.Output([self.call_method('say')]).set_lineno(line)\n"
        "    def say(self):\n        return str(len(articles))\ngenerator.env.add_extension(Own)",
        "{% own %}",
        "",
    ),
    "a cache of Python's, which asks no post a second time": (
        "import functools\n@functools.cache\ndef find(last):\n    return posts(last)\n"
        "filters['own'] = lambda _: find('own'[3:])",
        "{{ article.slug|own }}",
        "",
    ),
    "a function that hides what it is around": (
        "import functools\ndef keep(function):\n    kept = []\n    @functools.wraps(function)\n    def inner(_):\n"
        "        kept[:] = kept or [function('own'[3:])]\n        return kept[0]\n    return inner\n"
        "filters['own'] = keep(posts)",
        "{{ article.slug|own }}",
        "",
    ),
    "properties that keep what they gave": (
        "import functools\nclass Kept:\n    articles = None\n"
        "    @functools.cached_property\n    def titles(self):\n"
        "        return [one.title for one in self.articles if one.slug.endswith('-' + 'own'[3:])]\n"
        "@dataclass(frozen=True)\nclass Frozen(Kept):\n    articles: list\n"
        "context['own'] = Frozen(articles)",
        "{{ own.titles }}",
        "",
    ),
    "a namespace of Jinja's that pages share": (
        "from jinja2.utils import Namespace\ncontext['own'] = Namespace(count=0)",
        "{% set own.count = own.count + 1 %}{{ own.count }}{{ article.title }}",
        "",
    ),
    "a template that asks once for all pages, when it is imported": (
        "generator.env.globals['own'] = lambda: posts('own'[3:])\n",
        "{% import 'imported-own.html' as one %}{{ one.titles }}",
        "",
    ),
    "posts without a file, of which only the order counts": (
        "from pelican.contents import Article\n"
        "made = [Article('', {'title': 'Made', 'slug': slug}, generator.settings) for slug in 'abc']\n"
        "context['own'] = made[::-1] if 'Another title' in posts('own'[3:]) else made\ncontext['made'] = made[0]",
        "{% for one in own %}{% if one == made %}{{ loop.index }}{% endif %}{% endfor %}",
        "",
    ),
    "a part that cannot be parsed, and is not come to": (
        "",
        "{% if not article %}{% include 'wrong.html' %}{% endif %}",
        "",
    ),
}


def test_whatever_a_plugin_or_a_template_does_the_pages_are_those_of_stock_pelican(site: PlainSite) -> None:
    """What pages share, what code keeps, reads, or hides in a value: three posts with a template of each."""
    site.write("theme/templates/wrong.html", "{% unknown %}")
    site.write("content/data.txt", "old")
    does, tags = [], []
    for number, (code, article, tag) in enumerate(TORTURES.values()):
        body = "{{ article.title }}{{ article.content }}" + article.replace("own", f"own{number}")
        site.write(f"theme/templates/own{number}.html", body)
        site.write(f"theme/templates/imported-own{number}.html", f"{{% set titles = own{number}() %}}")
        tags.append(tag)
        for name in ("first", "second", "third"):
            write_with(site, name, number)
        does.append(f"def do{number}():\n{textwrap.indent(code.replace('own', f'own{number}') or 'pass', '    ')}\n")
    plug(
        site,
        "from dataclasses import dataclass\nimport jinja2\nfrom jinja2 import nodes\n"
        "from jinja2.ext import Extension\nfrom pelican import signals\n"
        "def posts(last):\n    return [one.title for one in articles if one.slug.endswith('-' + last)]\n"
        f"{''.join(does)}def keep(of):\n    global context, articles, filters, generator\n"
        "    generator, context, articles, filters = of, of.context, of.articles, of.env.filters\n"
        f"    for do in ({', '.join(f'do{number}' for number in range(len(does)))}):\n        do()\n"
        "def register():\n    signals.article_generator_finalized.connect(keep)\n",
    )
    site.write("theme/templates/tags.html", "".join(tags))
    site.build()
    for number in range(len(does)):
        write_with(site, "second", number, "Another title")
    site.build()
    same_as_stock(site)
    write(site, 5)
    site.write("content/data.txt", "new")
    site.write("content/new.txt", "new")
    site.build()
    same_as_stock(site)


def write_with(site: PlainSite, name: str, number: int, title: str = "A title") -> None:
    """Write a post with a template of its own."""
    head = POST.format(title=title, date=f"2025-01-{number + 1:02} 10:00", tags="a", category="Notes")
    site.write(f"content/{name}-{number}.md", f"Slug: {name}-{number}\nTemplate: own{number}\n{head}")


def test_what_a_template_does_to_a_post_is_seen_by_the_pages_after_it(site: PlainSite) -> None:
    """Each page asks all posts for their tags; after a new title, one post's page adds to its own."""
    asks = "{% for one in articles %}{{ one.tags|length }}{% endfor %}"
    adds = "{% if 'more' in article.title %}{% set _ = article.tags.append(article.tags[0]) %}{% endif %}"
    site.write("theme/templates/article.html", asks + adds)
    site.write("theme/templates/index.html", asks)
    rendered(site)
    write(site, 2, "One tag more")
    # Its own page, that of the post after it, and the two pages of the list.
    assert rendered(site) == 4


def test_an_object_in_the_settings_may_count_the_pages_that_ask_it(site: PlainSite) -> None:
    """In itself, or in its module; there is no plugin that could say so."""
    site.settings += "import sys\nsys.path.insert(0, 'theme')\nimport own_counter\nCOUNTER = own_counter.Counter()\n"
    site.write("theme/templates/article.html", THEME["article.html"].replace("article.content", "COUNTER.hit()"))
    code = "class Counter:\n    number = 0\n    def hit(self):\n        {0}.number += 1\n        return {0}.number\n"
    for kept_by in ("self", "Counter"):
        site.write("theme/own_counter.py", code.format(kept_by))
        rendered(site)
        write(site, 2, title=f"Counted by {kept_by}")
        rendered(site)


def test_a_plugin_that_asks_the_time_makes_no_page_another_one(site: PlainSite) -> None:
    """The site is built each time then, but only pages whose filters or templates ask for it are rendered again."""
    code = (
        "from datetime import datetime\nfrom pelican import signals\n"
        "def keep(generator):\n    datetime.now()\n"
        "    generator.env.filters['own'] = lambda _: str(datetime.now())[:0]\n"
        "def register():\n    signals.article_generator_finalized.connect(keep)\n"
    )
    plug(site, code)
    assert rendered(site) == 7
    assert rendered(site) == 0
    site.write("theme/templates/tags.html", "{{ 'a'|own }}{{ SITENAME }}")
    rendered(site)
    assert rendered(site) == 1


def test_a_filter_in_the_theme_s_own_folder_is_code(site: PlainSite) -> None:
    """Its module lies beside the templates, where it is no text of a page; settings import it before any plugin."""
    site.settings += "import sys\nsys.path.insert(0, 'theme')\nimport own_filters\n"
    site.settings += "JINJA_FILTERS = {'own': own_filters.own}\n"
    site.write("theme/templates/tags.html", "{{ SITENAME|own }}")
    site.write("theme/own_filters.py", "def own(text):\n    return text + ' of old'\n")
    rendered(site)
    site.write("theme/own_filters.py", "def own(text):\n    return text + ' of the new'\n")
    rendered(site)


def test_a_site_that_a_plugin_builds_within_another_is_a_part_of_it(site: PlainSite) -> None:
    """As those of other languages are: below the same output, with pages of the same names."""
    code = (
        "import os\nfrom pelican import Pelican, signals\nOUTPUT = []\n"
        "def begin(site):\n    OUTPUT.append(site.settings['OUTPUT_PATH'])\n"
        "def build(site):\n    if len(OUTPUT) == 1:\n"
        "        more = {'OUTPUT_PATH': os.path.join(OUTPUT[0], 'sub'), 'SITENAME': 'Within'}\n"
        "        Pelican(dict(site.settings, **more)).run()\n"
        "def register():\n    signals.initialized.connect(begin)\n    signals.get_writer.connect(build)\n"
    )
    plug(site, code)
    assert rendered(site) == 14
    write(site, 1, text="More.")
    assert rendered(site) == 2
    (site.folder / "content/post-2.md").unlink()
    rendered(site)
    assert not (site.folder / "output/sub/post-2.html").exists()


def test_feeds_are_written_again_where_a_text_in_them_changed(site: PlainSite) -> None:
    """By its words, a link's goal, or a feed's own title; all of them, where a hook waits for feeds."""
    site.settings += "CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = ''\n"
    site.settings += "FEED_ALL_ATOM, TAG_FEED_RSS, FEED_MAX_ITEMS = 'all.xml', 'tag-{slug}.xml', 3\n"
    write(site, 4, tags="c")
    assert feeds_written(site) == {"all.xml", "tag-a.xml", "tag-b.xml", "tag-c.xml"}
    write(site, 4, tags="c", text="More.")
    assert feeds_written(site) == {"all.xml", "tag-c.xml"}
    write(site, 1, text="More.")
    assert feeds_written(site) == {"tag-a.xml", "tag-b.xml"}, "it is the fourth of three in the feed of all"
    write(site, 1, text="[Four]({filename}post-4.md)")
    assert feeds_written(site) == {"tag-a.xml", "tag-b.xml"}
    site.write("content/post-4.md", (site.folder / "content/post-4.md").read_text().replace("Date", "Slug: 4\nDate"))
    assert feeds_written(site) == {"all.xml", "tag-a.xml", "tag-b.xml", "tag-c.xml"}
    assert feeds_written(site) == set()
    (site.folder / "output/tag-c.xml").write_text("damaged")
    assert feeds_written(site) == {"tag-a.xml", "tag-b.xml", "tag-c.xml"}, "a text with a link is asked for each time"
    plug(site, "from pelican import signals\ndef note(path, context, feed):\n    pass\n"
         "def register():\n    signals.feed_written.connect(note)\n")  # fmt: skip
    assert len(feeds_written(site)) == 4
    write(site, 4, tags="c", text="Other.")
    assert len(feeds_written(site)) == 4


def feeds_written(site: PlainSite) -> set[str]:
    """Build, hold the output to that of stock Pelican, and return the feeds that were written."""
    said = site.build(level=20)
    same_as_stock(site)
    return set(re.findall(r"([a-z-]+\.xml)\"", said.replace(" ", "")))
