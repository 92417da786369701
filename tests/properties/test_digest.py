"""A digest and a letter, whatever the words in them are."""

import email
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email import policy
from email.header import decode_header, make_header
from email.utils import parseaddr
from html.parser import HTMLParser
from itertools import chain

import hypothesis.strategies as st
from hypothesis import given
from markupsafe import escape

from plugins.core.config import frontmatter
from plugins.digest import markdown_lines, selection, wrapped_lines
from plugins.digest.draft import draft
from plugins.digest.email_html import mailable
from plugins.digest.email_message import PLACEHOLDER, message, one_line
from plugins.digest.email_text import plain_text
from plugins.digest.inline_css import styled
from plugins.digest.model import Chosen, Letter, News, NewsGroup, Sender
from plugins.sections.news import NewsItem, Period
from tests.copies import judged, shipped_markdown

PAGE = "https://example.org/repo/posts/x/"
KEPT = {"href", "start", "style", "colspan", "rowspan", "scope", "title", "lang"}
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SIGNS = [
    *(
        "](",
        "](https://evil.example)",
        "[x]: https://evil.example",
        "[^1]",
        "[x][y]",
        "![a](b.png)",
        "![",
        "*",
        "**",
        "_",
    ),
    *(
        "`",
        "``",
        "<b>",
        "<script>",
        "<!--",
        "-->",
        "<https://evil.example>",
        "&amp;",
        "&#42;",
        "&",
        "<",
        ">",
        "{story}u1",
    ),
    *(
        "{: onclick=x }",
        "{ .x #y }",
        "{filename}a.md",
        "|filename|a",
        "|",
        "\\",
        "\\[",
        "#",
        "///",
        "/// fund | a",
        "---",
    ),
    *(
        "~~~",
        "```",
        "=",
        "1.",
        "- ",
        "+ ",
        ": ",
        "*[HTML]: x",
        "\n",
        "\n\n",
        "\r",
        "\t",
        "    ",
        "\x02",
        "\x03",
        "\u202e",
    ),
    *(
        "\u2028",
        "\x0b",
        "wzxhzdk:1",
        "klzzwxh:0001",
        "a@b.example",
        "https://evil.example",
        "[x](javascript:y)",
        "</p>",
        "“",
        "é",
        "日本",
        "x",
        " ",
    ),
]
WORDS = st.lists(st.sampled_from(SIGNS), max_size=8).map("".join) | st.text(max_size=30)
NAMES = st.lists(WORDS, max_size=6).map(tuple)
MARKUP = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<ul>",
                "<li>",
                "</li>",
                "</ul>",
                "<ol start=3>",
                "<blockquote>",
                "</blockquote>",
                "<pre>",
            ),
            *("</pre>", "<h2>", "</h2>", "<table>", "<tr>", "<td>", "<th>", "</table>", "<br>", "<hr>", "<dl>", "<dd>"),
            *('<a href="https://a.example/x">', "<a href='{filename}x'>", "<a href=javascript:alert(1)>", "</a>"),
            *('<img src="https://a.example/x.png" alt="A gate">', "<img src=x onerror=y>", "<style>", "</style>"),
            *(
                "<link rel=stylesheet href=https://a.example>",
                "<script>",
                "</script>",
                "<iframe src=https://a.example>",
            ),
            *(
                '<p style="background:url(https://a.example)">',
                "<svg><image href=https://a.example />",
                "</svg>",
                "&amp;",
            ),
            *(
                "<td background=https://a.example>",
                "<video poster=https://a.example src=x>",
                "<span class=host>",
                "</span>",
            ),
            *(
                "words and words, ",
                "<",
                ">",
                '"',
                "'",
                "<!--",
                "-->",
                "&#x3c;img src=x&#x3e;",
                "<input type=image src=x>",
            ),
        ]
    ),
    max_size=14,
).map("".join)


class Seen(HTMLParser):
    """What HTML has: its elements, its links' addresses, every attribute, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.given: list[tuple[str, str, str]] = []
        self.chunks: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.given += [(tag, name, value or "") for name, value in attrs]
        self.links += [value or "" for name, value in attrs if (tag, name) == ("a", "href")]

    def handle_data(self, data: str) -> None:
        self.chunks.append(data)

    @property
    def words(self) -> str:
        return "".join(self.chunks)


def items(title: str, text: str, by: tuple[str, ...], *, linked: bool) -> Iterator[NewsItem]:
    """Return news with these words everywhere."""
    for at in (date(2026, 2, 27), date(2026, 2, 28)):
        yield NewsItem("{story}walk-out" if linked else "", title, at, "new", text, text, by)


def printed(group: NewsGroup) -> str:
    """Return a group's news in Markdown as the theme's template says it."""
    passage = markdown_lines.passage(Chosen(News("updates", "updates", group.items), (group,), 0))
    rows = []
    for line in passage.blocks[0].lines:
        rows.append(f"- {line.link} — {', '.join(line.by)} ({line.change}) ({line.about}). {line.text}")
    return "\n".join(rows)


@given(WORDS, WORDS, NAMES, st.booleans())
def test_nobodys_words_mean_anything_in_a_draft(title: str, text: str, by: tuple[str, ...], linked: bool) -> None:
    """Rendered as the site does, news is one list with the site's own links, and all words stand in it as they are."""
    made = printed(NewsGroup(tuple(items(title, text, by, linked=linked)), date(2026, 2, 28)))
    seen = Seen(shipped_markdown().convert(made))
    assert set(seen.tags) <= {"ul", "li", "a"}, made
    assert seen.links == (["{story}walk-out"] * 2 if linked else [])
    assert {(tag, name) for tag, name, _ in seen.given} <= {("a", "href")}
    for words in (title, text, *by[: markdown_lines.NAMED]):
        assert markdown_lines.plain(words).strip() in " ".join(seen.words.split()), made
    found = judged(made)
    assert [(one.kind, one.id) for one in found.references] == ([("story", "walk-out")] * 2 if linked else [])
    assert found.problems == ()


@given(WORDS)
def test_a_title_cannot_leave_its_line_of_the_front_matter(title: str) -> None:
    """Whatever a title is, the draft is a draft, and has that title."""
    told = f"The news: {one_line(title)}"
    text = draft(f"{escape(told)}\n\nWords.\n", "content/posts/x.md", "x", NOW)
    front, problems = frontmatter.split(text, "x.md")
    assert problems == []
    assert (front.data["status"], front.data["title"]) == ("draft", told.strip())
    assert front.body.strip() == "Words."


@given(WORDS, WORDS, WORDS)
def test_nothing_can_add_a_header_to_a_letter(subject: str, name: str, words: str) -> None:
    """A letter's head has its own lines and no other; subject, name and both forms come out as they went in."""
    text, html = f"{one_line(words)}\n", f"<p>{one_line(words)}</p>\n"
    made = Letter(subject, Sender(name, "", "https://list.example/leave"), NOW, "x@example.org", "en", html, text)
    data = message(made)
    read = email.message_from_bytes(data, policy=policy.default)
    head = "Subject From Date Message-ID X-Unsent List-Unsubscribe MIME-Version Content-Type Content-Language"
    assert sorted(read.keys()) == sorted(head.split())
    assert read["Subject"] == one_line(subject)
    shown, address = parseaddr(email.message_from_bytes(data)["From"])
    assert (str(make_header(decode_header(shown))), address) == (one_line(name), PLACEHOLDER)
    assert read["List-Unsubscribe"] == "<https://list.example/leave>"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().replace("\r\n", "\n") for part in read.iter_parts()] == [text, html]
    assert read.defects == [] and all(part.defects == [] for part in read.walk())
    assert max(map(len, data.splitlines())) <= 998
    assert message(made) == data


@given(MARKUP)
def test_what_is_mailable_loads_and_runs_nothing(html: str) -> None:
    """No element or attribute of a letter's text fetches anything, links lead to the web; read again, too."""
    made = mailable(html, PAGE).html
    for left in (made, mailable(made, PAGE).html):
        seen = Seen(styled(f"<html><head><style>p {{ margin: 0 }}</style></head><body>{left}</body></html>"))
        assert not {"img", "style", "script", "link", "iframe", "svg", "video", "input", "image"} & set(seen.tags)
        assert {name for _, name, _ in seen.given} <= KEPT
        assert not any("url" in value for _, name, value in seen.given if name == "style")
        assert all(link.startswith("https://") for link in seen.links)


@given(MARKUP)
def test_plain_text_has_all_words_in_short_lines(html: str) -> None:
    """Nothing that is in the HTML is lost, and only what is longer than a line by itself makes a longer one."""
    clean = mailable(html, "https://example.org/").html
    text = plain_text(clean)
    assert [word for chunk in Seen(clean).chunks for word in chunk.split() if word not in text] == []
    for row in text.splitlines():
        assert len(row) <= wrapped_lines.WIDTH or " " not in row.strip(" >-"), row


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5)), max_size=60), st.integers(1, 20))
def test_a_choice_loses_count_of_nothing(rows: list[tuple[int, int]], most: int) -> None:
    """What is told and what is not are all there was; every day has its share; of a day the highest are told."""
    found = tuple(
        NewsItem(f"{{story}}s{number}", "t", date(2026, 2, 22 + day), rank=rank)
        for number, (day, rank) in enumerate(rows)
    )
    period = Period(datetime(2026, 2, 22, tzinfo=UTC), NOW)
    chosen = selection.choose([News("updates", "updates", found)], period, UTC, most)  # type: ignore[arg-type]
    if not rows:
        assert chosen == ()
        return
    told = list(chain.from_iterable(group.items for group in chosen[0].groups))
    assert len(told) + chosen[0].more == len(rows)
    assert len(told) == min(len(rows), most) == len(set(told))
    days = {item.at for item in found}
    assert len({item.at for item in told}) == min(len(days), most)
    for day in {item.at for item in told}:
        left = [item.rank for item in found if item.at == day and item not in told]
        assert not left or min(item.rank for item in told if item.at == day) >= max(left)
