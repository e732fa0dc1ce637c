// One message in the log.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { attachment, embed, looseAttachments } from "./embeds.js";
import { attempt } from "./interactions.js";
import { markdown } from "./markdown.js";
import { openMessageMenu } from "./message_menu.js";
import { parts } from "./components.js";
import { channelById, emit, logOf, me, nameOf, personById } from "./store.js";
import { texts } from "./texts.js";
import { dayOf, dayText, timeText, whenText } from "./times.js";

const TOGETHER = 5 * 60 * 1000;
const STARTER = 21;
const versions = new WeakMap();
let count = 0;

// Whether a message continues the one above it, without a name of its own.
function continues(message, before) {
  if (!before || before.local || before.ephemeral || message.ephemeral) return false;
  if (message.referenced_message !== undefined || message.interaction || message.type === STARTER) return false;
  const close = Date.parse(message.timestamp) - Date.parse(before.timestamp) < TOGETHER;
  return close && before.author.id === message.author.id && before.type !== STARTER && !newDay(message, before);
}

function newDay(message, before) {
  return !message.local && !before?.local && dayOf(message.timestamp) !== (before ? dayOf(before.timestamp) : "");
}

export function versionOf(message, before) {
  if (!versions.has(message)) {
    count += 1;
    versions.set(message, count);
  }
  const look = message.local ? "" : `${continues(message, before)} ${newDay(message, before)}`;
  return `${versions.get(message)} ${look}`;
}

export function makeMessage(message, before) {
  if (message.local) {
    return el("article", { class: "message notice", tabindex: -1, role: "article" }, icon("warning"), message.text);
  }
  const name = nameOf(message.author.id) ?? message.author.username;
  const grouped = continues(message, before);
  const node = el("article", {
    class: ["message", grouped && "grouped", message.ephemeral && "ephemeral", message.mentions.some((one) => one.id === me()) && "to-me"].filter(Boolean).join(" "),
    tabindex: -1,
    "aria-label": texts.messageOf(name, whenText(message.timestamp)),
  });
  if (newDay(message, before)) node.append(el("p", { class: "day" }, el("span", {}, dayText(message.timestamp))));
  node.append(...origin(message));
  const body = el("div", { class: "body" });
  if (!grouped) body.append(head(message, name));
  body.append(...content(message, name));
  node.append(grouped ? el("span", { class: "gutter", "aria-hidden": "true" }, timeText(message.timestamp)) : avatar(message.author.id, name), body, tools(message, name));
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, input, textarea") || String(getSelection())) return;
    event.preventDefault();
    const box = node.getBoundingClientRect();
    const byKey = event.clientX === 0 && event.clientY === 0;
    openMessageMenu(message, node, byKey || event.button !== 2 ? { x: box.left + 48, y: box.top + 24 } : { x: event.clientX, y: event.clientY });
  });
  return node;
}

export function avatar(id, name) {
  const hue = Number(String(id).slice(-4)) % 8;
  const isBot = personById(id)?.bot;
  return el("span", { class: isBot ? "avatar bot" : `avatar hue-${hue}`, "aria-hidden": "true" }, isBot ? "" : name.slice(0, 1).toUpperCase());
}

function head(message, name) {
  return el(
    "p",
    { class: "head" },
    el("strong", { class: "name" }, name),
    message.author.bot ? el("span", { class: "tag" }, texts.app) : null,
    el("time", { datetime: message.timestamp }, whenText(message.timestamp)),
  );
}

function origin(message) {
  if (message.interaction) {
    const isSlash = message.type === 20;
    const command = isSlash ? `/${message.interaction.name}` : message.interaction.name;
    return [el("p", { class: "origin" }, icon("corner"), texts.used(nameOf(message.interaction.user.id) ?? texts.unknownPerson, command))];
  }
  if (message.referenced_message === undefined) return [];
  const answered = message.referenced_message;
  if (answered === null) return [el("p", { class: "origin" }, icon("corner"), texts.gone)];
  const name = nameOf(answered.author.id) ?? answered.author.username;
  const text = el("div", {}, markdown(answered.content.slice(0, 300))).textContent.slice(0, 90) || texts.noText;
  const go = el("button", { type: "button", class: "plain", "aria-label": texts.answersTo(name, text), "data-focus": "origin" }, icon("corner"), el("strong", {}, name), ` ${text}`);
  go.addEventListener("click", () => emit("jump", answered.id));
  return [el("p", { class: "origin" }, go)];
}

function content(message, name) {
  if (message.waiting) return [el("p", { class: "waiting" }, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), texts.thinking(name))];
  const edited = message.edited_timestamp ? el("small", { class: "edited" }, `(${texts.edited})`) : null;
  const text = el("div", { class: "text" }, message.content ? markdown(message.content) : null, edited);
  const starter = message.type === STARTER && message.message_reference ? startedWith(message) : null;
  return [
    starter,
    message.content || edited ? text : null,
    ...looseAttachments(message).map((one) => el("div", { class: "attachment" }, attachment(one))),
    ...message.embeds.map(embed),
    message.components.length ? el("div", { class: "components" }, parts(message.components, message)) : null,
    message.ephemeral ? onlyYou(message) : null,
    message.reactions?.length ? reactions(message) : null,
    message.thread && channelById(message.thread.id) ? threadLink(message.thread) : null,
  ].filter(Boolean);
}

function startedWith(message) {
  const parent = channelById(message.channel_id)?.parent_id;
  const first = parent && logOf(parent).byId.get(message.message_reference.message_id);
  return first ? el("blockquote", {}, markdown(first.content || texts.noText)) : null;
}

function onlyYou(message) {
  const close = el("button", { type: "button", class: "plain link", "data-focus": "dismiss", onclick: () => attempt("delete", where(message)) }, texts.dismiss);
  return el("p", { class: "only-you" }, icon("eye"), `${texts.onlyYou} · `, close);
}

const where = (message) => ({ channel: message.channel_id, message: message.id });

function reactions(message) {
  return el(
    "div",
    { class: "reactions" },
    message.reactions.map(({ emoji, count, me: mine }) =>
      el(
        "button",
        {
          type: "button",
          class: mine ? "reaction mine" : "reaction",
          "aria-pressed": String(mine),
          "aria-label": texts.reaction(emoji, count, mine),
          "data-focus": `reaction ${emoji}`,
          onclick: () => attempt(mine ? "unreact" : "react", { ...where(message), emoji }),
        },
        `${emoji} ${count}`,
      ),
    ),
  );
}

function threadLink(thread) {
  return el("button", { type: "button", class: "thread-link", "aria-label": texts.openThread(thread.name), onclick: () => emit("open", thread.id) }, icon("thread"), thread.name);
}

function tools(message, name) {
  const more = el("button", { type: "button", class: "icon-button more", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": `${texts.menuButton}: ${name}`, "data-focus": "more" }, icon("more"));
  more.addEventListener("click", () => {
    const box = more.getBoundingClientRect();
    openMessageMenu(message, more, { x: box.left, y: box.bottom + 4, top: box.top - 4 });
  });
  return el("div", { class: "tools" }, more);
}
