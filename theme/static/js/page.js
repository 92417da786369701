/* On every page: the reader's choice of light or dark, and wide tables that the keyboard can scroll.
 * Nothing here is needed to read. The words it shows come from the page (data attributes). */

const KEPT = "theme";
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

function start() {
  document.querySelectorAll("[data-theme-switch]").forEach(startSwitch);
  document.querySelectorAll("[data-table-label]").forEach((prose) => {
    prose.querySelectorAll(":not(.scroll) > table").forEach((table) => startTable(table, prose.dataset.tableLabel));
  });
}

show(kept());
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
else start();
