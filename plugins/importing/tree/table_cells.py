"""Tables brought into the one form Markdown has: a head, rows of as many cells, and one line of text in each."""

from bs4 import Tag
from bs4.element import PageElement

from plugins.importing.conversion_log import ConversionLog
from plugins.importing.html_tree import HEADINGS, attribute, new_element

_TOO_MUCH = ["table", "pre", "blockquote", "figure", *HEADINGS, "x-video", "x-pull"]
_WIDEST = 50
_TABLE_PARTS = ["caption", "thead", "tbody", "tfoot", "tr", "td", "th"]


def square(table: Tag, log: ConversionLog) -> None:
    """Bring a table into form; one that only arranges a page falls into what it holds."""
    if table.parent is None:
        return
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    if not rows or table.find(_TOO_MUCH):
        log.note("table taken apart", "it held more than words, or was there for the page's looks", table)
        for part in table.find_all(_TABLE_PARTS):
            if part.find_parent("table") is table:
                part.name = "div"
        table.name = "div"
        return
    caption = table.find("caption")
    if isinstance(caption, Tag):
        caption.name = "div"
        table.insert_before(caption.extract())
    spans = {attribute(cell, side) for cell in table.find_all(["td", "th"]) for side in ("colspan", "rowspan")}
    if spans - {"", "1"}:
        log.note("table cells no longer joined", place=table)
    grid: list[list[Tag]] = []
    for row in rows:
        cells = [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]
        if not grid and not _is_head(row, cells):
            grid.append([])
        grid.append([part for cell in cells for part in _spread(cell)])
    _rebuild(table, grid, min(max(map(len, grid)), _WIDEST))


def _is_head(row: Tag, cells: list[Tag]) -> bool:
    is_named = isinstance(row.parent, Tag) and row.parent.name == "thead"
    return is_named or (bool(cells) and all(cell.name == "th" for cell in cells))


def _spread(cell: Tag) -> list[Tag]:
    """Return a cell as one line, followed by as many empty ones as it was wide."""
    for part in cell.find_all(["p", "div", "li", "dt", "dd"]):
        before = next((node for node in part.previous_siblings if isinstance(node, Tag) or str(node).strip()), None)
        if before is not None and not _is_blank(before):
            part.insert_before(new_element("br"))
        part.append(new_element("br"))
        part.unwrap()
    for outer in cell.find_all(["ul", "ol", "dl", "hr"]):
        outer.unwrap()
    while cell.contents and _is_blank(cell.contents[-1]):
        cell.contents[-1].extract()
    span = attribute(cell, "colspan")
    width = min(int(span), _WIDEST) if span.isdecimal() else 1
    return [cell, *(new_element("td") for _ in range(width - 1))]


def _is_blank(node: PageElement) -> bool:
    if isinstance(node, Tag):
        return node.name == "br"
    return not str(node).strip()


def _rebuild(table: Tag, grid: list[list[Tag]], width: int) -> None:
    """Fill a table anew with rows of `width` cells; what is beyond stands in the last one."""
    rows = []
    for number, line in enumerate(grid):
        row = new_element("tr")
        shown = [*line[:width], *(new_element("td") for _ in range(width - len(line)))]
        for cell in shown:
            cell.name = "td" if number else "th"
            cell.attrs = {}
            row.append(cell.extract())
        for beyond in line[width:]:
            shown[-1].append(" ")
            shown[-1].extend(list(beyond.contents))
        rows.append(row)
    table.clear()
    table.extend(rows)
