"""Where a give button can come from: a fund's record, and nowhere else."""

import re
from pathlib import Path

import pytest

from plugins.funds.section import edition
from plugins.sections.gather import unknown_references
from plugins.sections.model import CrossReference, Edition, Newsroom
from plugins.updates.parse.safe_html import sanitise

TEMPLATES = Path(__file__).parents[3] / "theme" / "templates"
HOSTILE = (
    '<a class="button" id="give" style="x" href="https://evil.example/">Give</a><article class="fund">x</article>'
    '<form action="https://evil.example/"><button>Give</button><input type="submit"></form>'
    '<a href="javascript:alert(1)">Give</a><script>document.querySelector(".button").href="https://evil.example"</script>'
)


def test_fetched_markup_cannot_look_like_a_button_or_change_one() -> None:
    """No class, id, style, form or script survives what every fetched text goes through."""
    safe = str(sanitise(HOSTILE, "https://paper.example/"))
    assert not re.search(r"class|id=|style|<form|<button|<input|<script|<article|javascript", safe)


def test_one_template_prints_buttons_and_takes_their_address_from_a_fund() -> None:
    """Posts, updates and listings have no macro of their own for it."""
    pattern = re.compile(r'class="(?:[^"]* )?button\b')
    printing = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if pattern.search(path.read_text("utf-8"))
    }
    assert printing == {"parts/fund.html"}
    text = (TEMPLATES / "parts" / "fund.html").read_text("utf-8")
    assert '<a class="button{% if help %} button-help{% endif %}" href="{{ link }}">' in text
    assert set(re.findall(r"{{ fund_action\(fund, ([\w.]+), ([\w.]+)", text)) == {
        ("fund.give_link", "fund.give_address"),
        ("fund.help_link", "fund.help_address"),
    }


@pytest.mark.parametrize(
    "file", ["updates/evil.md", "posts/evil.md", "listings/evil.md", "archive/updates/2026-03.jsonl"]
)
def test_no_other_file_adds_to_the_funds(newsroom: Newsroom, file: str) -> None:
    """The funds of a site are those of funds.toml, whatever else lies in the content folder."""
    path = newsroom.content / file
    path.parent.mkdir(parents=True)
    path.write_text("---\nid: evil\nurl: https://evil.example/\ngive: https://evil.example/\n---\n", "utf-8")
    assert edition(newsroom).context["funds"] == ()


def test_a_post_names_a_fund_by_its_id_or_the_build_stops() -> None:
    """A name nobody recorded is a problem, not a card."""
    posts = Edition("posts", references=(CrossReference("content/posts/one.md", 3, "fund", "evil"),))
    assert unknown_references([posts, Edition("funds", defines={"fund": frozenset({"relief"})})])
