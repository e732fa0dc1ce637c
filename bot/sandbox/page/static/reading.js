// What was read: kept by this browser, for each person apart.

import { isNewer, me, state } from "./store.js";

const KEPT = "breed-sandbox-read";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

let marks = kept();

const key = (channel) => `${me()}:${channel}`;

export function markRead(channel) {
  const last = state.channels.get(channel)?.last_message_id;
  if (!last || marks[key(channel)] === last) return;
  marks = { ...kept(), [key(channel)]: last };
  localStorage.setItem(KEPT, JSON.stringify(marks));
}

// What was there when this browser first saw a channel counts as read.
export function rememberPlaces() {
  const fresh = {};
  for (const channel of state.channels.values()) {
    if (!(key(channel.id) in marks)) fresh[key(channel.id)] = channel.last_message_id ?? "0";
  }
  if (!Object.keys(fresh).length) return;
  marks = { ...kept(), ...fresh };
  localStorage.setItem(KEPT, JSON.stringify(marks));
}

export function isUnread(channel) {
  const last = channel.last_message_id;
  return Boolean(last) && channel.id !== state.current && isNewer(last, marks[key(channel.id)] ?? "0");
}
