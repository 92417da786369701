"""Blocks for other people's words: quoted, pulled out, transcribed, exchanged, annotated."""

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from plugins.writing import timestamps
from plugins.writing.block import FormBlock
from plugins.writing.listing_quotations import add_place


class Quote(FormBlock):
    """Somebody's words, with whose they are."""

    NAME = "quote"

    def on_create(self, parent: Element) -> Element:
        """Open a quotation."""
        return SubElement(parent, "blockquote")

    def on_end(self, block: Element) -> None:
        """Say whose words these are, and which listing has them."""
        self.attribute(block, self.options["url"])
        if self.options["listing"]:
            add_place(block, self.options["listing"])


class Pull(FormBlock):
    """A sentence of the text, set large."""

    NAME = "pull"

    def on_create(self, parent: Element) -> Element:
        """Open a pull quote."""
        return SubElement(parent, "aside", {"class": "pull"})


class Transcript(FormBlock):
    """What is said in a video or a recording; each time leads there."""

    NAME = "transcript"

    def on_create(self, parent: Element) -> Element:
        """Open a figure for the list of moments and its title."""
        return SubElement(parent, "figure")

    def on_end(self, block: Element) -> None:
        """Turn each line into a time and what is said then."""
        said_then = timestamps.transcript(self.lines(block))[0]
        if self.value:
            SubElement(block, "figcaption").text = self.value
        rows = SubElement(block, "dl", {"class": "transcript"})
        for said in said_then:
            moment = SubElement(rows, "dt")
            if self.options["video"]:
                moment = SubElement(moment, "a", {"href": timestamps.at(self.options["video"], said.head)})
            time = SubElement(moment, "time", {"datetime": timestamps.duration(said.head)})
            time.text = AtomicString(said.head)
            SubElement(rows, "dd").text = said.words


class Chat(FormBlock):
    """Messages between people."""

    NAME = "chat"

    def on_create(self, parent: Element) -> Element:
        """Open an exchange."""
        return SubElement(parent, "blockquote", {"class": "chat"})

    def on_end(self, block: Element) -> None:
        """Turn each line into who writes and what."""
        for said in timestamps.chat(self.lines(block))[0]:
            message = SubElement(block, "p")
            who = SubElement(message, "b")
            who.text = AtomicString(f"{said.head}:")
            who.tail = f" {said.words}"
        self.attribute(block, self.options["url"])


class Annotate(FormBlock):
    """A quoted text, line by line, with the writer's remarks beside it."""

    NAME = "annotate"

    def on_create(self, parent: Element) -> Element:
        """Open an annotated text."""
        return SubElement(parent, "div", {"class": "annotated"})

    def on_end(self, block: Element) -> None:
        """Set each quoted line beside the remarks that follow it."""
        parts = list(block)
        remarks: Element | None = None
        for part in parts:
            block.remove(part)
            if part.tag == "blockquote" or remarks is None:
                row = SubElement(block, "div", {"class": "line"})
                row.append(part)
                remarks = SubElement(row, "div")
                if self.options["url"]:
                    part.set("cite", self.options["url"])
                if self.options["listing"] and part.tag == "blockquote":
                    add_place(part, self.options["listing"], is_line=True)
            else:
                remarks.append(part)
        if self.value:
            source = SubElement(block, "p", {"class": "quiet"})
            address = self.options["url"]
            if self.options["listing"]:
                address = f"{{listing}}{self.options['listing']}"
            if address:
                source = SubElement(source, "a", {"href": address})
            source.text = self.value
