"""Tables brought into the one form Markdown has: a head, rows of as many cells, and one line of text in each."""

from bs4 import Tag
from bs4.element import PageElement

from plugins.importing.conversion_log import ConversionLog
from plugins.importing.html_tree import HEADINGS, attribute, new_element

_TOO_MUCH = ["table", "pre", "blockquote", "figure", *HEADINGS, "x-video", "x-pull"]
_WIDEST = 50
_TABLE_PARTS = ["caption", "thead", "tbody", "tfoot", "tr", "td", "th"]
_JOINED = '[colspan]:not([colspan="1"]), [rowspan]:not([rowspan="1"])'


def square(table: Tag, log: ConversionLog) -> None:
    """Bring a table into form; one that only arranges a page falls into what it holds."""
    if table.parent is None:
        return
    if not table.find("tr") or table.find(_TOO_MUCH):
        log.note("table taken apart", "it held more than words, or was there for the page's looks", table)
        for part in table.find_all(_TABLE_PARTS):
            if part.find_parent("table") is table:
                part.name = "div"
        table.name = "div"
        return
    for caption in table.find_all("caption"):
        caption.name = "div"
        table.insert_before(caption.extract())
    if table.select_one(_JOINED):
        log.note("table cells no longer joined", place=table)
    grid = _grid(table)
    _rebuild(table, grid, min(max(map(len, grid)), _WIDEST))


def _grid(table: Tag) -> list[list[Tag]]:
    """Return a table's rows of cells, the first of them its head, each cell on one line and as many as it was wide."""
    grid: list[list[Tag]] = []
    for row in table.find_all("tr"):
        cells = row.find_all(["td", "th"])
        if not grid and not _is_head(row, cells):
            grid.append([])  # Markdown has no table without a head
        line: list[Tag] = []
        for cell in cells:
            _join_lines(cell)
            line.append(cell)
            for _ in range(min(_width(cell) - 1, _WIDEST - len(line))):
                line.append(new_element("td"))
        grid.append(line)
    return grid


def _is_head(row: Tag, cells: list[Tag]) -> bool:
    """Say whether a row names the columns: it stands in a head, or all its cells are heads."""
    is_in_head = isinstance(row.parent, Tag) and row.parent.name == "thead"
    return is_in_head or {cell.name for cell in cells} == {"th"}


def _join_lines(cell: Tag) -> None:
    """Make one line of a cell, with breaks where its parts ended."""
    for part in cell.find_all(["p", "div", "li", "dt", "dd"]):
        before = part.previous_sibling
        while before is not None and not isinstance(before, Tag) and not str(before).strip():
            before = before.previous_sibling
        if before is not None and not _is_blank(before):
            part.insert_before(new_element("br"))
        part.append(new_element("br"))
        part.unwrap()
    for outer in cell.find_all(["ul", "ol", "dl", "hr"]):
        outer.unwrap()
    while cell.contents and _is_blank(cell.contents[-1]):
        cell.contents[-1].extract()


def _is_blank(node: PageElement) -> bool:
    if isinstance(node, Tag):
        return node.name == "br"
    return not str(node).strip()


def _width(cell: Tag) -> int:
    """Return how many columns a cell takes up."""
    span = attribute(cell, "colspan")
    return min(int(span), _WIDEST) if span.isdecimal() else 1


def _rebuild(table: Tag, grid: list[list[Tag]], width: int) -> None:
    """Fill a table anew with rows of `width` cells; what is beyond stands in the last one."""
    table.clear()
    for line in grid:
        while len(line) < width:
            line.append(new_element("td"))
        for cell in line[width:]:
            line[width - 1].append(" ")
            line[width - 1].extend(list(cell.contents))
        row = new_element("tr")
        for cell in line[:width]:
            cell.name, cell.attrs = "td", {}
            if line is grid[0]:
                cell.name = "th"
            row.append(cell)
        table.append(row)
