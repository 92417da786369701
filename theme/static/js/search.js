/* The search page: asks the index and prints what it finds. All words come from the page (templates/search.html).
 * The index and the program that reads it lie in /pagefind/ (https://pagefind.app/docs/api/); nothing leaves the browser. */

const PAGE = 10;
const PARTS = 3; // of a page with many things on it, such as a day of the wire: the best
const form = document.querySelector("[data-search]");
const state = document.querySelector("[data-search-state]");
const list = document.querySelector("[data-search-results]");
const more = document.querySelector("[data-search-more]");
const pattern = document.querySelector("[data-search-result]");
const partPattern = document.querySelector("[data-search-part]");
const kinds = JSON.parse(form.dataset.kinds);
const base = new URL("..", new URL(form.dataset.search, location.href)).pathname;

let engine = null;
let found = [];
let shown = 0;

/** The search program, loaded once, when it is first wanted. */
function load() {
  engine ??= import(form.dataset.search).then(async (pagefind) => {
    await pagefind.options({ baseUrl: base });
    await pagefind.init();
    return pagefind;
  });
  engine.catch(() => {
    engine = null;
  });
  return engine;
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function say(words, values = {}) {
  state.textContent = filled(words, values);
}

/** The sections to look in; none where all or none are ticked. */
function sections() {
  const boxes = [...form.querySelectorAll("[name=in]")];
  const ticked = boxes.filter((box) => box.checked);
  return ticked.length === boxes.length ? [] : ticked.map((box) => box.value);
}

/** Words with marks, as elements: of the excerpt's HTML only `mark` is taken over. A title it begins with is left out. */
function excerpt(html, title) {
  const part = document.createDocumentFragment();
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    if (node.nodeName === "MARK") {
      const mark = document.createElement("mark");
      mark.textContent = node.textContent;
      part.append(mark);
    } else part.append(node.textContent);
  }
  if (part.textContent.startsWith(title)) cut(part, title.length);
  while (/^[.\s]+$/.test(part.firstChild?.textContent)) part.firstChild.remove(); // what ended the title
  return part;
}

/** Take away the first characters of a fragment. */
function cut(part, length) {
  for (const node of [...part.childNodes]) {
    const here = node.textContent.length;
    const rest = node.textContent.slice(length).replace(/^[.\s]+/, "");
    length -= here;
    if (rest) {
      node.textContent = rest;
      return;
    }
    node.remove();
    if (length < 0) return;
  }
}

/** A page's parts that were found, those that hold most of the words first. Their order is by place where they are even. */
function bestParts(parts) {
  const matched = (part) => new Set((part.excerpt.match(/<mark>.*?<\/mark>/g) ?? []).map((word) => word.toLowerCase())).size;
  return parts
    .filter((part) => part.anchor)
    .map((part) => ({ part, words: matched(part) }))
    .sort((one, other) => other.words - one.words)
    .map(({ part }) => part);
}

function printedParts(list, parts, url) {
  const best = bestParts(parts);
  for (const part of best.slice(0, PARTS)) {
    const item = partPattern.content.firstElementChild.cloneNode(true);
    const link = item.querySelector("a");
    link.href = `${url}#${part.anchor.id}`;
    link.textContent = part.title;
    item.querySelector(".p-summary").append(excerpt(part.excerpt, part.title));
    list.append(item);
  }
  if (best.length > PARTS) {
    const rest = document.createElement("li");
    const link = document.createElement("a");
    link.href = url;
    link.textContent = filled(form.dataset.rest, { n: best.length - PARTS });
    rest.append(link);
    list.append(rest);
  }
  return best.length > 0;
}

function printed(data) {
  const { kind, title, day, lang } = data.meta;
  const item = pattern.content.firstElementChild.cloneNode(true);
  const link = item.querySelector("a");
  // A section's own record says which address it stands for; any other result is the page that was found.
  const url = data.meta.url ? base + data.meta.url : data.url;
  link.href = url;
  link.textContent = title;
  item.querySelector(".meta b").textContent = kinds[kind] ?? "";
  item.querySelector(".meta span").textContent = day ?? "";
  const summary = item.querySelector(".p-summary");
  const parts = item.querySelector(".search-parts");
  if (kind === "day" && printedParts(parts, data.sub_results, url)) summary.remove();
  else {
    parts.remove();
    summary.append(excerpt(data.excerpt, title));
  }
  if (lang) for (const words of [link, summary]) words.lang = lang;
  for (const line of item.querySelectorAll("p")) if (!line.textContent.trim()) line.remove();
  return item;
}

/** Print the next results; returns the first of them. */
async function printMore() {
  const asked = found;
  const next = await Promise.all(asked.slice(shown, shown + PAGE).map((result) => result.data()));
  if (asked !== found) return null;
  const items = next.map(printed);
  list.append(...items);
  shown += items.length;
  more.hidden = shown >= found.length;
  return items[0] ?? null;
}

function clear() {
  found = [];
  shown = 0;
  list.replaceChildren();
  more.hidden = true;
}

/** Remember the question in the address, so that it can be shared and found again. */
function keep(words, where) {
  const query = new URLSearchParams(words ? [["q", words], ...where.map((key) => ["in", key])] : []);
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
}

async function ask({ wait = 0 } = {}) {
  const words = form.elements.namedItem("q").value.trim();
  const where = sections();
  keep(words, where);
  if (!words) {
    clear();
    say("");
    return;
  }
  try {
    const pagefind = await load();
    const filters = where.length ? { any: where.map((key) => ({ [key]: "yes" })) } : {};
    const answer = await pagefind.debouncedSearch(words, { filters }, wait);
    if (answer === null) return; // something else was asked meanwhile
    clear();
    found = answer.results;
    say(found.length ? form.dataset.found : form.dataset.none, { words, n: found.length });
    await printMore();
  } catch (error) {
    clear();
    say(form.dataset.failed);
    console.error(error);
  }
}

function start() {
  const asked = new URLSearchParams(location.search);
  const input = form.elements.namedItem("q");
  input.value = asked.get("q") ?? "";
  const where = asked.getAll("in");
  if (where.length) for (const box of form.querySelectorAll("[name=in]")) box.checked = where.includes(box.value);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  for (const box of form.querySelectorAll("[name=in]")) box.addEventListener("change", () => ask());
  input.addEventListener("focus", () => load().catch(() => {}), { once: true });
  input.addEventListener("input", () => ask({ wait: 250 }));
  more.addEventListener("click", async () => {
    const first = await printMore();
    first?.querySelector("a").focus();
  });
  form.hidden = false;
  if (input.value) ask();
}

start();
