// The fields of a form: each has its node, `read()` for its value, and `fault()` for what is wrong.

import { readFile, LARGEST_FILE } from "./files.js";
import { el, newId } from "./dom.js";
import { described, optionsOf, severalList } from "./selects.js";
import { texts } from "./texts.js";

const isRequired = (part) => part.required !== false;

export function field(part, label, description) {
  const make = { 4: textField, 19: fileField, 21: groupField, 22: groupField, 23: boxField }[part.type] ?? selectField;
  const made = make(part, label, description);
  return {
    label,
    customId: part.custom_id,
    mark: (fault) => made.control.setAttribute("aria-invalid", String(Boolean(fault))),
    focus: () => made.focusable().focus(),
    ...made,
  };
}

function frame(label, description, required, id, control) {
  const note = description ? el("p", { class: "hint", id: `${id}-hint` }, description) : null;
  return el("div", { class: "field-box" }, el("label", { for: id }, label, required ? null : el("span", { class: "hint" }, ` (${texts.optional})`)), note, control);
}

function group(label, description, required, control) {
  const legend = el("legend", {}, label, required ? null : el("span", { class: "hint" }, ` (${texts.optional})`));
  return el("fieldset", { class: "field-box" }, legend, description ? el("p", { class: "hint" }, description) : null, control);
}

function textField(part, label, description) {
  const id = newId("field");
  const attributes = {
    id,
    maxlength: part.max_length ?? 4000,
    placeholder: part.placeholder,
    value: part.value ?? "",
    "aria-required": String(isRequired(part)),
    "aria-describedby": description ? `${id}-hint` : null,
    autocomplete: "off",
  };
  const control = part.style === 2 ? el("textarea", { ...attributes, rows: 5 }) : el("input", { ...attributes, type: "text" });
  const fault = () => {
    const size = control.value.length;
    if (!size) return isRequired(part) ? texts.fillIn : "";
    return size < (part.min_length ?? 0) ? texts.tooShort(part.min_length) : "";
  };
  return { node: frame(label, description, isRequired(part), id, control), control, focusable: () => control, read: () => control.value, fault };
}

function selectField(part, label, description) {
  const least = part.min_values ?? 1;
  const most = part.max_values ?? 1;
  const options = optionsOf(part);
  if (most > 1) return several(part, { label, description, least, most, options });
  const id = newId("field");
  const control = el(
    "select",
    { id, "aria-required": String(isRequired(part)), "aria-describedby": description ? `${id}-hint` : null },
    el("option", { value: "" }, part.placeholder || texts.chooseNone),
    options.map((one) => el("option", { value: one.value, selected: one.default }, [one.label, one.description].filter(Boolean).join(": "))),
  );
  return {
    node: frame(label, description, isRequired(part), id, control),
    control,
    focusable: () => control,
    read: () => (control.value ? [control.value] : []),
    fault: () => (isRequired(part) && least > 0 && !control.value ? texts.fillIn : ""),
  };
}

function several(part, { label, description, least, most, options }) {
  const control = severalList(options);
  const values = () => [...control.querySelectorAll("input:checked")].map((one) => one.value);
  return {
    node: group(label, description, isRequired(part), control),
    control,
    mark: () => {},
    focusable: () => control.querySelector("input"),
    read: values,
    fault: () => {
      const count = values().length;
      if (!count) return isRequired(part) && least > 0 ? texts.fillIn : "";
      return count < least || count > most ? texts.chooseBetween(least, most) : "";
    },
  };
}

function groupField(part, label, description) {
  if (part.type === 22) {
    return several(part, { label, description, least: part.min_values ?? (isRequired(part) ? 1 : 0), most: part.max_values ?? part.options.length, options: part.options });
  }
  const name = newId("radio");
  const control = el(
    "ul",
    { class: "option-list" },
    part.options.map((one) => el("li", {}, el("label", {}, el("input", { type: "radio", name, value: one.value, checked: Boolean(one.default) }), el("span", {}, described(one))))),
  );
  const value = () => control.querySelector("input:checked")?.value;
  return {
    node: group(label, description, isRequired(part), control),
    control,
    mark: () => {},
    focusable: () => control.querySelector("input"),
    read: () => (value() ? [value()] : []),
    fault: () => (isRequired(part) && !value() ? texts.fillIn : ""),
  };
}

function boxField(part, label, description) {
  const control = el("input", { type: "checkbox", checked: Boolean(part.default) });
  const node = el("div", { class: "field-box" }, el("label", { class: "box" }, control, el("span", {}, label)), description ? el("p", { class: "hint" }, description) : null);
  return { node, control, focusable: () => control, read: () => control.checked, fault: () => "" };
}

function fileField(part, label, description) {
  const id = newId("field");
  const most = part.max_values ?? 1;
  const control = el("input", { id, type: "file", multiple: most > 1, "aria-required": String(isRequired(part)) });
  return {
    node: frame(label, description, isRequired(part), id, control),
    control,
    focusable: () => control,
    read: () => Promise.all([...control.files].map(readFile)),
    fault: () => {
      if (!control.files.length) return isRequired(part) ? texts.fillIn : "";
      if (control.files.length > most) return texts.chooseBetween(part.min_values ?? 1, most);
      return [...control.files].some((one) => one.size > LARGEST_FILE) ? texts.fileTooLarge : "";
    },
  };
}
