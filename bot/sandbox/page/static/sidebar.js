// The places: servers with their channels and threads, the private conversation, events.

import { arrowKeys, byId, el, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { isUnread } from "./reading.js";
import { bot, channelById, emit, isThread, KIND, on, state } from "./store.js";
import { texts } from "./texts.js";

const SIGNS = { 0: "hash", 2: "voice", 5: "news", 15: "forum" };
const narrow = matchMedia("(max-width: 760px)");

export function startSidebar() {
  on("places", show);
  on("unread", show);
  const opener = byId("open-sidebar");
  opener.addEventListener("click", () => toggleSidebar(byId("sidebar").dataset.open !== "true"));
  byId("shade").addEventListener("click", () => toggleSidebar(false));
  byId("sidebar").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && byId("sidebar").dataset.open === "true") toggleSidebar(false);
  });
  narrow.addEventListener("change", () => toggleSidebar(false));
  arrowKeys(byId("sidebar"), () => [...byId("sidebar").querySelectorAll("button")]);
}

export function toggleSidebar(open) {
  const sidebar = byId("sidebar");
  const was = sidebar.dataset.open === "true";
  sidebar.dataset.open = String(open);
  byId("shade").hidden = !open;
  byId("open-sidebar").setAttribute("aria-expanded", String(open));
  if (open) sidebar.querySelector("[aria-current], button")?.focus();
  else if (was && sidebar.contains(document.activeElement)) byId("open-sidebar").focus();
}

function show() {
  const sections = [...state.places.guilds.map(guildSection), privateSection()];
  reconcile(byId("places"), sections, { keyOf: (one) => one.key, versionOf: (one) => JSON.stringify(one), make: makeSection });
}

function guildSection(guild) {
  const rows = [];
  const top = guild.channels.filter((one) => !isThread(one) && !one.parent_id && one.type !== KIND.category);
  const categories = guild.channels.filter((one) => one.type === KIND.category);
  for (const channel of sorted(top)) rows.push(...channelRows(guild, channel));
  for (const category of sorted(categories)) {
    rows.push({ heading: category.name, id: category.id });
    const inside = guild.channels.filter((one) => one.parent_id === category.id && !isThread(one));
    for (const channel of sorted(inside)) rows.push(...channelRows(guild, channel));
  }
  rows.push({ events: guild.id, count: guild.events.length, id: `events-${guild.id}` });
  return { key: guild.id, title: guild.name, rows };
}

const sorted = (channels) => [...channels].sort((a, b) => a.position - b.position);

// Of a forum only the open post and the unread ones are listed; the rest stands in the forum.
function channelRows(guild, channel) {
  const threads = guild.channels.filter((one) => one.parent_id === channel.id && isThread(one));
  const listed = threads.filter((one) => one.id === state.current || isUnread(one) || (channel.type !== KIND.forum && !one.thread_metadata.archived));
  return [row(channel, SIGNS[channel.type] ?? "hash"), ...listed.map((one) => ({ ...row(one, "below"), inner: true }))];
}

const row = (channel, sign) => ({ id: channel.id, name: channel.name, sign, unread: isUnread(channel), current: channel.id === state.current });

function privateSection() {
  const dm = state.places.dm;
  const shown = dm ? row(dm, "●") : { id: "dm", sign: "mail", unread: false, current: false };
  return { key: "private", title: texts.privateHead, rows: [{ ...shown, name: bot().name, sign: "mail" }] };
}

function makeSection({ key, title, rows }) {
  const id = `place-${key}`;
  const list = el("ul", { "aria-labelledby": id });
  for (const one of rows) {
    if (one.heading) list.append(el("li", { class: "category" }, one.heading));
    else if (one.events) list.append(el("li", {}, eventsButton(one)));
    else list.append(el("li", { class: one.inner ? "inner" : null }, channelButton(one)));
  }
  return el("section", { class: "place" }, el("h2", { id }, title), list);
}

function channelButton(one) {
  return el(
    "button",
    { type: "button", class: one.unread ? "place-row unread" : "place-row", "aria-current": one.current ? "page" : null, "data-focus": one.id, onclick: () => emit("open", one.id) },
    icon(one.sign),
    el("span", { class: "place-name" }, one.name),
    one.unread ? el("span", { class: "dot" }, el("span", { class: "sr-only" }, texts.unread)) : null,
  );
}

function eventsButton({ events, count }) {
  return el(
    "button",
    { type: "button", class: "place-row", "aria-haspopup": "dialog", "data-focus": `events-${events}`, onclick: () => emit("events", events) },
    icon("calendar"),
    el("span", { class: "place-name" }, texts.events),
    count ? el("span", { class: "count" }, count) : null,
  );
}

export function placeName(channel) {
  if (channel.type === KIND.dm) return texts.privateTitle(bot().name);
  return isThread(channel) ? channel.name : `#${channel.name}`;
}

export function placeTopic(channel) {
  if (channel.type === KIND.dm) return texts.privateTopic(bot().name);
  const parent = isThread(channel) && channelById(channel.parent_id);
  return parent ? texts.threadIn(`#${parent.name}`) : (channel.topic ?? "");
}
