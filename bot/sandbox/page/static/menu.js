// A menu that opens at a button or at the pointer: arrow keys, Escape, focus back.

import { el } from "./dom.js";
import { icon } from "./icons.js";

let closeOpen = null;

// `items`: {label, sign, hint, checked, choose}; a null is a line between them.
export function openMenu({ at, opener, label, items }) {
  closeOpen?.();
  const menu = el("div", { role: "menu", class: "menu", "aria-label": label, tabindex: -1 });
  for (const one of items) menu.append(one === null ? el("div", { role: "separator", class: "line" }) : entry(one));
  // Beside what it belongs to: a dialog lies above the page, and landmarks hold what is in them.
  (opener?.closest("dialog, main, header") ?? document.body).append(menu);
  place(menu, at);
  opener?.setAttribute("aria-expanded", "true");
  const all = [...menu.querySelectorAll("[role^=menuitem]")];

  function close(giveFocusBack = true) {
    menu.remove();
    opener?.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (giveFocusBack) opener?.focus({ preventScroll: true });
    closeOpen = null;
  }
  function outside(event) {
    if (!menu.contains(event.target)) close(false);
  }
  function entryOf(event) {
    return all.indexOf(event.target.closest("[role^=menuitem]"));
  }
  const chosen = items.filter((one) => one !== null);
  menu.addEventListener("click", (event) => {
    const index = entryOf(event);
    if (index < 0) return;
    close();
    chosen[index].choose();
  });
  menu.addEventListener("keydown", (event) => {
    const index = all.indexOf(document.activeElement);
    const steps = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: all.length - 1 };
    if (event.key in steps) {
      event.preventDefault();
      all[(steps[event.key] + all.length) % all.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key.length === 1 && event.key !== " ") {
      const start = event.key.toLowerCase();
      all.find((one) => one.dataset.label.toLowerCase().startsWith(start))?.focus();
    }
  });
  document.addEventListener("pointerdown", outside, true);
  closeOpen = close;
  (all.find((one) => one.getAttribute("aria-checked") === "true") ?? all[0])?.focus();
}

function entry({ label, sign, hint, checked }) {
  return el(
    "button",
    {
      type: "button",
      class: "menu-item",
      role: checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": checked === undefined ? null : String(checked),
      tabindex: -1,
      "data-label": label,
    },
    sign ? icon(sign) : null,
    el("span", {}, label, hint ? el("small", {}, hint) : null),
  );
}

function place(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(at.x, innerWidth - width - 8);
  const top = at.y + height > innerHeight - 8 ? Math.max(8, (at.top ?? at.y) - height) : at.y;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${top}px`;
}

export function below(node) {
  const { left, bottom, top } = node.getBoundingClientRect();
  return { x: left, y: bottom + 4, top: top - 4 };
}
