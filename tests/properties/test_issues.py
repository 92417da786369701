"""Issues whose every word is hostile: what is written says just the answers, or nothing is written."""

import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from plugins.core.config import checked, frontmatter, toml
from plugins.core.text.plain_text import plain
from plugins.funds import issue_form as fund_issue
from plugins.funds.model import Fund
from plugins.posts import frontmatter_edit
from plugins.sections.issue_entries import Issue
from plugins.sections.model import Newsroom
from plugins.updates import issue_form as update_issue
from plugins.updates.config.sources_file import HandMatter

signs = st.text(
    st.sampled_from(list("ab1 #-.:'\"`*_[](){}<>&|~=/\\$%@!?,;^+\n\t\u202e\u2028\x85\x00é")), min_size=1, max_size=40
)
words = st.one_of(st.text(min_size=1, max_size=60), signs)
KEPT = '# Ours.\n[[fund]]\nid = "ours" # kept\nname = "Ours"\nurl = "https://ours.example/"\nhosts = ["ours.example"]\n'


def issue(kind: str, **answers: str) -> Issue:
    """Return an issue with these answers."""
    names = {name.replace("_", "-"): text for name, text in answers.items()}
    return Issue(kind, "i", "a reader's issue", names, {name: name for name in names}, dict.fromkeys(names, 1))


def newsroom(folder: str) -> Newsroom:
    """Return a newsroom on 1 March 2026."""
    return Newsroom(Path(folder), datetime(2026, 3, 1, 12, tzinfo=UTC), ZoneInfo("UTC"), "en", "https://example.org")


@given(words, words, words)
def test_an_update_says_what_the_reader_said(headline: str, outlet: str, summary: str) -> None:
    """Title, source and text are the reader's words and nothing more: no key, no sign of YAML, TOML or Markdown."""
    with TemporaryDirectory() as folder:
        url = "https://paper.example/a?b=c&d"
        asked = issue("update", headline=headline, url=url, date="2026-02-28", outlet=outlet, summary=summary)
        made = update_issue.make(asked, newsroom(folder))
        if made.problems:
            assert {one.what.partition(":")[0] for one in made.problems} == {"headline"}
            assert asked.line("headline") == ""
            return
        sources, text = made.files.values()
        front, problems = frontmatter.split(text, "f")
        matter, wrong = checked.check(HandMatter, front.data, "f", front.line_of)
        assert (problems, wrong) == ([], [])
        assert matter is not None
        assert (matter.title, matter.url, set(front.data)) == (
            asked.line("headline"),
            url,
            {"title", "source", "date", "url"},
        )
        html = Markdown(extensions=["extra"]).convert(front.body)
        assert re.findall("<[^>]*>", html) == (["<p>", "</p>"] if asked.line("summary") else [])
        assert plain(html) == " ".join(asked.line("summary", 300).split())
        (source,) = toml.read(sources, "f").data["source"]
        assert set(source) == {"id", "title", "site", "kind"}
        assert source["title"] == (asked.line("outlet") or "paper.example")


@given(words, words, words)
def test_a_fund_says_what_the_reader_said(name: str, holder: str, pays_for: str) -> None:
    """What was in the file stays to the letter; the new record has the reader's words, unsigned, and nothing more."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "funds.toml"
        path.write_text(KEPT, "utf-8")
        asked = issue(
            "fund", name=name, url="https://new.example/", legal_name=holder, pays_for=pays_for, relation="No"
        )
        made = fund_issue.make(asked, newsroom(folder))
        if made.problems:
            assert asked.line("name") == ""
            return
        text = made.files[path]
        assert text.startswith(KEPT)
        old, new = toml.read(text, "f").data["fund"]
        assert old["id"] == "ours"
        fund = Fund.model_validate(new)
        assert (fund.name, fund.pays_for) == (asked.line("name", 0), asked.line("pays-for", 300))
        assert (fund.hosts, fund.verified_on, fund.verified_by) == (("new.example",), None, "")


heads_with = st.sampled_from(
    [
        "",
        "corrections:\n",
        "corrections: []\n",
        "corrections: [] # none yet\n",
        "corrections: # below\n  # the first\n  - date: 2026-01-03 # day\n    text: |\n      One\n\n      # Two\n\n",
        "corrections:\n- date: 2026-01-03\n  text: One\n# about tags\n",
        "corrections: [{date: 2026-01-03, text: 'a ] b'},\n  {date: 2026-01-04, text: c}, ]\n",
    ]
)


@given(words, heads_with, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_a_correction_is_added_to_any_head(text: str, part: str, end: str, mark: str) -> None:
    """Every line that was there is there, comments and line ends too; the list is longer by what was given."""
    before = f"---\ntitle: A # ours\n{part}tags: [a]\n\n#slug: x\n---\n\nBody\n---\nmore\n"
    item = {"date": "2026-03-01", "text": issue("x", x=text).line("x")}
    after = frontmatter_edit.with_item(mark + before.replace("\n", end), "corrections", item)
    assert after.startswith(mark)
    assert after.count("\n") == after.count(end)
    plain_after = after.removeprefix(mark).replace("\r\n", "\n")
    old, new = frontmatter.split(before, "f")[0], frontmatter.split(plain_after, "f")[0]
    assert new.data == {**old.data, "corrections": [*(old.data.get("corrections") or []), item]}
    assert new.body == old.body
    for line in before.split("\n"):
        if not line.startswith(("corrections:", "  {date")):
            assert f"{line}\n" in plain_after
