/* On pages with pickets and meetings: what is over is folded away, "starts in 40 minutes" appears, and today is the
 * reader's today. The page as it came is right for the day that it names. Its words are in the page (data attributes). */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const language = document.documentElement.lang;
const relative = new Intl.RelativeTimeFormat(language, { numeric: "always" });

/** "2026-03-02", the day that a moment is on in a zone. */
function dayOf(moment, timeZone) {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit" };
  return new Intl.DateTimeFormat("en-CA", { ...parts, timeZone }).format(moment);
}

/** "in 40 minutes", "in 3 hours". */
function inTime(milliseconds) {
  const minutes = Math.max(1, Math.round(milliseconds / MINUTE));
  return minutes < 100 ? relative.format(minutes, "minute") : relative.format(Math.round(minutes / 60), "hour");
}

/** What is to be said of an event now: when it starts, that it is on, or nothing. */
function said(event, words, now) {
  const starts = Date.parse(event.dataset.starts);
  if ("off" in event.dataset) return "";
  if (starts <= now) return now < Date.parse(event.dataset.ends) ? words.now : "";
  return starts - now < DAY ? words.soon.replace("{when}", inTime(starts - now)) : "";
}

/** What is said is printed by the style sheet, so that the page's own text stays as it came. */
function tell(event, words, now) {
  const text = said(event, words, now);
  const place = event.querySelector(".event-time") ?? event;
  if (text) place.dataset.said = text;
  else delete place.dataset.said;
}

/** Put what is over into a part that is folded, at the list's end; a brief list goes without it. */
function fold(list, words, now) {
  const over = [...list.children].filter((event) => Date.parse(event.dataset.ends) <= now);
  if (!over.length) return;
  if ("brief" in list.dataset) return over.forEach((event) => event.remove());
  let details = list.nextElementSibling;
  if (!details?.matches(".events-over")) {
    details = document.createElement("details");
    details.className = "events-over";
    details.append(document.createElement("summary"), document.createElement("ul"));
    details.lastChild.className = "events";
    list.after(details);
  }
  details.lastChild.append(...over);
  details.firstChild.textContent = words.over.replace("{n}", details.lastChild.children.length);
}

function nameDays(region, words, now) {
  const today = dayOf(now, words.zone);
  const tomorrow = dayOf(now + DAY, words.zone);
  for (const section of region.querySelectorAll("[data-day]")) {
    const { day } = section.dataset;
    const word = section.querySelector("[data-day-word]");
    const near = day === today ? words.today : day === tomorrow ? words.tomorrow : "";
    word.textContent = near && `${near},`;
    if (day < today && !section.querySelector("[data-starts]")) section.hidden = true;
  }
}

/** Show of each strike the first event that is not over. */
function showNext(region, now) {
  for (const first of region.querySelectorAll(":not(.strike-event) + .strike-event")) {
    const all = [...first.parentElement.querySelectorAll(".strike-event")];
    const next = all.find((event) => Date.parse(event.dataset.ends) > now);
    for (const event of all) event.hidden = event !== next;
  }
}

function update(region) {
  const words = region.dataset;
  const now = Date.now();
  nameDays(region, words, now);
  showNext(region, now);
  for (const list of region.querySelectorAll("ul.events")) if (!list.closest(".events-over")) fold(list, words, now);
  for (const event of region.querySelectorAll("[data-starts]")) tell(event, words, now);
}

const regions = document.querySelectorAll("[data-live]");
const updateAll = () => regions.forEach(update);
updateAll();
setInterval(updateAll, MINUTE);
document.addEventListener("visibilitychange", () => document.hidden || updateAll());
