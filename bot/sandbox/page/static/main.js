// The page: what is open, who you are, and how what the server tells reaches the parts.

import { startClock } from "./clock.js";
import { openComposer, startComposer } from "./composer.js";
import { Connection } from "./connection.js";
import { startEvents } from "./events.js";
import { announce, byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { openDialog } from "./dialogs.js";
import { startForum } from "./forum.js";
import { attempt, takeInteraction, useConnection } from "./interactions.js";
import { openLog, startLog, startWalking } from "./log.js";
import { openModal } from "./modals.js";
import { startPeople } from "./people.js";
import { markRead, rememberPlaces } from "./reading.js";
import { placeName, placeTopic, startSidebar, toggleSidebar } from "./sidebar.js";
import { channelById, currentChannel, dropMessages, emit, forgetLogs, isThread, KIND, me, nameOf, on, personById, putMessage, setPlaces, setTyping, state } from "./store.js";
import { texts } from "./texts.js";
import { startTheme } from "./theme.js";
import { setClock } from "./times.js";
import { startTips } from "./tips.js";

const TYPING_LASTS = 9000;
const address = new URL(location.href);
let wanted = address.searchParams.get("person");
let wantedName = null;
let soon = null; // a channel to open once it is known

const connection = new Connection({
  onOpen: greeted,
  onTold: (told) => tellers[told.kind]?.(told),
  onLost: () => banner(texts.lost),
});

const tellers = {
  places: ({ places }) => takePlaces(places),
  message: takeMessage,
  gone: ({ channel, ids }) => {
    dropMessages(channel, ids);
    emit("messages", channel);
  },
  typing: ({ channel, user }) => setTyping(channel, user, Date.now() + TYPING_LASTS),
  interaction: takeInteraction,
  clock: ({ now }) => {
    setClock(now);
    emit("clock");
  },
};

function banner(text) {
  byId("banner").hidden = !text;
  byId("banner").textContent = text;
}

function greeted({ places, now }) {
  const again = state.places !== null;
  const same = places.people.find((one) => !one.bot && one.name === wantedName);
  if (wanted !== places.me && same && same.id !== places.me) {
    become(same.id); // after a reset: the person of the same name
    return;
  }
  const previous = currentChannel();
  forgetLogs();
  setClock(now);
  setPlaces(places);
  rememberPlaces();
  wanted = me();
  wantedName = personById(me()).name;
  address.searchParams.set("person", me());
  history.replaceState(null, "", address);
  document.title = `${wantedName} · ${texts.name}`;
  emit("places");
  emit("clock");
  showStarting();
  open(channelById(state.current) ? state.current : (named(previous?.name) ?? firstChannel()), { again: true });
  if (again) announce(texts.back);
}

const writable = () => [...state.channels.values()].filter((one) => one.type === KIND.text).sort((a, b) => a.position - b.position);
const named = (name) => writable().find((one) => one.name === name)?.id;
const firstChannel = () => (named("algemeen") ?? writable()[0]?.id ?? state.places.dm?.id ?? null);

const showStarting = () => banner(state.places.ready ? "" : texts.starting);

function takePlaces(places) {
  setPlaces(places);
  showStarting();
  if (state.current && !channelById(state.current)) open(firstChannel());
  else if (soon && channelById(soon)) open(soon);
  emit("places");
  showHead();
}

function takeMessage({ message, new: isNew }) {
  const channel = channelById(message.channel_id);
  if (isNew) {
    setTyping(message.channel_id, message.author.id, null);
    if (channel) channel.last_message_id = message.id;
    if (message.author.id === me() && channel) markRead(channel.id);
  }
  putMessage(message, isNew);
  emit("messages", message.channel_id);
  if (isNew) emit("unread");
}

async function open(id, { again = false } = {}) {
  soon = null;
  let channel = id;
  if (id === "dm") {
    const made = await attempt("dm", { channel: state.current });
    if (!made) return;
    channel = made.channel.id;
    if (!channelById(channel)) {
      state.places.dm = made.channel;
      setPlaces(state.places);
    }
  }
  const before = state.current;
  const changes = before !== channel;
  state.current = channel;
  toggleSidebar(false);
  showHead();
  if (changes || !again) openComposer(before);
  emit("places");
  emit("opened");
  emit("typing", channel);
  await openLog();
  if (channel) markRead(channel);
  emit("unread");
}

function showHead() {
  const channel = currentChannel();
  byId("channel-name").textContent = channel ? placeName(channel) : texts.name;
  const topic = channel ? placeTopic(channel) : "";
  const parent = channel && isThread(channel) && channelById(channel.parent_id);
  byId("channel-topic").replaceChildren(parent ? el("button", { type: "button", class: "plain link", onclick: () => open(parent.id) }, topic) : topic);
}

function showTyping() {
  const now = Date.now();
  const typing = [...(state.typing.get(state.current) ?? [])].filter(([, until]) => until > now);
  const names = typing.map(([id]) => nameOf(id)).filter(Boolean);
  const text = names.length ? texts.typing(names) : "";
  if (byId("typing").textContent !== text) byId("typing").textContent = text;
}

function become(id) {
  if (id === me() && connection.socket?.readyState === WebSocket.OPEN) return;
  wanted = id;
  wantedName = personById(id)?.name ?? wantedName;
  forgetLogs();
  if (personById(id)) announce(texts.becomes(personById(id).name));
  connection.open(connection.token, id);
}

function chooseEmoji(where) {
  const choose = (emoji) => {
    dialog.close();
    attempt("react", { ...where, emoji });
  };
  const buttons = texts.emoji.map((one) => el("button", { type: "button", class: "emoji", onclick: () => choose(one) }, one));
  const dialog = openDialog(texts.reactWith, el("div", { class: "emoji-list" }, buttons));
}

byId("open-sidebar").append(icon("menu"));
byId("open-tips").prepend(icon("bulb"));
byId("reset").prepend(icon("reset"));
startTheme();
useConnection(connection);
startSidebar();
startLog();
startWalking();
startForum();
startEvents();
startComposer();
startPeople();
startClock(connection);
startTips();
on("open", (id) => open(id));
on("open-then", async ({ channel, then }) => {
  await open(channel ?? firstChannel());
  then();
});
on("open-soon", (id) => {
  if (channelById(id)) open(id);
  else soon = id;
});
on("become", become);
on("modal", openModal);
on("emoji", chooseEmoji);
on("typing", showTyping);
setInterval(showTyping, 1000);
banner(texts.connecting);
connection.open(address.searchParams.get("token"), wanted);
