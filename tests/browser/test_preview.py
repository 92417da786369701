"""The writer saves, and the open tab shows it: in a real Chromium, from a real `./inv serve`."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.copies import project
from tests.loopback.previewing import LIMIT, Preview, preview, previewed  # noqa: F401 - a fixture

POST = "posts/day-one.md"
expect.set_options(timeout=LIMIT * 1000)


@pytest.fixture
def tab(browser: Browser, preview: Preview) -> Iterator[Page]:  # noqa: F811
    """Return a tab on the post; nothing may be refused by the page's policy, and no script may fail."""
    page = browser.new_page()
    page.set_default_timeout(LIMIT * 1000)
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404 (Not Found)" not in message.text:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{preview.address}/posts/day-one/")
    yield page
    page.close()
    assert complaints == []


@pytest.fixture(autouse=True)
def as_it_was(preview: Preview) -> Iterator[None]:  # noqa: F811
    """Put every file back that a test changes."""
    before = {path: path.read_bytes() for path in written(preview)}
    yield
    for path in written(preview):
        if path not in before:
            path.unlink()
    for path, data in before.items():
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)
    preview.settle()


def written(preview: Preview) -> list[Path]:  # noqa: F811
    """Return the files a writer or a maintainer could have changed."""
    found = (path for name in ("content", "plugins", "theme") for path in preview.folder.glob(f"{name}/**/*"))
    return [preview.folder / "pelicanconf.py", *(path for path in found if path.is_file())]


def marked(page: Page) -> None:
    """Leave a mark in the page that a reload takes away."""
    page.evaluate("window.kept = true")


def is_marked(page: Page) -> bool:
    """Say whether the page was not loaded again since it was marked."""
    return bool(page.evaluate("window.kept === true"))


def test_a_saved_text_is_in_the_open_tab(tab: Page, preview: Preview) -> None:  # noqa: F811
    """New words appear by themselves, also where the page did not exist yet, and where it is gone again."""
    preview.write("posts/fresh.md", "---\ntitle: Fresh\ndate: 2026-02-20\n---\n\nThe first words.\n")
    tab.goto(f"{preview.address}/posts/fresh/")
    expect(tab.locator("main")).to_contain_text("The first words.")
    preview.edit("posts/fresh.md", "first words", "second words")
    expect(tab.locator("main")).to_contain_text("The second words.")
    preview.path("posts/fresh.md").unlink()
    expect(tab.locator("h1")).to_have_text("The page walked out")
    preview.write("posts/fresh.md", "---\ntitle: Fresh\ndate: 2026-02-20\n---\n\nBack again.\n")
    expect(tab.locator("main")).to_contain_text("Back again.")


def test_only_the_pages_that_changed_load_again(tab: Page, browser: Browser, preview: Preview) -> None:  # noqa: F811
    """An edit of one text leaves a tab on another page alone."""
    other = browser.new_page()
    other.goto(f"{preview.address}/donate/")
    marked(other)
    preview.write(POST, preview.path(POST).read_text("utf-8") + "\n\nOne more line.\n")
    expect(tab.locator("main")).to_contain_text("One more line.")
    assert is_marked(other)
    other.close()


def test_a_text_that_was_shown_early_is_not_loaded_twice(tab: Page, preview: Preview) -> None:  # noqa: F811
    """Whoever reads it does not lose their place when the whole is built."""
    with preview.builds_held():
        preview.write(POST, preview.path(POST).read_text("utf-8") + "\n\nSeen early.\n")
        expect(tab.locator("main")).to_contain_text("Seen early.")
        marked(tab)
    preview.settle()
    assert is_marked(tab)


def test_a_style_sheet_is_replaced_without_loading_the_page(tab: Page, preview: Preview) -> None:  # noqa: F811
    """Colours change under the writer's eyes; the page keeps its place."""
    marked(tab)
    preview.write(
        "theme/static/css/parts.css", preview.path("theme/static/css/parts.css").read_text() + "\nh1{color:#010203}\n"
    )
    expect(tab.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert is_marked(tab)


def test_a_template_is_in_every_open_tab_before_the_whole_is_built(
    tab: Page,
    browser: Browser,
    preview: Preview,  # noqa: F811
) -> None:
    """With the words that were saved before it; who reads on does not lose their place when the whole is built."""
    front, about = browser.new_page(), browser.new_page()
    front.goto(f"{preview.address}/")
    about.goto(f"{preview.address}/about/")
    marked(about)
    with preview.builds_held():
        preview.write(POST, preview.path(POST).read_text("utf-8") + "\n\nSaved before.\n")
        expect(tab.locator("main")).to_contain_text("Saved before.")
        preview.edit("theme/templates/base.html", "{{ TAGLINE }}</p>", "Another line</p>")
        for page in (tab, front):
            expect(page.locator(".masthead")).to_contain_text("Another line")
        expect(tab.locator("main")).to_contain_text("Saved before.")
        preview.edit("theme/templates/page.html", "<article", "<article data-second")
        expect(about.locator("article[data-second]")).to_have_count(1)
        assert not is_marked(about)
        marked(tab)
        marked(front)
    preview.settle()
    assert is_marked(tab) and is_marked(front)
    assert "Another line" in preview.page("/posts/day-two/")
    front.close()
    about.close()


def test_a_template_that_is_wrong_changes_no_page(tab: Page, preview: Preview) -> None:  # noqa: F811
    """The build tells what is wrong; and what was shown goes with a build that fails for another reason."""
    marked(tab)
    with preview.builds_held():
        preview.edit("theme/templates/article.html", "{% block article_tags %}", "{% block article_tags %}{% if %}")
        preview.edit("theme/static/css/parts.css", "{", "{color:#010203;")
        expect(tab.locator("link[href*='parts.css?']")).to_have_count(1)
        assert is_marked(tab)
    shown = tab.locator("#preview-problems")
    expect(shown).to_contain_text(re.compile(r"theme/templates/article\.html:\d+"))
    assert is_marked(tab)
    preview.edit("theme/templates/article.html", "{% if %}", "")
    expect(shown).to_have_count(0)
    preview.settle()
    with preview.builds_held():
        preview.edit("theme/templates/base.html", "{{ TAGLINE }}</p>", "A moment</p>")
        expect(tab.locator(".masthead")).to_contain_text("A moment")
        preview.write("strikes.toml", "nonsense")
    expect(shown).to_contain_text("strikes.toml")
    expect(tab.locator(".masthead")).not_to_contain_text("A moment")


def test_what_is_open_is_printed_before_the_rest(tab: Page, preview: Preview) -> None:  # noqa: F811
    """Also where only a build can tell what comes of an edit: before it has written anything."""
    held = preview.folder / ".cache" / "held"
    line = "    settings, of_site = build.newsroom.settings"
    wait = "    while __import__('os').path.exists('.cache/held'): __import__('time').sleep(0.01)\n"
    preview.edit("plugins/seo/plugin.py", line, f"{wait}{line}")
    preview.settle()
    tab.goto(f"{preview.address}/timeline/")
    before = preview.rounds()
    held.touch()
    try:
        preview.edit("strikes.toml", 'union = "', 'union = "First the ')
        expect(tab.locator("main")).to_contain_text("First the ")
        assert preview.rounds() == before
        marked(tab)
    finally:
        held.unlink()
    preview.settle()
    assert is_marked(tab)


def test_a_problem_is_in_the_page_until_it_is_put_right(tab: Page, preview: Preview) -> None:  # noqa: F811
    """File, line and remedy stand above the page the writer was on, and go by themselves."""
    marked(tab)
    preview.edit(POST, "title:", "titel:")
    shown = tab.locator("#preview-problems")
    expect(shown).to_contain_text(re.compile(r"content/posts/day-one\.md:\d+"))
    expect(shown).to_contain_text("did you mean title?")
    preview.edit(POST, "titel:", "title:")
    expect(shown).to_have_count(0)
    assert tab.url.endswith("/posts/day-one/")
    assert is_marked(tab)  # what is on show did not change


def test_a_template_error_names_its_line(tab: Page, preview: Preview) -> None:  # noqa: F811
    """Wrong syntax, and what fails only when it is printed."""
    shown = tab.locator("#preview-problems")
    preview.edit("theme/templates/article.html", "{% block article_tags %}", "{% block article_tags %}{% if %}")
    expect(shown).to_contain_text(re.compile(r"theme/templates/article\.html:\d+"))
    preview.edit("theme/templates/article.html", "{% if %}", "{{ article.nothing.at_all }}")
    expect(shown).to_contain_text("has no attribute 'nothing'")
    expect(shown).to_contain_text(re.compile(r"theme/templates/article\.html:\d+"))
    preview.edit("theme/templates/article.html", "{{ article.nothing.at_all }}", "<i>At last</i>")
    expect(tab.locator("i", has_text="At last")).to_be_visible()
    expect(shown).to_have_count(0)


def test_changed_code_takes_effect_and_broken_code_is_told(tab: Page, preview: Preview) -> None:  # noqa: F811
    """A plugin's file and the settings are loaded anew, twice in a second too; what is wrong in them is shown."""
    code, shown = "plugins/posts/neighbours.py", tab.locator("#preview-problems")
    tab.goto(f"{preview.address}/posts/")
    preview.edit(code, "return max(1, round(words / _WORDS_A_MINUTE))", "return 60")
    for number in range(6, 9):
        expect(tab.locator("main")).to_contain_text(f"{number}0 minutes")
        preview.edit(code, f"return {number}0", f"return {number + 1}0")
    preview.edit(code, "return 90", "return (90")
    expect(shown).to_contain_text(re.compile(r"plugins/posts/neighbours\.py:\d+"))
    preview.edit(code, "return (90", "return nowhere + 90")
    expect(shown).to_contain_text("NameError")
    preview.edit(code, "return nowhere + 90", "return 60")
    expect(tab.locator("main")).to_contain_text("60 minutes")
    preview.edit("pelicanconf.py", 'SITENAME = "Picketwire"', 'SITENAME = "Another name"')
    expect(tab.locator(".masthead")).to_contain_text("Another name")
    preview.edit("pelicanconf.py", 'SITENAME = "Another name"', "SITENAME = ")
    expect(shown).to_contain_text(re.compile(r"pelicanconf\.py:\d+"))


def test_the_search_finds_what_was_saved(tab: Page, preview: Preview) -> None:  # noqa: F811
    """Its index is made when the page is on show already; it comes all the same."""
    # Before there is any index the search page says in the console that it has none, as it should.
    preview.wait(lambda: preview.get("/pagefind/pagefind.js")[0] == 200)
    preview.write("posts/fresh.md", "---\ntitle: Fresh\ndate: 2026-02-20\n---\n\nA zebracorn was seen at the gate.\n")
    found = tab.locator("[data-search-results] a", has_text="Fresh")

    def is_found() -> bool:
        tab.goto(f"{preview.address}/search/?q=zebracorn")
        expect(tab.get_by_role("status")).not_to_be_empty()
        return found.count() == 1

    preview.wait(is_found)


def test_a_site_that_could_not_be_built_appears_when_it_can(browser: Browser, tmp_path: Path) -> None:
    """The tab shows what is wrong, then what is right, and then the page it was asked for."""
    folder = project(tmp_path / "site")
    whole = (folder / "content" / POST).read_text("utf-8")
    (folder / "content" / POST).write_text(whole.replace("title:", "titel:"), "utf-8")
    with previewed(folder) as running:
        page = browser.new_page()
        page.goto(f"{running.address}/posts/day-one/")
        expect(page.locator("#preview-problems")).to_contain_text("did you mean title?")
        running.write(POST, whole.replace("date:", "dat:"))
        expect(page.locator("#preview-problems")).to_contain_text("did you mean date?")
        expect(page.locator("#preview-problems")).not_to_contain_text("did you mean title?")
        running.write(POST, whole)
        expect(page.locator("h1")).to_contain_text("Day one")
        expect(page.locator("#preview-problems")).to_have_count(0)
        assert page.url.endswith("/posts/day-one/")
        page.close()
