"""What all blocks of the grammar have in common: read as the check reads them, and no attributes of the writer's own.

The Content-Security-Policy refuses styles and scripts in attributes.
Source: https://facelessuser.github.io/pymdown-extensions/extensions/blocks/api/
"""

from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks.block import Block

from plugins.writing.grammar import FORMS
from plugins.writing.model import BlockForm


def _refused(value: object) -> object:
    raise ValueError(f"a block takes no attributes (got {value})")


class FormBlock(Block):  # type: ignore[misc]  # pymdownx has no types
    """A block of the grammar: its argument and options are read as the check reads them."""

    form: ClassVar[BlockForm]

    def __init_subclass__(cls) -> None:
        """Take the form of the block's name."""
        cls.form = FORMS.get(cls.NAME, BlockForm("text"))
        cls.ARGUMENT = False  # pymdownx: False for none, True for one that is needed, None for one that may be there
        if cls.form.argument:
            cls.ARGUMENT = cls.form.argument_needed or None
        cls.OPTIONS = {name: ("", read) for name, read in cls.form.options.items()}

    def on_init(self) -> None:
        """Refuse what pymdownx would take from every block."""
        self.option_spec["attrs"] = ({}, _refused)

    def on_validate(self, parent: Element) -> bool:
        """Read the argument; a block that the check refuses stays as it was written."""
        self.value = ""
        try:
            if self.argument:
                self.value = self.form.read_argument(self.argument)
        except ValueError:
            return False
        return all(self.options[name] for name in self.form.needed)

    def on_markdown(self) -> str:
        """Take lines as they are, and everything else as Markdown."""
        return "raw" if self.form.body == "lines" else "block"

    def lines(self, block: Element) -> list[str]:
        """Take a raw block's lines out of its element."""
        text, block.text = str(block.text or ""), None
        return text.strip("\n").split("\n")

    def attribute(self, block: Element, url: str) -> None:
        """End a quotation with who is quoted, and where that can be read."""
        if self.value:
            foot = SubElement(block, "footer", {"class": "attribution"})
            foot.text = "— "
            if url:
                SubElement(foot, "a", {"href": url}).text = self.value
            else:
                foot.text = f"— {self.value}"
        if url:
            block.set("cite", url)
