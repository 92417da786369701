"""Building again: nothing for nothing, and the same from scratch."""

from pathlib import Path

from tests.sites.conftest import POST, Build, Site

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
