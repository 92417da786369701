/* Beside the line that says when the sources were last read: when the site itself was last built, as status.json has it.
 * It is not in the page, so that a build without news changes no page. Its words are in the page (data attributes) and
 * printed by the style sheet; where there is nothing to tell, the line stays as it came. */

const line = document.querySelector("[data-refreshed]");
const language = document.documentElement.lang;
const DATES = language === "en" ? "en-GB" : language; // as plugins/core/text/localised.py words dates
const DAY = 86_400;
const UNITS = [
  ["day", DAY],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 hours ago", in the page's language. */
function ago(seconds) {
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(language).format(-Math.floor(seconds / size), unit);
}

/** "14:05 PDT" in the site's own zone, as all times of the wire are; after a day "1 March, 14:05 PDT". */
function worded(moment, seconds) {
  const timeZone = line.dataset.zone;
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
  const parts = [new Intl.DateTimeFormat(language, { ...clock, timeZone })];
  if (seconds >= DAY) parts.unshift(new Intl.DateTimeFormat(DATES, { day: "numeric", month: "long", timeZone }));
  return parts.map((part) => part.format(moment)).join(", ");
}

async function tell() {
  const answer = await fetch(line.dataset.refreshed, { priority: "low" });
  const built = new Date((await answer.json()).deployed_at ?? NaN);
  const seconds = (Date.now() - built) / 1000;
  if (!(seconds >= 0)) return; // never built for publishing, or a clock that is wrong
  line.dataset.said = line.dataset.words.replace("{time}", worded(built, seconds)).replace("{ago}", ago(seconds));
}

if (line) tell().catch(() => {}); // off line, or a page kept from elsewhere
