"""Made posts for measuring: some 600 words, three of fifteen tags and one of four categories each; none of it is true.

Each has headings, a quotation, a list, links, and marks that typographers care for. The same number is the same post.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

TAGS: tuple[str, ...] = ("pay", "picket", "relief", "contract", "vote", "safety", "hours", "pensions", "health")
TAGS += ("organizing", "arbitration", "freelancers", "automation", "layoffs", "solidarity")
CATEGORIES = ("Notes", "Reports", "Interviews", "Opinion")
_BEGIN = datetime(2024, 1, 1, 8, tzinfo=UTC)
_STEP = timedelta(hours=2)
_PARAGRAPHS, _SENTENCES, _WORDS = 8, 5, 14
_CHANCE = random.Random(3)  # noqa: S311 - the same words at every run
_VOCABULARY = tuple("".join(_CHANCE.choices("aeiounrtlsdkmpbg", k=_CHANCE.randint(2, 10))) for _ in range(8000))
_HOW_OFTEN = tuple(accumulate(1 / (rank + 2.7) for rank in range(len(_VOCABULARY))))
"""The words' frequencies, added up: as in a language, where few words are most of a text (Zipf, Mandelbrot)."""


@dataclass(frozen=True, slots=True)
class MadePost:
    """A post: what its head says, and its Markdown."""

    name: str
    title: str
    date: datetime
    category: str
    tags: tuple[str, ...]
    body: str


def made(number: int) -> MadePost:
    """Return one of the posts."""
    chance = random.Random(number)  # noqa: S311 - made data, not secrets
    parts = [_paragraph(chance) for _ in range(_PARAGRAPHS)]
    parts[2:2] = [f"## {_sentence(chance, 4)[:-1]}", f"> “{_sentence(chance, 12)}”"]
    parts[6:6] = [f"## {_sentence(chance, 3)[:-1]}", "\n".join(f"- {_sentence(chance, 5)}" for _ in range(3))]
    return MadePost(
        name=f"post-{number:05}",
        title=f"{_sentence(chance, 5)[:-1]} {number}",
        date=_BEGIN + number * _STEP,
        category=chance.choice(CATEGORIES),
        tags=tuple(chance.sample(TAGS, 3)),
        body="\n\n".join(parts) + "\n",
    )


def lay_for_pelican(content: Path, count: int) -> None:
    """Write posts with the headers that Pelican reads as it comes, and so does ours."""
    (content / "posts").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        post = made(number)
        head = f"Title: {post.title}\nDate: {post.date:%Y-%m-%d %H:%M}\nCategory: {post.category}\n"
        text = f"{head}Tags: {', '.join(post.tags)}\n\n{post.body}"
        (content / "posts" / f"{post.name}.md").write_text(text, "utf-8")


def lay_for_hugo(site: Path, count: int) -> None:
    """Write a site of Hugo's with the same posts, that prints pages, indexes of twenty, tags, categories and feeds."""
    for name, text in _HUGO.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    (site / "content" / "posts").mkdir(parents=True)
    for number in range(count):
        post = made(number)
        head = f'title: "{post.title}"\ndate: {post.date:%Y-%m-%dT%H:%M:%SZ}\ncategories: ["{post.category}"]\n'
        text = f"---\n{head}tags: [{', '.join(post.tags)}]\n---\n\n{post.body}"
        (site / "content" / "posts" / f"{post.name}.md").write_text(text, "utf-8")


def _paragraph(chance: random.Random) -> str:
    sentences = [_sentence(chance, _WORDS) for _ in range(_SENTENCES)]
    words = " ".join(chance.choices(_VOCABULARY, k=3))
    sentences[1] = (
        f'It\'s a [{words}](https://{chance.choice(_VOCABULARY)}.example.org/) -- *{words}* ... "**{words}**".'
    )
    return "\n".join(sentences)


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_VOCABULARY, cum_weights=_HOW_OFTEN, k=words)).capitalize() + "."


_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ range .Paginator.Pages }}<article><h2><a href="{{ .Permalink }}">{{ .Title }}</a></h2>{{ .Summary }}</article>
{{ end }}{{ range .Paginator.Pagers }}<a href="{{ .URL }}">{{ .PageNumber }}</a> {{ end }}{{ end }}
"""
_HUGO = {
    "hugo.toml": """baseURL = "https://example.org/"
title = "A made newsroom"
disableHugoGeneratorInject = true
[pagination]
pagerSize = 20
[permalinks.page]
posts = "/posts/:contentbasename/"
""",
    "layouts/baseof.html": """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
{{ range .AlternativeOutputFormats }}<link rel="{{ .Rel }}" type="{{ .MediaType.Type }}" href="{{ .Permalink }}">
{{ end }}</head>
<body><header><a href="{{ site.BaseURL }}">{{ site.Title }}</a></header>{{ block "main" . }}{{ end }}</body></html>
""",
    "layouts/home.html": _LIST.replace(".Paginator", "(.Paginate site.RegularPages)"),
    "layouts/list.html": _LIST,
    "layouts/taxonomy.html": """{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .Permalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
""",
    "layouts/single.html": """{{ define "main" }}<article><h1>{{ .Title }}</h1>
<time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "2 January 2006" }}</time>
{{ .Content }}
<p>{{ range .GetTerms "tags" }}<a href="{{ .Permalink }}">{{ .Title }}</a> {{ end }}</p>
{{ with .PrevInSection }}<a href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .Permalink }}">{{ .Title }}</a>{{ end }}</article>{{ end }}
""",
}
