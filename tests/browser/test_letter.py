"""A post's e-mail as a mail program with a browser's engine shows it: at a phone's width, light and dark."""

import email
import shutil
from email import policy
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.copies import ROOT, SMALL
from tests.publishing.conftest import inv

AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
BLOCKS = """
/// quote | The authority
    url: https://port.example.org/notice
We regret the noise.
///

/// annotate | An advertisement
> You are flexible.

The hours are.
///

/// action | Where to look
    url: "{section}listings"
The table.
///

| What | Low |
|---|--:|
| https://long.example.org/WORDS | 1 |

WORDS
""".replace("WORDS", "unbroken" * 20)


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the HTML of a post's e-mail, as a file; it says that it is not ready."""
    folder = tmp_path_factory.mktemp("letter")
    shutil.copytree(SMALL, folder / "content")
    post = folder / "content/posts/day-one.md"
    post.write_text(post.read_text("utf-8") + BLOCKS, "utf-8")
    (folder / "conf.py").write_text(
        f"import sys\nsys.path.append({str(ROOT)!r})\nfrom tests.sites.siteconf import *\n"
        "SITEURL = 'https://writer.example.org/repo'\n"
    )
    words = ["--settings", str(folder / "conf.py"), "--content", str(folder / "content")]
    words += ["--post", str(post), "--email", str(folder / "letter.eml")]
    done = inv(ROOT, "digest", *words, SOURCE_DATE_EPOCH="1772366400")
    assert done.returncode == 0, done.stdout + done.stderr
    mail = email.message_from_bytes((folder / "letter.eml").read_bytes(), policy=policy.default)
    html = folder / "letter.html"
    body = mail.get_body(("html",))
    assert body is not None
    html.write_text(body.get_content(), "utf-8")
    return html


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 720])
def test_everyone_can_read_a_letter(
    letter: Path, browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Nothing is asked of any host, nothing has to be scrolled sideways, and words stand out from the paper."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(letter.as_uri())
    found = Axe().run(page, options=AXE).response["violations"]
    told = [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert (asked, told, wide) == ([letter.as_uri()], [], 0)
