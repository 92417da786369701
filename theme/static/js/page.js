/* On every page: the reader's choice of light or dark, wide tables that the keyboard can scroll, and a button beside
 * each quotation and update which copies a link to it. Nothing here is needed to read. The words it shows come from the
 * page (data attributes); what a button shows is printed by the style sheet, so the page's own text stays as it came. */

const KEPT = "theme";
const QUOTES = "blockquote[id], .pull[id], .line[id], .transcript dt[id]";
const NAMED = 8; // words of a quotation in its button's name
const SAID = 4000; // milliseconds that the outcome stands
const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");

/** What the reader chose earlier: "light", "dark" or null. Storage may be refused; then nothing is remembered. */
function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(choice) {
  try {
    if (choice) localStorage.setItem(KEPT, choice);
    else localStorage.removeItem(KEPT);
  } catch {
    /* a browser that refuses storage still switches this page */
  }
}

function show(choice) {
  if (choice === "light" || choice === "dark") root.dataset.theme = choice;
  else delete root.dataset.theme;
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches;
}

function startSwitch(button) {
  const word = () => {
    button.textContent = isDark() ? button.dataset.light : button.dataset.dark;
  };
  button.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    const choice = (wanted === "dark") === systemDark.matches ? null : wanted;
    show(choice);
    keep(choice);
    word();
  });
  systemDark.addEventListener("change", word);
  word();
  button.hidden = false;
}

/** Put a table in a region of its own, which takes the focus only while it really scrolls. */
function startTable(table, label) {
  const region = document.createElement("div");
  region.className = "scroll";
  table.replaceWith(region);
  region.append(table);
  new ResizeObserver(() => {
    if (region.scrollWidth > region.clientWidth) {
      region.tabIndex = 0;
      region.setAttribute("role", "region");
      region.setAttribute("aria-label", table.caption?.textContent.trim() || label);
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) region.removeAttribute(name);
    }
  }).observe(region);
}

/** The link as words for the clipboard; what the reader searched for to get here is no part of it. */
function addressOf(id) {
  const url = new URL(location.href);
  url.search = "";
  url.hash = id;
  return url.href;
}

/** Copy a link, and say so; a browser that refuses is led there, so that the link is in the address bar. */
async function copy(button, url, words, state) {
  let said = words.copied;
  try {
    await navigator.clipboard.writeText(url);
  } catch {
    said = words.uncopied;
    location.assign(url);
  }
  state.textContent = said;
  button.dataset.said = said;
  setTimeout(() => {
    state.textContent = "";
    delete button.dataset.said;
  }, SAID);
}

function copyButton(place, url, text, words, state) {
  const button = document.createElement("button");
  const said = text.trim().split(/\s+/);
  button.type = "button";
  button.className = "copy";
  button.lang = root.lang;
  button.setAttribute(
    "aria-label",
    words.copy.replace("{words}", said.slice(0, NAMED).join(" ") + (said.length > NAMED ? " …" : "")),
  );
  button.addEventListener("click", () => copy(button, url, words, state));
  place.append(button);
}

/** Give every quotation and update of a region its button; a quotation within another is part of it. */
function startCopying(region) {
  const state = document.createElement("p");
  state.className = "visually-hidden";
  state.setAttribute("role", "status");
  region.after(state);
  const give = (place, url, text) => copyButton(place, url, text, region.dataset, state);
  for (const quote of region.querySelectorAll(QUOTES)) {
    if (quote.parentElement.closest(QUOTES)) continue;
    const place = { DT: quote.nextElementSibling, DIV: quote.firstElementChild }[quote.tagName] ?? quote;
    give(place, addressOf(quote.id), (quote.tagName === "DT" ? quote : place).textContent);
  }
  for (const entry of region.querySelectorAll(".entry")) {
    const time = entry.querySelector(".entry-time");
    give(time, time.querySelector("a").href, entry.querySelector(".entry-title").textContent);
  }
}

function start() {
  document.querySelectorAll("[data-theme-switch]").forEach(startSwitch);
  document.querySelectorAll("[data-table-label]").forEach((prose) => {
    prose.querySelectorAll(":not(.scroll) > table").forEach((table) => startTable(table, prose.dataset.tableLabel));
  });
  document.querySelectorAll("[data-copy]").forEach(startCopying);
}

show(kept());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
else start();
