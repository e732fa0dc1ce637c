// What this tab knows: the places, the messages of each channel, and who listens to changes.

const listeners = new Map();

export const state = {
  places: null,
  current: null,
  logs: new Map(),
  commands: new Map(),
  typing: new Map(),
};

export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

export function emit(name, detail) {
  for (const listener of listeners.get(name) ?? []) listener(detail);
}

// Ids are snowflakes, too large for numbers: longer is newer, else the later in the alphabet.
export function isNewer(one, other) {
  return one.length === other.length ? one > other : one.length > other.length;
}

export const me = () => state.places?.me;
export const personById = (id) => state.people?.get(id);
export const nameOf = (id) => personById(id)?.name;
export const channelById = (id) => state.channels?.get(id);
export const guildOf = (channel) => state.places.guilds.find((guild) => guild.id === channel?.guild_id);
export const bot = () => personById(state.places.bot);
export const currentChannel = () => channelById(state.current);

export const KIND = { text: 0, dm: 1, voice: 2, category: 4, announcement: 5, forum: 15 };
export const isThread = (channel) => [10, 11, 12].includes(channel.type);
export const isDm = (channel) => channel.type === KIND.dm;

export function setPlaces(places) {
  state.places = places;
  state.people = new Map(places.people.map((one) => [one.id, one]));
  const all = places.guilds.flatMap((guild) => guild.channels);
  if (places.dm) all.push(places.dm);
  state.channels = new Map(all.map((one) => [one.id, one]));
  state.roles = new Map(places.guilds.flatMap((guild) => guild.roles).map((one) => [one.id, one]));
  for (const id of state.logs.keys()) if (!state.channels.has(id)) state.logs.delete(id);
  state.commands.clear();
}

export function logOf(id) {
  if (!state.logs.has(id)) {
    state.logs.set(id, { messages: [], byId: new Map(), more: false, loaded: false, loading: false });
  }
  return state.logs.get(id);
}

export function forgetLogs() {
  state.logs.clear();
  state.typing.clear();
}

export function addHistory(id, { messages, more }) {
  const log = logOf(id);
  const unknown = messages.filter((one) => !log.byId.has(one.id));
  for (const one of unknown) log.byId.set(one.id, one);
  log.messages = [...unknown, ...log.messages];
  if (!log.loaded) log.messages.sort((a, b) => (a.id === b.id ? 0 : isNewer(a.id, b.id) ? 1 : -1));
  log.more = more;
  log.loaded = true;
}

export function putMessage(message, isNew) {
  const log = logOf(message.channel_id);
  const index = log.messages.findLastIndex((one) => one.id === message.id);
  if (index >= 0) log.messages[index] = message;
  else if (isNew || (log.loaded && !log.more)) insert(log, message);
  else return;
  log.byId.set(message.id, message);
}

function insert(log, message) {
  let index = log.messages.length;
  while (index && !log.messages[index - 1].local && isNewer(log.messages[index - 1].id, message.id)) index -= 1;
  log.messages.splice(index, 0, message);
}

export function dropMessages(channel, ids) {
  const log = logOf(channel);
  for (const id of ids) log.byId.delete(id);
  log.messages = log.messages.filter((one) => !ids.includes(one.id));
}

let notices = 0;
export function addNotice(channel, text) {
  notices += 1;
  logOf(channel).messages.push({ id: `notice-${notices}`, channel_id: channel, local: true, text });
  emit("messages", channel);
}

export function setTyping(channel, user, until) {
  const typing = state.typing.get(channel) ?? new Map();
  if (until) typing.set(user, until);
  else typing.delete(user);
  state.typing.set(channel, typing);
  emit("typing", channel);
}
