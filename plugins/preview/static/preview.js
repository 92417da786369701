/* In every page of the preview, and in no file: keeps the tab up to date, and shows what keeps the site from being built.
 * The server says which build is on show and which files it changed; whether that is of this page is decided here. */
"use strict";

(() => {
  const given = document.currentScript.dataset;
  const files = new Set(JSON.parse(given.files));
  const site = `${location.origin}${given.base}/`;
  const title = document.title;
  const WAIT = 400; // milliseconds until a lost line is tried again
  let build = Number(given.build);
  let leaving = false;

  /** Load the page again, unless its reader is just on the way to another. */
  function reload() {
    if (!leaving) location.reload();
  }

  /** A file of the site by its address, "" for others'. */
  function file(address) {
    const url = new URL(address, location.href);
    const whole = url.origin + url.pathname;
    return whole.startsWith(site) ? decodeURIComponent(whole.slice(site.length)) : "";
  }

  /** The style sheets a page links to itself: these are replaced without loading the page again. */
  function sheets() {
    return [...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => [link, file(link.href)]);
  }

  /** Everything else the page has loaded. */
  function loaded() {
    const entries = performance.getEntriesByType("resource").map((entry) => entry.name);
    const linked = [...document.querySelectorAll("img, script[src], source, video, audio")].map((one) => one.currentSrc || one.src);
    return new Set([...entries, ...linked].filter(Boolean).map(file));
  }

  function renew(link) {
    const next = link.cloneNode();
    const url = new URL(link.href);
    url.searchParams.set("preview", build);
    next.href = url.href;
    next.addEventListener("load", () => link.remove(), { once: true });
    link.after(next);
  }

  /** Take over a new build: nothing, style sheets, or the whole page. */
  function take(changed) {
    const all = new Set(changed);
    const own = sheets();
    const styles = new Set(own.map(([, name]) => name));
    const rest = [...loaded()].filter((name) => !styles.has(name));
    if ([...files, ...rest].some((name) => all.has(name))) reload();
    else for (const [link, name] of own) if (all.has(name)) renew(link);
  }

  function element(name, words, kind = "") {
    const made = document.createElement(name);
    made.textContent = words;
    if (kind) made.className = kind;
    return made;
  }

  function row(problem) {
    const item = document.createElement("li");
    if (problem.where) item.append(element("p", problem.line ? `${problem.where}:${problem.line}` : problem.where, "place"));
    item.append(element("p", problem.what), element("p", problem.remedy));
    if (problem.trace) item.append(element("pre", problem.trace));
    return item;
  }

  /** Show the problems above the page, which stays where it was; or take them away. */
  function tell(problems) {
    document.getElementById("preview-problems")?.remove();
    document.title = problems.length ? `⚠ ${title}` : title;
    if (!problems.length) return;
    const box = document.createElement("section");
    box.id = "preview-problems";
    box.setAttribute("role", "alert");
    const hide = element("button", "Show the page as it was");
    hide.type = "button";
    hide.addEventListener("click", () => box.remove());
    const list = document.createElement("ol");
    list.append(...problems.map(row));
    const words = problems.length === 1 ? "1 problem keeps the site from being built" : `${problems.length} problems keep the site from being built`;
    box.append(element("h2", words), ...(build ? [hide] : []), list);
    document.body.append(box);
  }

  function listen() {
    const asked = new URLSearchParams([["build", build], ...[...files].map((name) => ["page", name])]);
    const line = new WebSocket(`${location.origin.replace(/^http/, "ws")}/.preview/live?${asked}`);
    line.addEventListener("message", (event) => {
      const state = JSON.parse(event.data);
      if (state.changed === null) {
        reload();
        return;
      }
      build = state.build;
      tell(state.problems);
      take(state.changed);
    });
    line.addEventListener("close", () => setTimeout(listen, WAIT));
  }

  addEventListener("beforeunload", () => {
    leaving = true;
    setTimeout(() => {
      leaving = false;
    }, WAIT);
  });

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/.preview/preview.css";
  document.head.append(style);
  listen();
})();
