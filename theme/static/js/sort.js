/* Tables marked data-sortable get a button in every column head marked data-sort ("text" or "number").
 * The order of the page as it came is the third state, so nothing is lost by sorting. */

const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

function value(row, column, kind) {
  const cell = row.cells[column];
  const text = cell.dataset.value ?? cell.textContent.trim();
  if (kind !== "number") return text;
  return text === "" ? -Infinity : Number(text);
}

function compare(a, b) {
  if (typeof a === "string") return a.localeCompare(b, document.documentElement.lang);
  return Math.sign(a - b) || 0;
}

function sort(table, head, original) {
  const order = NEXT[head.getAttribute("aria-sort") ?? "none"];
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  const rows = [...original];
  if (order !== "none") {
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const kind = head.dataset.sort;
    rows.sort((a, b) => sign * compare(value(a, head.cellIndex, kind), value(b, head.cellIndex, kind)));
  }
  table.tBodies[0].append(...rows);
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  const original = [...table.tBodies[0].rows];
  for (const head of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(table, head, original));
    head.append(button);
  }
}
