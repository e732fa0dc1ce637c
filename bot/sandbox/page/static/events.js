// Scheduled events of a server, and saying that one is interested.

import { openDialog } from "./dialogs.js";
import { el, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { inline } from "./inline.js";
import { attempt } from "./interactions.js";
import { channelById, on, state } from "./store.js";
import { texts } from "./texts.js";
import { momentText, timeText } from "./times.js";

let open = null;

export function startEvents() {
  on("events", (guild) => {
    const list = el("ul", { class: "events" });
    const none = el("p", { class: "empty" }, texts.eventsNone);
    open = { guild, list, none };
    show();
    openDialog(texts.events, [none, list], { wide: true }).addEventListener("close", () => {
      open = null;
    });
  });
  on("places", show);
}

function show() {
  if (open === null) return;
  const guild = state.places.guilds.find((one) => one.id === open.guild);
  const events = [...(guild?.events ?? [])].sort((a, b) => Date.parse(a.scheduled_start_time) - Date.parse(b.scheduled_start_time));
  open.none.hidden = events.length > 0;
  reconcile(open.list, events, { keyOf: (one) => one.id, versionOf: (one) => JSON.stringify(one), make: makeEvent });
}

function makeEvent(one) {
  const start = momentText(one.scheduled_start_time);
  const when = one.scheduled_end_time ? texts.until(start, timeText(one.scheduled_end_time)) : start;
  const channel = one.channel_id && channelById(one.channel_id);
  const place = one.entity_metadata?.location ?? (channel ? `#${channel.name}` : null);
  const toggle = el(
    "button",
    {
      type: "button",
      class: one.interested ? "button primary" : "button secondary",
      "aria-pressed": String(one.interested),
      "data-focus": "interested",
      onclick: () => attempt(one.interested ? "unfollow" : "follow", { channel: state.current, guild: one.guild_id, event: one.id }),
    },
    icon("star"),
    texts.interested,
  );
  return el(
    "li",
    { class: "event" },
    el("h3", {}, one.name, one.status === 1 ? null : el("span", { class: "tag" }, texts.eventStatus[one.status])),
    el("p", {}, icon("clock"), when),
    place ? el("p", {}, icon("pin"), inline(place)) : null,
    one.description ? el("p", { class: "pre" }, inline(one.description)) : null,
    el("div", { class: "row" }, toggle, el("small", {}, texts.interestedCount(one.user_count))),
  );
}
