// Writing a message: sending, answering, editing, files, and the way to the commands.

import { CommandForm } from "./command_form.js";
import { pathsIn } from "./commands.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { LARGEST_FILE, readFile } from "./files.js";
import { attempt } from "./interactions.js";
import { completionsAt, encode, readable } from "./mentioning.js";
import { addNotice, currentChannel, KIND, nameOf, on, state } from "./store.js";
import { Suggestions } from "./suggestions.js";
import { texts } from "./texts.js";
import { placeName } from "./sidebar.js";

const LONGEST = 2000;
const TYPING_EVERY = 8000;
const drafts = new Map();
let parts = null;
let about = null; // {kind: "reply" | "edit", message}
let files = [];
let typedAt = 0;
let form = null;

export function startComposer() {
  const field = el("textarea", { id: "composer-text", rows: 1, maxlength: 4000, "aria-describedby": "composer-hint" });
  const send = el("button", { type: "button", class: "icon-button send", "aria-label": texts.send, onclick: sendNow }, icon("send"));
  const picker = el("input", { type: "file", multiple: true, hidden: true, "aria-label": texts.attach });
  const attach = el("button", { type: "button", class: "icon-button", "aria-label": texts.attach, onclick: () => picker.click() }, icon("clip"));
  const suggestions = new Suggestions(field, { onTake: take });
  const notice = el("div", { class: "about", hidden: true });
  const line = el("div", { class: "line-box" }, attach, picker, field, send);
  parts = { field, send, attach, suggestions, notice, line, hint: el("p", { id: "composer-hint", class: "hint" }, texts.hint), closed: el("p", { class: "closed-note", hidden: true }, texts.closedTo), formPlace: el("div") };
  byId("composer").append(suggestions.list, suggestions.status, notice, parts.formPlace, line, parts.closed, parts.hint);
  field.addEventListener("input", typed);
  field.addEventListener("keydown", keys);
  field.addEventListener("click", () => complete());
  picker.addEventListener("change", () => {
    addFiles([...picker.files]);
    picker.value = "";
  });
  on("reply", (message) => setAbout({ kind: "reply", message }));
  on("edit", (message) => setAbout({ kind: "edit", message }));
  on("command", startCommand);
  on("places", refresh);
}

export function openComposer(before) {
  if (before && !about) drafts.set(before, parts.field.value);
  endForm();
  about = null;
  files = [];
  setText(drafts.get(state.current) ?? "");
  refresh();
  showAbout();
}

function refresh() {
  const channel = currentChannel();
  const writes = Boolean(channel?.writes) && channel.type !== KIND.forum;
  const noForm = form === null;
  byId("composer").hidden = !channel || channel.type === KIND.forum;
  parts.line.hidden = !noForm || !writes;
  parts.hint.hidden = !noForm || !writes;
  parts.closed.hidden = writes || !noForm;
  if (channel) parts.field.setAttribute("aria-label", texts.writeIn(placeName(channel)));
  if (channel) parts.field.placeholder = texts.writeIn(placeName(channel));
}

export function setText(text) {
  parts.field.value = text;
  grow();
}

export function fill(text) {
  endForm();
  setText(text);
  parts.field.focus();
  parts.field.setSelectionRange(text.length, text.length);
}

function grow() {
  parts.field.style.height = "auto";
  parts.field.style.height = `${Math.min(parts.field.scrollHeight, 220)}px`;
}

function typed() {
  grow();
  complete();
  const text = parts.field.value;
  if (!text.trim() || text.startsWith("/") || about?.kind === "edit" || Date.now() - typedAt < TYPING_EVERY) return;
  typedAt = Date.now();
  attempt("typing", { channel: state.current });
}

async function complete() {
  const { field, suggestions } = parts;
  const text = field.value;
  const found = await completionsAt(text, field.selectionStart);
  if (text === field.value && document.activeElement === field) suggestions.show(found);
}

function take(item) {
  if (item.command) {
    setText("");
    openForm(item.command, {});
    return;
  }
  const { field } = parts;
  const text = `${field.value.slice(0, item.from)}${item.text} ${field.value.slice(field.selectionStart).trimStart()}`;
  const at = item.from + item.text.length + 1;
  setText(text);
  field.setSelectionRange(at, at);
}

function keys(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    sendNow();
  } else if (event.key === "Escape" && about) {
    event.preventDefault();
    setAbout(null);
  }
}

async function sendNow() {
  const channel = state.current;
  const text = parts.field.value.trim();
  if (!text && !files.length) return;
  if (text.startsWith("/") && !about) {
    startCommand({ path: text.slice(1) });
    return;
  }
  const encoded = encode(text);
  if (encoded.length > LONGEST) {
    addNotice(channel, texts.tooLong(LONGEST));
    return;
  }
  const sent = about;
  const fields = { channel, text: encoded };
  const uploads = await Promise.all(files.map(readFile));
  const done =
    sent?.kind === "edit"
      ? await attempt("edit", { ...fields, message: sent.message.id })
      : await attempt("say", { ...fields, reply_to: sent?.message.id ?? null, files: uploads });
  if (!done || state.current !== channel) return;
  typedAt = 0;
  files = [];
  setText("");
  setAbout(null);
}

function setAbout(one) {
  const wasEdit = about?.kind === "edit";
  about = one;
  if (one?.kind === "edit") setText(readable(one.message.content));
  else if (wasEdit) setText("");
  endForm();
  showAbout();
  refresh();
  parts.field.focus();
}

function showAbout() {
  const { notice } = parts;
  const rows = [];
  if (about) {
    const text = about.kind === "edit" ? texts.editing : texts.replyingTo(nameOf(about.message.author.id) ?? texts.unknownPerson);
    rows.push(el("p", {}, text, " ", el("button", { type: "button", class: "plain link", onclick: () => setAbout(null) }, texts.cancel)));
  }
  for (const file of files) {
    rows.push(el("p", {}, icon("file"), file.name, " ", el("button", { type: "button", class: "icon-button", "aria-label": texts.removeFile(file.name), onclick: () => removeFile(file) }, icon("close"))));
  }
  notice.hidden = rows.length === 0;
  notice.replaceChildren(...rows);
}

function addFiles(chosen) {
  files = [...files, ...chosen.filter((one) => one.size <= LARGEST_FILE)];
  if (chosen.some((one) => one.size > LARGEST_FILE)) addNotice(state.current, texts.fileTooLarge);
  showAbout();
  parts.field.focus();
}

function removeFile(file) {
  files = files.filter((one) => one !== file);
  showAbout();
  parts.field.focus();
}

// Opens the fields of a command, by its path, with values filled in.
export async function startCommand({ path, options = {} }) {
  const wanted = path.trim().split(/\s+/).join(" ");
  const found = (await pathsIn(state.current)).filter((one) => one.path === wanted || wanted.startsWith(`${one.path} `));
  const command = found.sort((a, b) => b.path.length - a.path.length)[0];
  if (!command) {
    addNotice(state.current, texts.noCommand(wanted.split(" ")[0]));
    return;
  }
  const rest = wanted.slice(command.path.length).trim();
  const first = command.options[0];
  setText("");
  openForm(command, rest && first && !(first.name in options) ? { ...options, [first.name]: rest } : options);
}

function openForm(command, options) {
  endForm();
  form = new CommandForm(command, options, { channel: state.current, onEnd: closeForm });
  parts.formPlace.replaceChildren(form.node);
  refresh();
  form.focus();
}

function endForm() {
  form = null;
  parts.formPlace.replaceChildren();
}

function closeForm() {
  endForm();
  refresh();
  parts.field.focus();
}
