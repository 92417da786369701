"""A text parsed once, for its HTML and for what `markdown_tree` finds in it.

`markdown_tree` parses a text with signs in it. Where its tree is that of the text but for the signs, the HTML can be
made of it as well: to parse 600 words twice takes 5.1 ms, to parse them once 2.9. It is so where nothing in the text is
read by characters that a sign may stand among, as the names of reference definitions are, and where only steps that are
known see the signs. Any other text is parsed twice.
"""

import re
from copy import deepcopy
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from plugins.core.text.markdown_model import Markup
from plugins.core.text.markdown_tree import SIGN, read, signed

_EMPHASIS = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?![\s*_])[^*_`\\\[\]\n]+(?<!\s)\1(?![\w*_])")
"""Emphasis that is not within other emphasis, and has no link in it."""
_HARD_EMPHASIS = re.compile(r"\*|(?<!\w)_|_(?!\w)")
"""What is left of other emphasis."""
_TWICE = re.compile(rf"\t|<[^ ]|/{{3}}|\]:|\{{:|[\x02\x03\r]|{SIGN.pattern}|\]\((?![^\s()\"'`<>\[\]\\]*\))")
"""What a text has besides that is parsed twice: tabs, HTML, blocks, definitions, lists of attributes, signs, and
addresses with quotes, brackets or spaces.

The columns of tabs change with signs, and so do the letters of an e-mail address between < and >. Behind emphasis that
begins in other emphasis python-markdown may lose a character (`*a *b* * c *d*`): where a sign stands there, it would
lose that.
"""

_STEPS = frozenset({
    "markdown.blockprocessors", "markdown.inlinepatterns", "markdown.preprocessors", "markdown.treeprocessors",
    *(f"markdown.extensions.{name}" for name in (
        "abbr", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists", "tables", "toc",
    )),
    "pymdownx.blocks",  # which does nothing where there is no line of slashes
})  # fmt: skip
"""Modules of which is known that signs change nothing of what they do to such a text."""

_BEFORE_PRETTIFY = 10.001
"""The place of what parts the trees: before the step that adds lines, which the text has not."""


class _Parting(Treeprocessor):
    """Keeps the tree with its signs, and has the steps that follow go on with it without them."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.signed: Element | None = None
        self.stash: list[str | Element] = []
        self.wanted = False

    def run(self, root: Element) -> None:
        if self.wanted:
            self.signed, self.stash = deepcopy(root), self.md.htmlStash.rawHtmlBlocks
            self.md.htmlStash.rawHtmlBlocks = [
                SIGN.sub("", block) if isinstance(block, str) else block for block in self.stash
            ]
            for element in root.iter():
                _unsign(element)


class OnceParser:
    """Converts texts with a `markdown` of its own, which is to be given with nothing left in it of the last text."""

    def __init__(self, markdown: Markdown) -> None:
        self._markdown, self._parting = markdown, _Parting(markdown)
        markdown.treeprocessors.register(self._parting, "parting", _BEFORE_PRETTIFY)
        self._can = _is_known(markdown)

    def takes(self, text: str) -> bool:
        """Say whether a text can be parsed once."""
        if not self._can or not text.strip() or _TWICE.search(text):
            return False
        return not _HARD_EMPHASIS.search(_EMPHASIS.sub("", text))

    def convert(self, text: str) -> tuple[str, Markup]:
        """Return a text's HTML, and what is in it; the text is one that this `takes`."""
        self._parting.wanted = True
        try:
            html = self._markdown.convert(signed(text))
        finally:
            self._parting.wanted = False
        root, self._parting.signed = self._parting.signed, None
        if root is None:
            raise AssertionError("python-markdown has left a step out")
        self._markdown.htmlStash.rawHtmlBlocks = self._parting.stash
        self._markdown.treeprocessors["attr_list"].run(root)
        return html, read(root, self._markdown, text)


def _is_known(markdown: Markdown) -> bool:
    """Say whether all steps that see signs are known to pass over them, and the three after that are these."""
    steps = list(markdown.treeprocessors)
    parting = next(place for place, step in enumerate(steps) if isinstance(step, _Parting))
    following = [type(step).__name__ for step in steps[parting + 1 : parting + 3]]
    seeing = (*markdown.preprocessors, *markdown.parser.blockprocessors, *markdown.inlinePatterns, *steps[:parting])
    return following == ["PrettifyTreeprocessor", "AttrListTreeprocessor"] and all(map(_passes_over_signs, seeing))


def _passes_over_signs(step: object) -> bool:
    return type(step).__module__ in _STEPS or getattr(step, "passes_over_signs", False)


def _unsign(element: Element) -> None:
    element.text, element.tail = _unsigned(element.text), _unsigned(element.tail)
    for name, value in element.items():
        element.set(name, SIGN.sub("", value))


def _unsigned(text: str | None) -> str | None:
    if not text or not SIGN.search(text):
        return text
    plain = SIGN.sub("", text)
    return AtomicString(plain) if isinstance(text, AtomicString) else plain
