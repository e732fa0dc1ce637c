// The sandbox's clock: shown, moved forward; and beginning anew.

import { confirm, openDialog } from "./dialogs.js";
import { announce, byId, el, newId } from "./dom.js";
import { icon } from "./icons.js";
import { on } from "./store.js";
import { texts } from "./texts.js";
import { clockText, refreshRelative, setClock } from "./times.js";

const TICK = 5000;

export function startClock(connection) {
  byId("clock").addEventListener("click", () => open(connection));
  byId("reset").addEventListener("click", () => reset(connection));
  on("clock", show);
  setInterval(show, TICK);
}

function show() {
  const text = clockText();
  const button = byId("clock");
  if (button.dataset.shown !== text) {
    button.dataset.shown = text;
    button.setAttribute("aria-label", texts.clockLabel(text));
    button.replaceChildren(icon("clock"), el("span", {}, text));
  }
  refreshRelative();
}

function open(connection) {
  const wrong = el("p", { class: "wrong", role: "alert" });
  const field = el("input", { id: newId("moment"), type: "datetime-local", required: true });
  const move = async (body) => {
    wrong.textContent = "";
    const answer = await connection.post("/sandbox/clock", body).catch(() => null);
    if (!answer?.ok) {
      wrong.textContent = answer ? texts.clockRefused : texts.errors.offline;
      return;
    }
    setClock((await answer.json()).now);
    show();
    announce(texts.clockMoved(clockText()));
    dialog.close();
  };
  const steps = texts.clockSteps.map(([hours, label]) => el("button", { type: "button", class: "button secondary", onclick: () => move({ by: { hours } }) }, icon("plus"), label));
  const form = el("form", { class: "form" }, el("label", { for: field.id }, texts.clockTo), el("div", { class: "row" }, field, el("button", { class: "button primary" }, texts.clockSet)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    move({ to: field.value });
  });
  const dialog = openDialog(texts.clockTitle, [el("p", {}, texts.clockNow(clockText())), el("p", { class: "hint" }, texts.clockWhy), el("div", { class: "row" }, steps), form, wrong]);
}

async function reset(connection) {
  if (!(await confirm(texts.resetTitle, texts.resetWhy, texts.resetDo))) return;
  announce(texts.resetBusy);
  await connection.post("/sandbox/reset", {}).catch(() => null); // the process may be gone before it answers
}
