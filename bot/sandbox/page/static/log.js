// The log of the open channel: kept at its end, older messages on scrolling up.

import { byId, el, reconcile } from "./dom.js";
import { attempt } from "./interactions.js";
import { makeMessage, versionOf } from "./message.js";
import { markRead } from "./reading.js";
import { addHistory, bot, currentChannel, isDm, KIND, logOf, on, state } from "./store.js";
import { texts } from "./texts.js";

const NEAR = 80;
let atEnd = true;
let shownChannel = null;
let waits = false;

const scroller = () => byId("scroller");
const list = () => byId("log");

export function startLog() {
  on("messages", (channel) => {
    if (channel === state.current) showSoon();
  });
  scroller().addEventListener("scroll", scrolled, { passive: true });
  new ResizeObserver(keepAtEnd).observe(list());
  new ResizeObserver(keepAtEnd).observe(scroller());
  list().addEventListener("keydown", walk);
  on("jump", jump);
}

export async function openLog() {
  const channel = currentChannel();
  shownChannel = channel?.id ?? null;
  atEnd = true;
  list().setAttribute("aria-live", "off"); // what was said before is not read out
  list().replaceChildren();
  byId("above").replaceChildren();
  if (!channel || channel.type === KIND.forum) return;
  const log = logOf(channel.id);
  if (!log.loaded) await load(channel.id, null);
  if (shownChannel !== channel.id) return;
  show();
  toEnd();
  requestAnimationFrame(() => list().setAttribute("aria-live", "polite"));
}

async function load(id, before) {
  const log = logOf(id);
  if (log.loading) return;
  log.loading = true;
  const page = await attempt("history", { channel: id, before });
  log.loading = false;
  if (page) addHistory(id, page);
}

// Many messages at once are drawn once; a hidden tab has no frames to wait for.
function showSoon() {
  if (waits) return;
  waits = true;
  const draw = () => {
    waits = false;
    show();
  };
  if (document.hidden) setTimeout(draw, 100);
  else requestAnimationFrame(draw);
}

function show() {
  const channel = currentChannel();
  if (!channel || channel.type === KIND.forum) return;
  const log = logOf(channel.id);
  if (!log.loaded) return;
  const stay = atEnd;
  reconcile(list(), log.messages, { keyOf: (one) => one.id, versionOf, make: makeMessage });
  byId("above").replaceChildren(above(channel, log));
  if (stay) toEnd();
  if (stay && !document.hidden) markRead(channel.id);
}

function above(channel, log) {
  if (log.more) return el("p", { class: "hint" }, texts.older);
  if (log.messages.length) return el("p", { class: "hint" }, texts.begin);
  return el("p", { class: "empty" }, isDm(channel) ? texts.emptyPrivate(bot().name) : texts.empty);
}

function toEnd() {
  atEnd = true;
  scroller().scrollTop = scroller().scrollHeight;
}

function keepAtEnd() {
  if (atEnd) toEnd();
}

async function scrolled() {
  const box = scroller();
  atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  const channel = currentChannel();
  if (!channel || channel.type === KIND.forum) return;
  if (atEnd) markRead(channel.id);
  const log = logOf(channel.id);
  if (box.scrollTop > NEAR || !log.more || log.loading || !log.loaded) return;
  const first = log.messages.find((one) => !one.local);
  await load(channel.id, first?.id ?? null);
  if (shownChannel !== channel.id) return;
  const before = nodeOf(first?.id)?.getBoundingClientRect().top ?? 0;
  list().setAttribute("aria-live", "off");
  show();
  box.scrollTop += (nodeOf(first?.id)?.getBoundingClientRect().top ?? before) - before;
  requestAnimationFrame(() => list().setAttribute("aria-live", "polite"));
  if (box.scrollTop <= NEAR) scrolled();
}

// Arrow keys walk along the messages when one of them (and nothing in it) has the focus.
function walk(event) {
  const message = event.target;
  if (!message.classList.contains("message")) return;
  const to = {
    ArrowUp: message.previousElementSibling,
    ArrowDown: message.nextElementSibling,
    Home: list().firstElementChild,
    End: list().lastElementChild,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  to?.focus();
}

// From the region of messages an arrow goes to the last one.
export function startWalking() {
  scroller().addEventListener("keydown", (event) => {
    if (event.target !== scroller() || !["ArrowUp", "Enter"].includes(event.key)) return;
    event.preventDefault();
    list().lastElementChild?.focus();
  });
}

const nodeOf = (id) => [...list().children].find((one) => one.dataset.key === id);

function jump(id) {
  const node = nodeOf(id);
  node?.scrollIntoView({ block: "center" });
  node?.focus({ preventScroll: true });
}
