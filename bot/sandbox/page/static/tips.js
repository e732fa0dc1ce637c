// "Probeer dit": what a newcomer can do, one click away from doing it.

import { fill, startCommand } from "./composer.js";
import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { bot, emit, KIND, on, state } from "./store.js";
import { texts } from "./texts.js";
import { toggleSidebar } from "./sidebar.js";

const HIDDEN = "breed-sandbox-tips-hidden";

export function startTips() {
  byId("open-tips").addEventListener("click", () => {
    toggleSidebar(false);
    toggle(true);
    byId("tips").querySelector("button")?.focus();
  });
  on("opened", () => {
    if (byId("tips").childElementCount === 0) make();
    if (localStorage.getItem(HIDDEN) === null) toggle(true);
  });
}

function toggle(shown) {
  byId("tips").hidden = !shown;
  if (shown) localStorage.removeItem(HIDDEN);
  else localStorage.setItem(HIDDEN, "yes");
}

function make() {
  const close = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": texts.tipsClose,
      onclick: () => {
        toggle(false);
        byId("composer-text").focus();
      },
    },
    icon("close"),
  );
  byId("tips").append(
    el("div", { class: "tips-head" }, el("h2", { id: "tips-title" }, texts.tipsTitle), close),
    el("p", {}, texts.tipsIntro),
    el("ul", {}, texts.tips(bot().name).map((tip) => el("li", {}, el("button", { type: "button", class: "tip", onclick: () => follow(tip) }, tip.label, el("code", {}, example(tip)))))),
    el("p", { class: "hint" }, texts.tipsMore),
  );
}

const example = ({ text, dm, command, options }) => text ?? dm ?? [`/${command}`, ...Object.values(options ?? {})].join(" ");

async function follow(tip) {
  if (tip.dm) {
    await emitOpen("dm");
    fill(tip.dm);
    return;
  }
  const channel = state.channels.get(state.current);
  if (!channel?.writes || [KIND.forum, KIND.dm].includes(channel.type)) await emitOpen(null);
  if (tip.text) fill(tip.text);
  else startCommand({ path: tip.command, options: tip.options });
}

function emitOpen(channel) {
  return new Promise((resolve) => emit("open-then", { channel, then: resolve }));
}
