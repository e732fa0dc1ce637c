// A forum channel: its posts, newest first, and beginning a new one.

import { openDialog } from "./dialogs.js";
import { byId, el, newId, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { attempt } from "./interactions.js";
import { isUnread } from "./reading.js";
import { currentChannel, emit, isNewer, KIND, nameOf, on, state } from "./store.js";
import { severalList } from "./selects.js";
import { texts } from "./texts.js";
import { whenText } from "./times.js";

export function startForum() {
  on("places", show);
  on("opened", show);
}

function posts(forum) {
  const all = [...state.channels.values()].filter((one) => one.parent_id === forum.id);
  const newest = (one) => one.last_message_id ?? one.id;
  return all.sort((a, b) => (isNewer(newest(a), newest(b)) ? -1 : 1));
}

function show() {
  const forum = currentChannel();
  const place = byId("forum");
  const isForum = forum?.type === KIND.forum;
  place.hidden = !isForum;
  byId("log").hidden = isForum;
  if (!isForum) return;
  if (place.dataset.forum !== forum.id) {
    place.dataset.forum = forum.id;
    const create = el("button", { type: "button", class: "button primary", onclick: () => newPost(currentChannel()) }, icon("plus"), texts.forumNew);
    place.replaceChildren(el("div", { class: "forum-head" }, el("h2", {}, texts.posts), create), el("p", { class: "empty" }, texts.forumEmpty), el("ul", { class: "posts" }));
  }
  const found = posts(forum);
  place.querySelector(".button").hidden = !forum.writes;
  place.querySelector(".empty").hidden = found.length > 0;
  const versionOf = (one) => JSON.stringify([one, isUnread(one)]);
  reconcile(place.querySelector(".posts"), found, { keyOf: (one) => one.id, versionOf, make: (one) => makePost(one, forum) });
}

function makePost(post, forum) {
  const tags = forum.available_tags.filter((tag) => post.applied_tags?.includes(tag.id));
  const facts = [texts.by(nameOf(post.owner_id) ?? texts.unknownPerson), whenText(post.thread_metadata.create_timestamp), texts.messages(post.message_count)];
  if (post.thread_metadata.archived) facts.push(texts.archived);
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: isUnread(post) ? "post unread" : "post", "data-focus": post.id, onclick: () => emit("open", post.id) },
      el("strong", {}, post.name),
      isUnread(post) ? el("span", { class: "dot" }, el("span", { class: "sr-only" }, texts.unread)) : null,
      tags.length ? el("span", { class: "tags" }, tags.map((tag) => el("span", { class: "tag" }, tag.name))) : null,
      el("small", {}, facts.join(" · ")),
    ),
  );
}

function newPost(forum) {
  const title = el("input", { id: newId("post"), required: true, maxlength: 100, autocomplete: "off" });
  const text = el("textarea", { id: newId("post"), required: true, maxlength: 2000, rows: 6 });
  const tags = severalList(forum.available_tags.map((tag) => ({ value: tag.id, label: tag.name })));
  const form = el(
    "form",
    { class: "form" },
    el("div", { class: "field-box" }, el("label", { for: title.id }, texts.forumTitle), title),
    el("div", { class: "field-box" }, el("label", { for: text.id }, texts.forumText), text),
    forum.available_tags.length ? el("fieldset", { class: "field-box" }, el("legend", {}, texts.forumTags), tags) : null,
    el("div", { class: "row end" }, el("button", { class: "button primary" }, texts.forumPost)),
  );
  const dialog = openDialog(texts.forumNew, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = [...tags.querySelectorAll("input:checked")].map((one) => one.value);
    const made = await attempt("post", { channel: forum.id, name: title.value, text: text.value, tags: chosen });
    dialog.close();
    if (made) emit("open-soon", made.channel);
  });
}
