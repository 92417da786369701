/* The search page: asks the index and prints what it finds. All words come from the page (templates/search.html).
 * The index and the program that reads it lie in /pagefind/ (https://pagefind.app/docs/api/); nothing leaves the browser. */

const PAGE = 10;
const form = document.querySelector("[data-search]");
const state = document.querySelector("[data-search-state]");
const list = document.querySelector("[data-search-results]");
const more = document.querySelector("[data-search-more]");
const pattern = document.querySelector("[data-search-result]");

let engine = null;
let found = [];
let shown = 0;

/** The search program, loaded once, when it is first wanted. */
function load() {
  engine ??= import(form.dataset.search).then(async (pagefind) => {
    await pagefind.options({ baseUrl: new URL("..", new URL(form.dataset.search, location.href)).pathname });
    await pagefind.init();
    return pagefind;
  });
  engine.catch(() => {
    engine = null;
  });
  return engine;
}

function say(words, values = {}) {
  state.textContent = words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The sections to look in; none where all or none are ticked. */
function sections() {
  const boxes = [...form.querySelectorAll("[name=in]")];
  const ticked = boxes.filter((box) => box.checked);
  return ticked.length === boxes.length ? [] : ticked.map((box) => box.value);
}

/** Words with marks, as elements: of the excerpt's HTML only `mark` is taken over. */
function excerpt(html) {
  const part = document.createDocumentFragment();
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    if (node.nodeName === "MARK") {
      const mark = document.createElement("mark");
      mark.textContent = node.textContent;
      part.append(mark);
    } else part.append(node.textContent);
  }
  return part;
}

function printed(data) {
  const item = pattern.content.firstElementChild.cloneNode(true);
  const link = item.querySelector("a");
  link.href = data.url;
  link.textContent = data.meta.title;
  item.querySelector(".kicker").textContent = data.meta.section ?? "";
  item.querySelector(".p-summary").append(excerpt(data.excerpt));
  item.querySelector(".meta").textContent = data.meta.day ?? "";
  for (const line of item.querySelectorAll("p")) if (!line.textContent) line.remove();
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
