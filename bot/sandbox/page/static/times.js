// Times as people read them here: Dutch, in the time of the Netherlands, by the sandbox's clock.

import { el } from "./dom.js";
import { texts } from "./texts.js";

const ZONE = { timeZone: "Europe/Amsterdam" };
const format = (options) => new Intl.DateTimeFormat("nl-NL", { ...ZONE, ...options });
const FORMATS = {
  t: format({ timeStyle: "short" }),
  T: format({ timeStyle: "medium" }),
  d: format({ day: "2-digit", month: "2-digit", year: "numeric" }),
  D: format({ dateStyle: "long" }),
  f: format({ dateStyle: "long", timeStyle: "short" }),
  F: format({ dateStyle: "full", timeStyle: "short" }),
};
const CLOCK = format({ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const DAY = format({ year: "numeric", month: "2-digit", day: "2-digit" });
const RELATIVE = new Intl.RelativeTimeFormat("nl-NL", { numeric: "auto" });
const STEPS = [
  ["year", 31536000],
  ["month", 2592000],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

let base = Date.now();
let since = performance.now();

export function setClock(iso) {
  base = Date.parse(iso);
  since = performance.now();
}

export const now = () => new Date(base + performance.now() - since);
export const clockText = () => CLOCK.format(now());
export const momentText = (iso) => FORMATS.F.format(new Date(iso));
export const timeText = (iso) => FORMATS.t.format(new Date(iso));
export const dayOf = (iso) => DAY.format(new Date(iso));

export function whenText(iso) {
  const day = dayOf(iso);
  const time = timeText(iso);
  if (day === DAY.format(now())) return `${texts.today} ${time}`;
  if (day === DAY.format(new Date(now().getTime() - 86400000))) return `${texts.yesterday} ${time}`;
  return `${FORMATS.D.format(new Date(iso))} ${time}`;
}

export const dayText = (iso) => format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(new Date(iso));

function relativeText(moment) {
  const seconds = (moment.getTime() - now().getTime()) / 1000;
  const [unit, length] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? STEPS.at(-1);
  return RELATIVE.format(Math.round(seconds / length), unit);
}

export function timestamp(seconds, style = "f") {
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return String(seconds);
  const node = el("time", { datetime: moment.toISOString(), title: FORMATS.F.format(moment), class: "stamp" });
  if (style === "R") node.dataset.relative = "";
  node.textContent = style === "R" ? relativeText(moment) : (FORMATS[style] ?? FORMATS.f).format(moment);
  return node;
}

export function refreshRelative() {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    const text = relativeText(new Date(node.dateTime));
    if (node.textContent !== text) node.textContent = text;
  }
}
