// The forms that the bot opens: text, choices, files, sent back as one.

import { openDialog } from "./dialogs.js";
import { el } from "./dom.js";
import { field } from "./fields.js";
import { use } from "./interactions.js";
import { markdown } from "./markdown.js";
import { texts } from "./texts.js";

export function openModal({ modal, channel }) {
  const shown = modal.components.map(part);
  const send = el("button", { class: "button primary" }, texts.formSend);
  const wrong = el("p", { class: "wrong", role: "alert" });
  const form = el(
    "form",
    { class: "form", novalidate: true },
    shown.map((one) => one.node),
    wrong,
    el("div", { class: "row end" }, send),
  );
  const dialog = openDialog(modal.title, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const fields = shown.filter((one) => one.read);
    wrong.textContent = "";
    for (const one of fields) {
      const fault = one.fault();
      one.mark(fault);
      if (fault && !wrong.textContent) {
        wrong.textContent = `${one.label}: ${fault}`;
        one.focus();
      }
    }
    if (wrong.textContent) return;
    send.disabled = true;
    const values = {};
    for (const one of fields) values[one.customId] = await one.read();
    dialog.close();
    await use("submit", { channel, interaction: modal.id, values });
  });
}

function part(one) {
  if (one.type === 10) return { node: el("div", { class: "text-display" }, markdown(one.content)) };
  if (one.type === 1) return field(one.components[0], one.components[0].label);
  return field(one.component, one.label, one.description);
}
