// Light, dark, or as the device says.

import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { texts } from "./texts.js";

const KEPT = "breed-sandbox-theme";
const ORDER = ["system", "light", "dark"];

export function startTheme() {
  let theme = localStorage.getItem(KEPT) ?? "system";
  if (!ORDER.includes(theme)) theme = "system";
  const button = byId("theme");
  const show = () => {
    const name = texts.themes[theme];
    document.documentElement.dataset.theme = theme;
    button.setAttribute("aria-label", texts.themeLabel(name));
    button.replaceChildren(icon(theme), el("span", {}, name));
  };
  button.addEventListener("click", () => {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    localStorage.setItem(KEPT, theme);
    show();
  });
  show();
}
