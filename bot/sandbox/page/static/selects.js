// Selects, in messages and forms: a button that opens a list with room for descriptions.

import { el, newId } from "./dom.js";
import { icon } from "./icons.js";
import { currentChannel, guildOf, KIND, isThread, state } from "./store.js";
import { texts } from "./texts.js";

const MANY = 10;

// What can be chosen: of a string select its own options, else people, roles and channels.
export function optionsOf(part) {
  if (part.type === 3) {
    return part.options.map((one) => ({ ...one, label: [one.emoji?.name, one.label].filter(Boolean).join(" ") }));
  }
  const chosen = new Set((part.default_values ?? []).map((one) => one.id));
  return entities(part).map((one) => ({ ...one, default: chosen.has(one.value) }));
}

export function entities(part) {
  const guild = guildOf(currentChannel());
  const people = (guild?.members ?? [state.places.me, state.places.bot]).map((id) => state.people.get(id));
  const found = [];
  if ([5, 7].includes(part.type)) found.push(...people.filter(Boolean).map((one) => ({ value: one.id, label: one.name })));
  if ([6, 7].includes(part.type)) found.push(...(guild?.roles ?? []).map((one) => ({ value: one.id, label: `@${one.name}` })));
  if (part.type === 8) found.push(...channels(guild, part.channel_types));
  return found;
}

export function channels(guild, types) {
  return (guild?.channels ?? [])
    .filter((one) => (types?.length ? types.includes(one.type) : one.type !== KIND.category && !isThread(one)))
    .map((one) => ({ value: one.id, label: `#${one.name}` }));
}

export function select(part, onChosen) {
  const options = optionsOf(part);
  const least = part.min_values ?? 1;
  const most = part.max_values ?? 1;
  const single = most === 1;
  const listId = newId("options");
  const opener = el("button", { type: "button", class: "select", "aria-expanded": "false", "aria-controls": listId, disabled: part.disabled, "data-focus": part.custom_id });
  const panel = el("div", { id: listId, class: "options", hidden: true, role: "group", "aria-label": part.placeholder || texts.choose });
  const node = el("div", { class: "select-box" }, opener, panel);
  const shown = (names) => opener.replaceChildren(names.length ? names.join(", ") : part.placeholder || texts.choose, icon("down"));
  shown(options.filter((one) => one.default).map((one) => one.label));

  function toggle(isOpen) {
    panel.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) panel.querySelector("input, button")?.focus();
    else opener.focus();
  }

  async function choose(values) {
    toggle(false);
    shown(options.filter((one) => values.includes(one.value)).map((one) => one.label));
    opener.setAttribute("aria-busy", "true");
    await onChosen(values);
    opener.removeAttribute("aria-busy");
  }

  opener.addEventListener("click", () => {
    if (!panel.childElementCount) panel.append(...content({ options, single, least, most, choose }));
    toggle(panel.hidden);
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    toggle(false);
  });
  return node;
}

function content({ options, single, least, most, choose }) {
  const list = single ? singleList(options, choose) : severalList(options);
  const extra = [];
  if (options.length > MANY) extra.push(filter(list));
  if (single) return [...extra, list];
  const done = el("button", { type: "button", class: "button primary" }, texts.chooseDone);
  const note = el("p", { class: "hint", role: "status" }, texts.chooseBetween(least, most));
  done.addEventListener("click", () => {
    const values = [...list.querySelectorAll("input:checked")].map((one) => one.value);
    if (values.length < least || values.length > most) note.classList.add("wrong");
    else choose(values);
  });
  return [...extra, list, note, done];
}

function singleList(options, choose) {
  const list = el("ul", { class: "option-list" });
  for (const one of options) {
    const choice = el("button", { type: "button", "aria-pressed": one.default ? "true" : null, onclick: () => choose([one.value]) }, described(one));
    list.append(el("li", {}, choice));
  }
  list.addEventListener("keydown", (event) => moveFocus(event, [...list.querySelectorAll("li:not([hidden]) button")]));
  return list;
}

function moveFocus(event, all) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  all[all.indexOf(document.activeElement) + step]?.focus();
}

export function severalList(options, name = newId("several")) {
  return el(
    "ul",
    { class: "option-list" },
    options.map((one) => el("li", {}, el("label", {}, el("input", { type: "checkbox", name, value: one.value, checked: Boolean(one.default) }), el("span", {}, described(one))))),
  );
}

export const described = (one) => [el("span", { class: "option-label" }, one.label), one.description ? el("span", { class: "option-text" }, one.description) : null].filter(Boolean);

function filter(list) {
  const field = el("input", { type: "search", "aria-label": texts.filter, placeholder: texts.filter, autocomplete: "off" });
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const item of list.children) item.hidden = !item.textContent.toLowerCase().includes(wanted);
  });
  return field;
}
