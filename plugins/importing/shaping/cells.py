"""Tables brought into the one form Markdown has: a head, rows of as many cells, and one line of text in each. Pure."""

from bs4 import Tag
from bs4.element import NavigableString

from plugins.importing.clean import attribute
from plugins.importing.losses import Losses, new

_TOO_MUCH = ["table", "pre", "blockquote", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "x-video", "x-quote", "x-pull"]
_WIDEST = 50
_PARTS = ["p", "div", "li", "dt", "dd"]


def square(table: Tag, losses: Losses) -> None:
    """Bring a table into form; one that only arranges a page falls into what it holds."""
    if table.parent is None:
        return
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    if not rows or table.find(_TOO_MUCH):
        _unroll(table, losses)
        return
    caption = table.find("caption")
    if isinstance(caption, Tag):
        caption.name = "div"
        table.insert_before(caption.extract())
    grid = [[cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row] for row in rows]
    head = _is_head(rows[0], grid[0])
    spans = {attribute(cell, side) for row in grid for cell in row for side in ("colspan", "rowspan")} - {"", "1"}
    if spans:
        losses.beside(table, "table cells no longer joined")
    lines = [[part for cell in row for part in _spread(cell)] for row in grid]
    width = min(max(map(len, lines)), _WIDEST)
    _rebuild(table, lines if head else [[], *lines], width)


def _unroll(table: Tag, losses: Losses) -> None:
    losses.beside(table, "table taken apart", "it held more than words, or was there for the page's looks")
    for part in table.find_all(["caption", "thead", "tbody", "tfoot", "tr", "td", "th"]):
        if part.find_parent("table") is table:
            part.name = "div"
    table.name = "div"


def _is_head(row: Tag, cells: list[Tag]) -> bool:
    named = isinstance(row.parent, Tag) and row.parent.name == "thead"
    return named or (bool(cells) and all(cell.name == "th" for cell in cells))


def _spread(cell: Tag) -> list[Tag]:
    """Return a cell as one line, followed by as many empty ones as it was wide."""
    for part in cell.find_all(_PARTS):
        before = next((node for node in part.previous_siblings if isinstance(node, Tag) or str(node).strip()), None)
        if before is not None and not _is_blank(before):
            part.insert_before(new("br"))
        part.append(new("br"))
        part.unwrap()
    for outer in cell.find_all(["ul", "ol", "dl", "hr"]):
        outer.unwrap()
    while cell.contents and _is_blank(cell.contents[-1]):
        cell.contents[-1].extract()
    span = attribute(cell, "colspan")
    return [cell, *(new("td") for _ in range(min(int(span), _WIDEST) - 1 if span.isdecimal() else 0))]


def _is_blank(node: object) -> bool:
    return node.name == "br" if isinstance(node, Tag) else isinstance(node, NavigableString) and not str(node).strip()


def _rebuild(table: Tag, lines: list[list[Tag]], width: int) -> None:
    made = []
    for number, line in enumerate(lines):
        row = new("tr")
        shown = [*line[:width], *(new("td") for _ in range(width - len(line)))]
        for cell in shown:
            cell.name = "td" if number else "th"
            cell.attrs = {}
            row.append(cell.extract())
        for beyond in line[width:]:
            shown[-1].append(" ")
            shown[-1].extend(list(beyond.contents))
        made.append(row)
    table.clear()
    table.extend(made)
