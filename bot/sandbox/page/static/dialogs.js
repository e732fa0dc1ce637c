// Dialogs: a heading, content, Escape closes, and the focus goes back to where it was.

import { el, newId } from "./dom.js";
import { icon } from "./icons.js";
import { texts } from "./texts.js";

export function openDialog(title, content, { wide = false } = {}) {
  const titleId = newId("title");
  const before = document.activeElement;
  const close = el("button", { type: "button", class: "icon-button", "aria-label": texts.close, onclick: () => dialog.close() }, icon("close"));
  const dialog = el(
    "dialog",
    { class: wide ? "wide" : null, "aria-labelledby": titleId },
    el("div", { class: "dialog-head" }, el("h2", { id: titleId }, title), close),
    el("div", { class: "dialog-body" }, content),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("[autofocus], .dialog-body input, .dialog-body textarea, .dialog-body button")?.focus();
  return dialog;
}

// Asks for one line; resolves to it, or to null.
export function askLine(title, label, { most = 100, button = texts.formSend } = {}) {
  return new Promise((resolve) => {
    const field = el("input", { id: newId("line"), required: true, maxlength: most, autocomplete: "off" });
    const form = el(
      "form",
      { method: "dialog" },
      el("label", { for: field.id }, label),
      field,
      el("div", { class: "row end" }, el("button", { class: "button primary" }, button)),
    );
    let answer = null;
    form.addEventListener("submit", () => {
      answer = field.value.trim() || null;
    });
    openDialog(title, form).addEventListener("close", () => resolve(answer));
  });
}

export function confirm(title, why, button) {
  return new Promise((resolve) => {
    let answer = false;
    const yes = el("button", { type: "button", class: "button danger" }, button);
    const no = el("button", { type: "button", class: "button secondary", autofocus: true }, texts.cancel);
    const dialog = openDialog(title, [el("p", {}, why), el("div", { class: "row end" }, no, yes)]);
    yes.addEventListener("click", () => {
      answer = true;
      dialog.close();
    });
    no.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => resolve(answer));
  });
}
