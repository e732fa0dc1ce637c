// Names in what people type: completing them, and putting ids in their place when it is sent.

import { pathsIn } from "./commands.js";
import { currentChannel, guildOf, isThread, KIND, state } from "./store.js";
import { texts } from "./texts.js";

const MOST = 12;
const BEFORE_CURSOR = /(?:^|[\s(])([@#])([\p{L}\p{N} _-]{0,30})$/u;

function people() {
  const guild = guildOf(currentChannel());
  const ids = guild ? guild.members : [state.places.me, state.places.bot];
  const found = ids.map((id) => state.people.get(id)).filter(Boolean);
  return [...found.filter((one) => one.bot), ...found.filter((one) => !one.bot)];
}

// A bot's own role has the bot's name, and it is the bot that people mean.
const roles = () => (guildOf(currentChannel())?.roles ?? []).filter((one) => !one.managed);
const channels = () => (guildOf(currentChannel())?.channels ?? []).filter((one) => one.type !== KIND.category && !isThread(one));

// What can be completed at the cursor: commands after a / at the start, names after @ and #.
export async function completionsAt(text, cursor) {
  if (/^\/[^\n]*$/.test(text)) return commandsFor(text.slice(1).toLowerCase());
  const found = BEFORE_CURSOR.exec(text.slice(0, cursor));
  if (!found) return [];
  const [, sign, typed] = found;
  const from = cursor - typed.length - 1;
  const fits = (name) => name.toLowerCase().startsWith(typed.toLowerCase());
  return (sign === "@" ? namesAt() : channelNames()).filter((one) => fits(one.name)).slice(0, MOST).map((one) => ({ ...one, label: `${sign}${one.name}`, text: `${sign}${one.name}`, from }));
}

const namesAt = () => [
  ...people().map((one) => ({ name: one.name, hint: one.bot ? texts.app : one.roles.join(", ") })),
  ...roles().map((one) => ({ name: one.name, hint: "" })),
];
const channelNames = () => channels().map((one) => ({ name: one.name, hint: one.topic ?? "" }));

async function commandsFor(typed) {
  const all = await pathsIn(state.current);
  return all.filter((one) => one.path.startsWith(typed)).map((one) => ({ label: `/${one.path}`, hint: one.description, command: one }));
}

// "@Anna" becomes Anna's mention; the longest name counts.
export function encode(text) {
  const names = [
    ...people().map((one) => [`@${one.name}`, `<@${one.id}>`]),
    ...roles().map((one) => [`@${one.name}`, `<@&${one.id}>`]),
    ...channels().map((one) => [`#${one.name}`, `<#${one.id}>`]),
  ].sort((a, b) => b[0].length - a[0].length);
  let result = "";
  let rest = text;
  while (rest) {
    const found = names.find(([name]) => startsWithName(rest, name) && !/[\p{L}\p{N}<&]$/u.test(result));
    result += found ? found[1] : rest[0];
    rest = rest.slice(found ? found[0].length : 1);
  }
  return result;
}

function startsWithName(text, name) {
  return text.slice(0, name.length).toLowerCase() === name.toLowerCase() && !/^[\p{L}\p{N}_]/u.test(text.slice(name.length));
}

// The other way round, for editing.
export function readable(text) {
  return text
    .replaceAll(/<@!?(\d+)>/g, (all, id) => (state.people.has(id) ? `@${state.people.get(id).name}` : all))
    .replaceAll(/<@&(\d+)>/g, (all, id) => (state.roles.has(id) ? `@${state.roles.get(id).name}` : all))
    .replaceAll(/<#(\d+)>/g, (all, id) => (state.channels.get(id)?.name ? `#${state.channels.get(id).name}` : all));
}
