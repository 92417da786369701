"""The blocks as a Markdown extension: what stands between lines of slashes becomes HTML that theme and feeds know.

A card is only a placeholder here (`cards.slot`). It is filled when its page is printed, so that a changed record
changes every card.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement
from zoneinfo import ZoneInfo

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension as PymdownBlocks
from pymdownx.blocks import BlocksProcessor

from plugins.core.text.urls import host
from plugins.writing import cards
from plugins.writing.block import FormBlock
from plugins.writing.model import CARDS
from plugins.writing.quotation_blocks import Annotate, Chat, Pull, Quote, Transcript


class Video(FormBlock):
    """A video elsewhere: its picture and title, which lead there. Nothing of it is loaded before that."""

    NAME = "video"

    def on_create(self, parent: Element) -> Element:
        """Open a figure with the link."""
        figure = SubElement(parent, "figure", {"class": "video"})
        link = SubElement(figure, "a", {"href": self.options["url"]})
        if self.options["poster"]:
            poster = self.options["poster"]
            below = "" if poster.startswith(("./", "../")) else "/"
            SubElement(link, "img", {"src": f"{{static}}{below}{poster}", "alt": ""})
        mark = SubElement(link, "span", {"aria-hidden": "true"})
        mark.text, mark.tail = "▶", " "
        SubElement(link, "span", {"class": "video-title"}).text = self.value
        link[-1].tail = " "
        SubElement(link, "span", {"class": "host"}).text = AtomicString(host(self.options["url"]))
        SubElement(figure, "figcaption")
        return figure

    def on_add(self, block: Element) -> Element:
        """Put the text below the picture."""
        return block[1]

    def on_end(self, block: Element) -> None:
        """Leave out a caption without words."""
        if not len(block[1]):
            block.remove(block[1])


class CorrectionBlock(FormBlock):
    """What was wrong in the text, where it was wrong, and the day it was put right."""

    NAME = "correction"

    def on_create(self, parent: Element) -> Element:
        """Open a note."""
        return SubElement(parent, "div", {"class": "corrections"})

    def on_end(self, block: Element) -> None:
        """Begin the first paragraph with the day, whose words come last (`_Days`)."""
        if not len(block) or block[0].tag != "p":
            block.insert(0, Element("p"))
        first, head = block[0], Element("strong")
        _, begins = _language(self.md, self.config)
        head.text = f"{begins} "
        SubElement(head, "time", {"datetime": self.value}).tail = ":"
        head.tail, first.text = f" {first.text or ''}", None
        first.insert(0, head)


def _language(md: Markdown, config: Mapping[str, Any]) -> tuple[str, str]:
    """Return the language of a text, and how a correction begins in it."""
    language = getattr(md, "text_language", "")  # where the posts' reader leaves it
    if language in config["corrections"]:
        return language, config["corrections"][language]
    return config["language"], config["correction"]


class _Days(Treeprocessor):
    """Words the days of corrections; whoever only judges a text does without, and without Babel."""

    def __init__(self, md: Markdown, config: Mapping[str, Any]) -> None:
        super().__init__(md)
        self._config = config

    def run(self, root: Element) -> None:
        """Give each correction's day its words."""
        for note in root.iter("div"):
            day = note.find("p/strong/time") if note.get("class") == "corrections" else None
            if day is None or day.text:
                continue
            from plugins.core.text.localised import Wording  # noqa: PLC0415 - imports Babel

            language, _ = _language(self.md, self._config)
            day.text = Wording(language, ZoneInfo("UTC")).day(date.fromisoformat(day.get("datetime", "")))


class Action(FormBlock):
    """What a reader can do: a text, and the link. Never a button: those are for funds that were checked."""

    NAME = "action"

    def on_create(self, parent: Element) -> Element:
        """Open a panel."""
        return SubElement(parent, "div", {"class": "panel action"})

    def on_end(self, block: Element) -> None:
        """End with the link."""
        strong = SubElement(SubElement(block, "p"), "strong")
        SubElement(strong, "a", {"href": self.options["url"]}).text = self.value


class _Card(FormBlock):
    def on_create(self, parent: Element) -> Element:
        """Leave the card's place."""
        return cards.slot(parent, self.NAME, self.value)


_BLOCKS = (
    *(Quote, Pull, Transcript, Chat, Annotate, Video, CorrectionBlock, Action),
    *(type(name.title(), (_Card,), {"NAME": name}) for name in CARDS),
)


class BlocksExtension(PymdownBlocks):  # type: ignore[misc]  # pymdownx has no types
    """Use as "plugins.writing.blocks:BlocksExtension"; `language` words days, `correction` begins a correction.

    A text in a language of `corrections` has that one's words instead.
    """

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "language": ["en", "the language days are worded in"],
            "correction": ["Correction,", "how a correction begins"],
            "corrections": [{}, "how one begins in a text of another language, by the language's code"],
        }
        super().__init__(**settings)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802 - pymdownx's name
        """Register every block of the grammar."""
        for block in _BLOCKS:
            block_mgr.register(block, self.getConfigs())
        md.treeprocessors.register(_Days(md, self.getConfigs()), "picketwire-days", 4)
