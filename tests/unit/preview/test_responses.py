"""The bytes a tab gets."""

import json
import re
from html import unescape

from plugins.preview.model import Trouble
from plugins.preview.responses import problems, with_script

POLICY = b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; %s">'
PAGE = b"<!DOCTYPE html><html><head>%s<title>\xc3\xa9</title></head><body></head></body></html>"


def test_a_page_gets_the_script_where_its_policy_lets_it_run() -> None:
    """Once, in its head; the page is otherwise as it was."""
    page = PAGE % (POLICY % b"script-src 'self'")
    shown = with_script(page, ['a "b"/index.html'], 7, "/repo")
    assert re.sub(rb"<script src=[^>]*></script>\n", b"", shown) == page
    files = re.search(r'data-files="([^"]*)"', shown.decode())
    assert files and json.loads(unescape(files[1])) == ['a "b"/index.html']
    assert with_script(PAGE % b"", [], 7, "") != PAGE % b""


def test_a_page_without_scripts_stays_as_it_is() -> None:
    """Nothing is injected that the page's own policy would refuse."""
    for page in (PAGE % (POLICY % b"style-src 'self'"), b"<p>A part of a page"):
        assert with_script(page, [], 7, "") == page


def test_what_is_told_is_text() -> None:
    """A problem quotes what was found, which may be markup."""
    shown = problems([Trouble("<a>.md", 3, "got <script>", "write &amp;")]).decode()
    assert "&lt;a&gt;.md:3" in shown and "&lt;script&gt;" in shown and "&amp;amp;" in shown
