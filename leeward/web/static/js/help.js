// Says anew, by the clock of this device, which lines are open: docs/decisions/0040-help-now.md.
// `data-open`: "0:600-900 …", weekday (0 is Monday), from and until in minutes; "": always.

const MINUTE = 60000;
const DAY = 24 * 60 * MINUTE;
const WRONG_MS = 10 * MINUTE; // a clock that is so much behind the place's own is not believed
const words = document.querySelector("[data-drawn]");
const language = document.documentElement.lang;
const tongue = navigator.languages.find((one) => one.startsWith(language)) ?? language;

const put = (text, given) => text.replace(/\[(\w+)\]/g, (_, name) => given[name]);
const time = (at, zone) => new Intl.DateTimeFormat(tongue, { timeStyle: "short", timeZone: zone }).format(at);
const day = (at, zone) =>
  new Intl.DateTimeFormat(tongue, { weekday: "long", day: "numeric", month: "long", timeZone: zone }).format(at);

// What the clock of a zone shows, as if it were UTC.
function clock(at, zone) {
  const how = { hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" };
  const parts = new Intl.DateTimeFormat("en-US", { ...how, timeZone: zone }).formatToParts(at);
  const { year, month, day: date, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, date, hour, minute);
}

const ahead = (at, zone) => clock(at, zone) - Math.floor(at / MINUTE) * MINUTE;
const midnight = (at, zone) => Math.floor(clock(at, zone) / DAY) * DAY;

// The moment at which the clock of a zone shows this.
function moment(shown, zone) {
  const near = shown - ahead(shown, zone);
  return shown - ahead(near, zone);
}

// The stretch that is now, or else the next one; past midnight it goes on.
function stretch(line, now) {
  const { open, zone } = line.dataset;
  const spans = [];
  for (let days = -1; days <= 8; days++) {
    const date = midnight(now, zone) + days * DAY;
    for (const [, weekday, begins, ends] of open.matchAll(/(\d):(\d+)-(\d+)/g)) {
      if ((new Date(date).getUTCDay() + 6) % 7 !== Number(weekday)) continue;
      const from = moment(date + begins * MINUTE, zone);
      const until = moment(date + ends * MINUTE, zone);
      if (spans.at(-1)?.until === from) spans.at(-1).until = until;
      else spans.push({ from, until });
    }
  }
  return spans.find(({ until }) => until > now);
}

function said({ from, until }, zone, now) {
  const isOpen = from <= now;
  const at = isOpen ? until : from;
  const days = (midnight(isOpen ? at - MINUTE : at, zone) - midnight(now, zone)) / DAY;
  const isHere = [now, at].every((one) => ahead(one, zone) === -new Date(one).getTimezoneOffset() * MINUTE);
  const isMidnight = isOpen && !days && midnight(at, zone) > midnight(now, zone);
  const which = isOpen
    ? ["until", days ? "Day" : isMidnight ? "Midnight" : ""]
    : ["opens", isHere && days === 0 ? "Today" : isHere && days === 1 ? "Tomorrow" : ""];
  const there = { time: time(at, zone), day: day(at, zone), place: zone.split("/").at(-1).replaceAll("_", " ") };
  const text = put(words.dataset[which.join("")], there);
  return isHere
    ? `${text}.`
    : `${text}${put(words.dataset.there, there)}. ${put(words.dataset.here, { time: time(at), day: day(at) })}`;
}

// Says one line's state; returns its place in the order.
function tell(line, now) {
  if (line.dataset.open === undefined) return Infinity;
  if (!line.dataset.open) return 0;
  const next = stretch(line, now);
  const state = line.querySelector(".state");
  state.textContent = said(next, line.dataset.zone, now);
  state.classList.toggle("is-open", next.from <= now);
  return Math.max(0, next.from - now);
}

// Nothing moves under a finger or the focus.
function order(list, turns) {
  const lines = [...list.children];
  const sorted = [...lines].sort((one, other) => turns.get(one) - turns.get(other) || 0);
  if (sorted.some((line, place) => line !== lines[place]) && !list.matches(":hover, :focus-within")) list.append(...sorted);
}

function tellAll() {
  const now = Date.now();
  const drawn = Date.parse(words.dataset.drawn);
  if (now < drawn - WRONG_MS) return;
  for (const list of document.querySelectorAll("[data-lines]")) {
    order(list, new Map([...list.children].map((line) => [line, tell(line, now)])));
  }
  words.textContent = put(words.dataset.now, { time: time(now), day: day(now) });
  if (now > drawn + DAY) words.textContent += ` ${put(words.dataset.kept, { day: day(drawn) })}`;
}

tellAll();
setInterval(tellAll, MINUTE);
window.addEventListener("pageshow", tellAll);
document.addEventListener("visibilitychange", tellAll);
