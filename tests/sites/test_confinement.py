"""Nothing outside the content folder is read, and nothing outside the output is written, by any way there is."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.sites.small_site import SmallSite

SECRET = "what-nobody-published"  # noqa: S105 - a word to look for


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """Return a small site with a secret beside its content folder."""
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "key.txt").write_text(SECRET)
    (tmp_path / "secrets" / "drawing.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>{SECRET}</title></svg>'
    )
    return SmallSite(tmp_path)


def leaked(site: SmallSite) -> list[str]:
    """Return the files of the output that hold the secret."""
    return [name for name, data in site.files().items() if SECRET.encode() in data]


_LINKS = (
    "[x]({attach}../../secret.txt)",
    "[x]({static}/../secret.txt)",
    "[x]({static}%2e%2e/%2e%2e/secret.txt)",
    '<a href="{attach}../../secret.txt">x</a>',
    '<a href="|static|/../secret.txt">x</a>',
    "<p title=\"y\" data-x='{static}/../secret.txt'><a href='{static}/../secret.txt'>x</a></p>",
    "![x]({attach}../../secrets/drawing.svg)",
    "[x](../../secret.txt)",
    "[x]({static}/.env)",
    "[x]({static}/.hidden/key.txt)",
    "[x]({static}/extra/../.env)",
    "[x]({static}/extra/../../secret.txt)",
    "[x]({static}/SECRETS)",
)


def test_no_link_of_a_text_publishes_what_is_outside_or_hidden(site: SmallSite) -> None:
    """Each link of a text to a file beside the content folder, or to a hidden one in it, is a problem at its line."""
    site.write(".env", SECRET)
    site.write(".hidden/key.txt", SECRET)
    for number, link in enumerate(_LINKS):
        site.post(f"leak-{number}", link.replace("SECRETS", str(site.folder / "secret.txt")))
    said = site.build(code=1)
    assert "Traceback" not in said
    untold = [link for number, link in enumerate(_LINKS) if f"leak-{number}.md:" not in said]
    assert not untold
    assert not leaked(site)


@pytest.mark.parametrize(
    "link",
    ['<map><area alt="x" href="{attach}../../secret.txt"></map>', '<map><area alt="x" href="{static}/.env"></map>'],
)
def test_what_the_check_of_links_does_not_know_is_stopped_when_it_is_copied(site: SmallSite, link: str) -> None:
    """Pelican takes links from every element; what no check has read is held to the folder all the same."""
    site.write(".env", SECRET)
    site.post("leak", link)
    said = site.build(code=1 if "secret" in link else 0)
    assert "Traceback" not in said
    assert not leaked(site)


def test_links_on_the_disk_lead_nowhere_else(site: SmallSite) -> None:
    """Each symbolic link below the content that leads out of it is a problem of its own, for build and check alike."""
    site.post("plain", "Words.")
    links = {
        "extra/key.txt": "secret.txt",
        "extra/folder": "secrets",
        "images/drawing.svg": "secrets/drawing.svg",
        "posts/key.md": "secret.txt",
        "posts/more": "secrets",
        "listings": "secrets",
        "funds.toml": "secret.txt",
        "archive": "secrets",
    }
    for name, target in links.items():
        (site.content / name).parent.mkdir(parents=True, exist_ok=True)
        (site.content / name).symlink_to(site.folder / target)
    for check in (True, False):
        said = site.build(code=1, check=check)
        assert not [name for name in links if f"{name}: " not in said], said
        assert "Traceback" not in said


def test_links_within_the_content_publish_no_file_by_another_name(site: SmallSite) -> None:
    """A link from a published folder to a file of the newsroom's own, or to all of it, publishes neither."""
    site.post("plain", "Words.")
    site.post("draft", SECRET, "status: draft\n")
    site.write("extra/readme.txt", "read me")
    (site.content / "extra" / "draft.txt").symlink_to("../posts/draft.md")
    (site.content / "extra" / "all").symlink_to("..", target_is_directory=True)
    site.build(code=1)
    assert not leaked(site)


def test_hidden_files_of_a_published_folder_stay_in_but_for_those_that_the_web_knows(site: SmallSite) -> None:
    """`.env` is told and not published, `.well-known` and `.nojekyll` are; an editor's own leftovers say nothing."""
    site.post("plain", "Words.")
    site.write("extra/.env", SECRET)
    site.write("extra/.git/config", SECRET)
    site.write("extra/.well-known/security.txt", "Contact: mailto:desk@example.org")
    site.write("extra/.nojekyll", "")
    (site.content / "posts" / ".#plain.md").symlink_to("somebody@a-host.1234:5678")
    said = site.build(EXTRA_PATH_METADATA={"extra/.nojekyll": {"path": ".nojekyll"}})
    assert not leaked(site)
    assert "extra/.env" in "".join(said.split())  # Pelican's log breaks lines
    assert {".nojekyll", "extra/.well-known/security.txt"} <= site.files().keys()


@pytest.mark.parametrize(
    "settings",
    [
        {"STATIC_PATHS": ["../secrets"]},
        {"STATIC_PATHS": ["extra/../../secret.txt"]},
        {"ARTICLE_PATHS": ["../secrets"]},
        {"EXTRA_PATH_METADATA": {"extra/readme.txt": {"path": "../../../../escaped.txt"}}},
        {"EXTRA_PATH_METADATA": {"extra/readme.txt": {"save_as": "../escaped.txt", "url": "x"}}},
        {"EXTRA_PATH_METADATA": {"extra/readme.txt": {"path": "/escaped/escaped.txt"}}},
        {"ARTICLE_SAVE_AS": "../{slug}/escaped.html"},
        {"TAG_SAVE_AS": "../../{slug}/escaped.html"},
        {"SUBSCRIBE_SAVE_AS": "../escaped.html"},
        {"THEME_STATIC_DIR": "../escaped"},
        {"THEME_STATIC_PATHS": ["../../../secrets"]},
        {"STATIC_CREATE_LINKS": True},
    ],
)
def test_no_setting_leads_out(site: SmallSite, settings: dict[str, Any]) -> None:
    """A setting that would read beside the content or theme, or write beside the output, stops the build in a line."""
    site.post("plain", "Words.", "tags: [pay]\n")
    site.write("extra/readme.txt", "read me")
    before = {path for path in site.folder.rglob("*") if ".cache" not in path.parts}
    said = site.build(code=1, **settings)
    assert "Traceback" not in said
    assert next(iter(settings)) in said or "escaped" in said, said
    assert {path for path in site.folder.rglob("*") if ".cache" not in path.parts} <= {*before, site.output}
    assert not list((site.folder / ".cache").rglob("escaped*"))


def _plugin(site: SmallSite, publish: str) -> dict[str, Any]:
    """Write a plugin whose section prints something, and return the settings that use it."""
    (site.folder / "neighbour.py").write_text(f"""
import sys
from pathlib import Path
from pelican import signals
from plugins.sections.model import Edition
from plugins.sections.printed import File, Page
from plugins.sections.signals import get_section

def edition(newsroom):
    return Edition("neighbour", publish=lambda printer: [{publish}])

def register():
    get_section.connect(edition)
""")
    own = [
        f"plugins.{name}.plugin"
        for name in ("sections", "posts", "images", "cards", "language", "writing", "incremental")
    ]
    return {"PLUGINS": [*own, "neighbour"], "PLUGIN_PATHS": [str(site.folder)]}


@pytest.mark.parametrize(
    "publish",
    [
        "File('../escaped.txt', 'x')",
        "File('/escaped/escaped.txt', 'x')",
        "Page('../escaped.html', '404', {})",
        # beside the folder that a build is made in, by a name that begins with that folder's
        "Page('../' + next(Path(newsroom.cache / 'build').iterdir()).name + 'escaped/x.html', '404', {})",
    ],
)
def test_no_plugin_prints_beside_the_output(site: SmallSite, publish: str) -> None:
    """A page or a file of a plugin's section that would lie outside the output is refused by its name."""
    site.post("plain", "Words.")
    said = site.build(code=1, **_plugin(site, publish))
    assert "Traceback" not in said
    assert "escaped" in said
    assert not list(site.folder.rglob("*escaped*"))


def test_a_theme_publishes_its_own_files_and_no_hidden_ones(site: SmallSite, tmp_path: Path) -> None:
    """A link from a theme's static folder to elsewhere stops the build; its hidden files are not copied."""
    theme = tmp_path / "theme"
    shutil.copytree(Path(__file__).parents[2] / "theme", theme)
    (theme / "static" / ".env").write_text(SECRET)
    (theme / "static" / ".git").mkdir()
    (theme / "static" / ".git" / "config").write_text(SECRET)
    site.post("plain", "Words.")
    site.build(THEME=str(theme))
    assert not leaked(site)
    (theme / "static" / "more").symlink_to(tmp_path / "secrets", target_is_directory=True)
    said = site.build(code=1, THEME=str(theme))
    assert "static/more" in said
    assert "Traceback" not in said
    assert not leaked(site)


def test_a_link_in_the_output_is_not_followed(site: SmallSite, tmp_path: Path) -> None:
    """Where a folder of the output was replaced by a link to elsewhere, nothing is written or removed there."""
    site.post("plain", "Words.")
    site.post("second", "Words.")
    site.build()
    elsewhere = tmp_path / "elsewhere"
    (site.output / "posts").rename(elsewhere)
    (site.output / "posts").symlink_to(elsewhere, target_is_directory=True)
    before = {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}
    (site.content / "posts" / "second.md").unlink()
    site.post("plain", "Other words.")
    said = site.build(code=1)
    assert "posts" in said
    assert "Traceback" not in said
    assert {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()} == before


def test_a_folder_that_is_a_link_itself_is_a_site_like_any_other(site: SmallSite, tmp_path: Path) -> None:
    """Content and output may each be a link: that is where the owner keeps them."""
    site.post("plain", "Words.")
    site.content.rename(tmp_path / "notes")
    site.content.symlink_to(tmp_path / "notes", target_is_directory=True)
    (tmp_path / "www").mkdir()
    site.output.symlink_to(tmp_path / "www", target_is_directory=True)
    site.build()
    assert (tmp_path / "www" / "posts" / "plain" / "index.html").exists()


def test_what_is_neither_file_nor_folder_is_told(site: SmallSite) -> None:
    """A pipe among the texts, which nobody writes to, would keep a build waiting for good."""
    site.post("plain", "Words.")
    os.mkfifo(site.content / "posts" / "pipe.md")
    assert "posts/pipe.md: " in site.build(code=1)


def test_no_other_site_is_told_where_its_reader_comes_from(site: SmallSite) -> None:
    """Every page says so, redirects too, and no page that a link leads to gets a hold on ours."""
    site.post(
        "plain", "[Out](https://a.example/x) <a href='https://b.example/' rel=nofollow>b</a>", "aliases: [old/plain/]\n"
    )
    site.build()
    pages = [data.decode() for name, data in site.files().items() if name.endswith(".html")]
    assert len(pages) > 5
    assert all('<meta name="referrer" content="same-origin">' in page for page in pages)
    links = [link for page in pages for link in re.findall(r"<a [^>]*https?://[^>]*>", page)]
    assert any("b.example" in link for link in links)
    assert [link for link in links if "noopener" not in link and "//example.org/repo" not in link] == []
