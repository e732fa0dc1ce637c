// The components of a message: rows of buttons and selects, and the layouts of the second kind.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { colorText, fileLink, picture } from "./embeds.js";
import { spoiler } from "./inline.js";
import { use } from "./interactions.js";
import { markdown } from "./markdown.js";
import { select } from "./selects.js";
import { texts } from "./texts.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };
const SELECTS = [3, 5, 6, 7, 8];

const MAKERS = {
  1: (part, message) => el("div", { class: "row" }, parts(part.components, message)),
  2: button,
  9: section,
  10: (part) => el("div", { class: "text-display" }, markdown(part.content)),
  11: (part) => media(part),
  12: (part) => el("div", { class: `gallery of-${Math.min(part.items.length, 3)}` }, part.items.map(media)),
  13: (part) => maybeHidden(part, fileLink(part.name || texts.attachment, part.size, part.file.url)),
  14: (part) => (part.divider === false ? el("div", { class: "space" }) : el("hr", { class: part.spacing === 2 ? "wide" : "" })),
  17: container,
};

export function parts(all, message) {
  return all.map((part) => {
    if (SELECTS.includes(part.type)) return chooser(part, message);
    const make = MAKERS[part.type];
    return make ? make(part, message) : null;
  });
}

const where = (message) => ({ channel: message.channel_id, message: message.id });

function button(part, message) {
  const label = [part.emoji?.name, part.label].filter(Boolean).join(" ");
  if (part.style === 5) {
    const attributes = { class: "button link" };
    if (/^https?:\/\//.test(part.url) && !part.disabled) {
      Object.assign(attributes, { href: part.url, target: "_blank", rel: "noopener noreferrer" });
    }
    return el("a", attributes, label, icon("outside"));
  }
  const node = el("button", { type: "button", class: `button ${STYLES[part.style] ?? "secondary"}`, disabled: part.disabled, "data-focus": part.custom_id }, label);
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy")) return;
    node.setAttribute("aria-busy", "true");
    await use("click", { ...where(message), custom_id: part.custom_id });
    node.removeAttribute("aria-busy");
  });
  return node;
}

function chooser(part, message) {
  return select(part, async (values) => {
    await use("choose", { ...where(message), custom_id: part.custom_id, values });
  });
}

function section(part, message) {
  return el(
    "div",
    { class: "section" },
    el("div", { class: "section-text" }, parts(part.components, message)),
    el("div", { class: "accessory" }, parts([part.accessory], message)),
  );
}

function container(part, message) {
  const node = el("section", { class: "container" }, parts(part.components, message));
  if (typeof part.accent_color === "number") node.style.setProperty("--edge", colorText(part.accent_color));
  return maybeHidden(part, node);
}

function media(part) {
  return maybeHidden(part, picture(part.media.url, part.description));
}

function maybeHidden(part, node) {
  return part.spoiler ? spoiler([node]) : node;
}
