"""Building again: nothing for nothing, and the same from scratch."""

import re
import shutil
from pathlib import Path

from tests.sites.conftest import NOW, POST, Build, Site, builder

SMALL = Path(__file__).parent / "small" / "content"
PINNED = '[[pin]]\nupdate = "puerto-bbbb"\nwhy = "it leads"\n'
CITED = (
    '{"url": "https://weather.example.org/", "verdict": "alive", "since": "2026-02-01", '
    '"archived": {"url": "https://archive.example/1", "day": "2026-02-01"}}\n'
)
EDITS: dict[str, tuple[str, str, str]] = {
    "a text": ("posts/day-two.md", "It rained", "[It poured](https://weather.example.org/)"),
    "a copy of what a text cites": ("archive/links.jsonl", "", CITED),
    "a title, shown by lists and neighbours": ("posts/day-two.md", "Title: Day two", "Title: The second day"),
    "tags, and a post's own place": ("posts/day-one.md", "[pay, picket]\n", "[pay, tea]\nslug: one\n"),
    "a fund that a post's card shows": ("funds.toml", "Hot meals", "Warm meals"),
    "a milestone": ("strikes.toml", "Nine in ten vote", "Nine of ten vote"),
    "a topic": ("updates/topics.toml", "The strike", "The dispute"),
    "a source": ("updates/sources.toml", "Harbour Daily", "The Daily"),
    "a listing that a post's card shows": ("listings/dock-planner.md", "Planner, automated", "Planner, automatic"),
    "a text of the site's own in the wire": ("updates/vote.md", "Nine in ten", "Nine of ten"),
    "a picture": ("images/gate.svg", "<svg ", '<svg id="other" '),
    "a row of demands": ("demands.toml", "6% a year", "7% a year"),
    "a meeting": ("events.toml", "Bus 7", "Bus 8"),
    "a yardstick, beside the bars of a listing": ("yardsticks.toml", "31200", "41200"),
    "an update on top of the wire": ("updates/desk.toml", "", PINNED),
    "a post in another language": ("posts/new.md", "", POST.replace("tags:", "lang: es\ntags:")),
    "an employer's line in a post": ("posts/day-one.md", "We regret the noise", "We regret the tea"),
    "a post less, and the next day": ("posts/lines.md", "", ""),
}

FILES = {
    "posts/first.md": POST,
    "posts/second.md": POST.replace("A first", "A second"),
    "strikes.toml": '[[strike]]\nid = "s"\nunion = "U"\nemployers = "E"\nstart = 2026-02-03\nstatus = "running"\n',
}


def stamps(site: Site) -> dict[Path, int]:
    """Return when each file was written."""
    return {path: path.stat().st_mtime_ns for path in site.output.rglob("*") if path.is_file()}


def test_a_second_build_writes_nothing(build: Build) -> None:
    """Nothing is rendered, and it says so, until what a text's date says has come; then that is built."""
    before = stamps(build({**FILES, "posts/later.md": POST.replace("2026-01-02", "2026-03-01 04:30")}))
    again = build()
    assert "pages rendered: nothing has changed" in again.said
    assert stamps(again) == before
    assert "nothing has changed" in build(now="1772368199").said
    assert "posts/later/index.html" in build(now="1772368200").files()


def test_an_edit_gives_what_a_clean_build_gives(build: Build) -> None:
    """After edits, deletions and renames the output is that of a build into an empty folder."""
    site = build(FILES)
    (site.content / "posts/second.md").rename(site.content / "posts/third.md")
    (site.content / "strikes.toml").unlink()
    again = build({"posts/first.md": POST.replace("[pay]", "[pay, talks]")})
    clean = build(output="clean")
    assert again.files() == clean.files()
    assert "posts/second/index.html" not in again.files()
    assert "timeline/index.html" not in again.files()


def test_after_each_kind_of_edit_only_some_pages_are_rendered_and_all_are_as_in_a_clean_build(tmp_path: Path) -> None:
    """Of a site with all features: texts, lists, cards in texts, the wire, the desk, pictures, and the next day."""
    shutil.copytree(SMALL, tmp_path / "kept/content")
    content, build, now = tmp_path / "kept/content", builder(tmp_path / "kept"), NOW
    assert build().code == 0
    for number, (what, (name, old, new)) in enumerate(EDITS.items()):
        text = (content / name).read_text("utf-8") if (content / name).exists() else ""
        assert old in text, what
        (content / name).write_text(text.replace(old, new, 1), "utf-8")
        if what == "a post less, and the next day":
            (content / name).unlink()
            now = str(int(NOW) + 86400)
        if number % 2:
            again = build(now=now)
            count = re.search(r"([0-9]+) of ([0-9]+) pages rendered", again.said)
            assert count and 0 < int(count[1]) < int(count[2]), f"{what}: {again.said}"
        if number % 6 == 5:
            shutil.copytree(content, tmp_path / f"clean-{number}/content")
            clean = builder(tmp_path / f"clean-{number}")(now=now)
            assert again.files() == clean.files(), what


def test_the_day_is_part_of_what_is_built(build: Build) -> None:
    """A running strike's banner counts on with the calendar, and nothing but pages with a date change."""
    site = build(FILES)
    before = site.files()
    after = build(now=str(1772366400 + 86400)).files()
    dated = {"index.html", "timeline/index.html", "poster/index.html"}
    assert {name for name in after if after[name] != before[name]} == dated


def test_a_folder_with_a_single_post_is_a_site(build: Build) -> None:
    """What has no file has no page, and no link to it."""
    site = build({"posts/first.md": POST})
    assert site.code == 0, site.said
    pages = {name for name in site.files() if name.endswith(".html")}
    assert not {"donate/index.html", "timeline/index.html", "listings/index.html", "updates/index.html"} & pages
    assert {"index.html", "posts/index.html", "posts/first/index.html", "404.html", "subscribe/index.html"} <= pages
    for name in pages:
        for part in ("donate/", "timeline/", "listings/", "updates/"):
            assert f'href="/{part}' not in site.page(name), name
