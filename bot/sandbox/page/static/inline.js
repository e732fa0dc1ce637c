// Discord's Markdown within a line: bold, links, mentions, timestamps and the rest.

import { el } from "./dom.js";
import { channelById, emit, nameOf, state } from "./store.js";
import { texts } from "./texts.js";
import { timestamp } from "./times.js";

const DEEPEST = 12;
const RULES = [
  [/^\\([^\w\s])/, (found) => found[1]],
  [/^(`{1,2})([\s\S]*?[^`])\1(?!`)/, (found) => el("code", {}, found[2].trim() || found[2])],
  [/^\*\*([\s\S]+?)\*\*(?!\*)/, (found, depth) => el("strong", {}, inline(found[1], depth))],
  [/^__([\s\S]+?)__(?!_)/, (found, depth) => el("u", {}, inline(found[1], depth))],
  [/^\*(?=\S)([\s\S]*?[^\s*])\*(?!\*)/, (found, depth) => el("em", {}, inline(found[1], depth))],
  [/^_(?=\S)([\s\S]*?[^\s_])_(?![\p{L}\d_])/u, (found, depth) => el("em", {}, inline(found[1], depth))],
  [/^~~([\s\S]+?)~~/, (found, depth) => el("s", {}, inline(found[1], depth))],
  [/^\|\|([\s\S]+?)\|\|/, (found, depth) => spoiler(inline(found[1], depth))],
  [/^\[((?:\\.|[^\]\\\n])+)\]\(<?(https?:\/\/[^\s)>]+)>?(?:\s+"[^"\n]*")?\)/, (found, depth) => link(found[2], inline(found[1], depth))],
  [/^<(https?:\/\/[^\s>]+)>/, (found) => link(found[1], [found[1]])],
  [/^https?:\/\/[^\s<]*[^\s<.,:;"'\])*_~|]/, (found) => link(found[0], [found[0]])],
  [/^<@!?(\d+)>/, (found) => mention(`@${nameOf(found[1]) ?? texts.unknownPerson}`, found[1] === state.places.me)],
  [/^<@&(\d+)>/, (found) => mention(`@${state.roles.get(found[1])?.name ?? texts.unknownRole}`)],
  [/^<#(\d+)>/, (found) => channelLink(found[1])],
  [/^<\/([^:>\n]{1,100}):(\d+)>/, (found) => commandLink(found[1])],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (found) => timestamp(found[1], found[2])],
  [/^<a?:(\w+):\d+>/, (found) => `:${found[1]}:`],
  [/^@(everyone|here)\b/, (found) => mention(found[0])],
];
const PLAIN = /^[\p{L}\p{N} ]+(?=[^\p{L}\p{N} ]|$)|^[^]/u;

export function inline(text, depth = 0) {
  if (depth > DEEPEST) return [text];
  const nodes = [];
  let plain = "";
  let rest = text;
  let before = "";
  while (rest) {
    const rule = ruleFor(rest, before);
    if (rule) {
      if (plain) nodes.push(plain);
      plain = "";
      nodes.push(rule[1](rule[2], depth + 1));
      before = rule[2][0].at(-1);
      rest = rest.slice(rule[2][0].length);
    } else {
      const taken = takePlain(rest);
      plain += taken;
      before = taken.at(-1);
      rest = rest.slice(taken.length);
    }
  }
  if (plain) nodes.push(plain);
  return nodes;
}

function takePlain(rest) {
  const taken = PLAIN.exec(rest)[0];
  const address = taken.search(/https?$/);
  return address > 0 ? taken.slice(0, address) : taken;
}

function ruleFor(rest, before) {
  for (const [pattern, make] of RULES) {
    const found = pattern.exec(rest);
    // snake_case is no emphasis
    if (found && !(rest[0] === "_" && rest[1] !== "_" && /[\p{L}\d]/u.test(before))) return [pattern, make, found];
  }
  return null;
}

export function link(address, children) {
  if (!/^https?:\/\//i.test(address)) return el("span", {}, children);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, children);
}

function mention(text, isMe = false) {
  return el("span", { class: isMe ? "mention mine" : "mention" }, text);
}

function channelLink(id) {
  const channel = channelById(id);
  if (!channel) return mention(`#${texts.unknownChannel}`);
  return el("button", { type: "button", class: "mention", onclick: () => emit("open", id) }, `#${channel.name}`);
}

function commandLink(path) {
  return el("button", { type: "button", class: "mention", onclick: () => emit("command", { path }) }, `/${path}`);
}

export function spoiler(children) {
  const inside = el("span", { inert: true }, children);
  const cover = el("button", { type: "button", class: "cover", "aria-label": texts.spoiler });
  const node = el("span", { class: "spoiler" }, cover, inside);
  cover.addEventListener("click", () => {
    cover.remove();
    inside.removeAttribute("inert");
    node.classList.add("open");
  });
  return node;
}
