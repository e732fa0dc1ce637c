// The fields of a slash command: choices, live suggestions from the bot, files.

import { el, newId } from "./dom.js";
import { readFile } from "./files.js";
import { suggest, use } from "./interactions.js";
import { channels, entities } from "./selects.js";
import { currentChannel, guildOf } from "./store.js";
import { Suggestions } from "./suggestions.js";
import { texts } from "./texts.js";

const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const CHANNEL = 7;
const NUMBER = 10;
const ATTACHMENT = 11;
const ENTITY = { 6: 5, 8: 6, 9: 7 }; // option type → select type
const PAUSE = 150;

export class CommandForm {
  constructor(command, values, { channel, onEnd }) {
    this.command = command;
    this.channel = channel;
    this.onEnd = onEnd;
    this.fields = command.options.map((option) => this.field(option, values[option.name]));
    const send = el("button", { class: "button primary" }, texts.use);
    const cancel = el("button", { type: "button", class: "button secondary", onclick: onEnd }, texts.cancel);
    this.wrong = el("p", { class: "wrong", role: "alert" });
    this.node = el(
      "form",
      { class: "command", novalidate: true, "aria-label": texts.command(command.path) },
      el("p", { class: "command-head" }, el("strong", {}, `/${command.path}`), ` ${command.description}`),
      this.fields.length ? el("div", { class: "command-fields" }, this.fields.map((one) => one.node)) : null,
      this.wrong,
      el("div", { class: "row end" }, cancel, send),
    );
    this.send = send;
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.node.addEventListener("keydown", (event) => {
      if (event.key === "Escape") onEnd();
    });
  }

  focus() {
    const empty = this.fields.find((one) => one.isEmpty() && one.option.required);
    (empty ?? this.fields[0])?.control.focus();
    if (!this.fields.length) this.send.focus();
  }

  field(option, value) {
    const id = newId("option-field");
    const made = this.control(option, id, value);
    const hint = el("p", { class: "hint", id: `${id}-hint` }, option.description, option.required ? "" : ` (${texts.optional})`);
    made.control.setAttribute("aria-describedby", `${id}-hint`);
    if (option.required) made.control.setAttribute("aria-required", "true");
    const isEmpty = () => made.read() === null;
    return { ...made, option, isEmpty, node: el("div", { class: "command-field" }, el("label", { for: id }, option.name), el("div", {}, made.control, made.extra, hint)) };
  }

  control(option, id, value) {
    if (option.choices?.length) return choice(id, option.choices.map((one) => ({ value: one.value, label: one.name })), value);
    if (option.type === BOOLEAN) return choice(id, [{ value: true, label: texts.yes }, { value: false, label: texts.no }], value);
    if (option.type === CHANNEL) return choice(id, channels(guildOf(currentChannel()), option.channel_types), value);
    if (option.type in ENTITY) return choice(id, entities({ type: ENTITY[option.type] }), value);
    if (option.type === ATTACHMENT) {
      const control = el("input", { id, type: "file" });
      return { control, read: () => control.files[0] ?? null };
    }
    return this.text(option, id, value);
  }

  text(option, id, value) {
    const attributes = { id, type: "text", value: value ?? "", autocomplete: "off", maxlength: option.max_length ?? 6000, inputmode: option.type === STRING ? null : "decimal" };
    const control = el("input", attributes);
    const chosen = { label: null, value: null };
    const read = () => {
      const typed = control.value.trim();
      if (!typed) return null;
      if (typed === chosen.label) return chosen.value;
      return [INTEGER, NUMBER].includes(option.type) ? Number(typed.replace(",", ".")) : typed;
    };
    if (!option.autocomplete) return { control, read };
    const list = new Suggestions(control, {
      isCombobox: true,
      onTake: (item) => {
        control.value = item.label;
        Object.assign(chosen, { label: item.label.trim(), value: item.value });
      },
    });
    let timer = null;
    const ask = () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.ask(option, control, list), PAUSE);
    };
    control.addEventListener("input", ask);
    control.addEventListener("focus", () => control.value || ask());
    return { control, read, extra: [list.list, list.status] };
  }

  async ask(option, control, list) {
    const typed = control.value;
    const options = { ...this.values({ withFiles: false }), [option.name]: typed };
    const choices = await suggest({ channel: this.channel, path: this.command.path, focused: option.name, options });
    if (control.value !== typed || document.activeElement !== control) return;
    list.show(choices.map((one) => ({ label: one.name, value: one.value })), { first: false });
  }

  values({ withFiles }) {
    const values = {};
    for (const one of this.fields) {
      const value = one.read();
      if (value !== null && (withFiles || one.option.type !== ATTACHMENT)) values[one.option.name] = value;
    }
    return values;
  }

  async submit() {
    const wrong = this.fields.find((one) => fault(one));
    this.wrong.textContent = wrong ? `${wrong.option.name}: ${fault(wrong)}` : "";
    for (const one of this.fields) one.control.setAttribute("aria-invalid", String(one === wrong));
    if (wrong) {
      wrong.control.focus();
      return;
    }
    this.send.disabled = true;
    const options = this.values({ withFiles: true });
    for (const [name, value] of Object.entries(options)) if (value instanceof File) options[name] = await readFile(value);
    this.onEnd();
    await use("slash", { channel: this.channel, path: this.command.path, options });
  }
}

function fault({ option, read }) {
  const value = read();
  if (value === null) return option.required ? texts.fillIn : "";
  if (typeof value === "number" && Number.isNaN(value)) return texts.number;
  if (typeof value === "string" && value.length < (option.min_length ?? 0)) return texts.tooShort(option.min_length);
  if (typeof value === "number" && (value < (option.min_value ?? -Infinity) || value > (option.max_value ?? Infinity))) {
    return texts.between(option.min_value, option.max_value);
  }
  return "";
}

function choice(id, all, value) {
  const control = el(
    "select",
    { id },
    el("option", { value: "" }, texts.chooseNone),
    all.map((one, index) => el("option", { value: String(index), selected: one.value === value }, one.label)),
  );
  return { control, read: () => (control.value === "" ? null : all[Number(control.value)].value) };
}
