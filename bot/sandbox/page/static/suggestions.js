// A list of suggestions at a text field: arrows choose, Enter or Tab takes, Escape closes.

import { el, newId } from "./dom.js";
import { texts } from "./texts.js";

export class Suggestions {
  // `field` keeps the focus; `onTake(item)` is called with what was chosen.
  constructor(field, { onTake, isCombobox = false }) {
    this.field = field;
    this.onTake = onTake;
    this.isCombobox = isCombobox;
    this.items = [];
    this.index = -1;
    this.list = el("ul", { id: newId("suggestions"), role: "listbox", class: "suggestions", "aria-label": texts.suggestions, hidden: true });
    this.status = el("p", { class: "sr-only", role: "status" });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    if (isCombobox) {
      field.setAttribute("role", "combobox");
      field.setAttribute("aria-expanded", "false");
    }
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take([...this.list.children].indexOf(option));
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  // `items`: {label, hint, sign} and whatever the owner needs. `first`: the first is chosen at once.
  show(items, { first = true } = {}) {
    this.items = items;
    this.list.replaceChildren(...items.map((one) => this.option(one)));
    this.list.hidden = items.length === 0;
    if (this.isCombobox) this.field.setAttribute("aria-expanded", String(items.length > 0));
    this.status.textContent = items.length ? texts.suggestionCount(items.length) : "";
    this.mark(items.length && first ? 0 : -1);
  }

  option({ label, hint, sign }) {
    return el(
      "li",
      { role: "option", id: newId("option"), "aria-selected": "false" },
      sign ? el("span", { class: "sign", "aria-hidden": "true" }, sign) : null,
      el("span", { class: "option-label" }, label),
      hint ? el("span", { class: "option-text" }, hint) : null,
    );
  }

  close() {
    if (this.isOpen) this.show([]);
  }

  mark(index) {
    this.list.children[this.index]?.setAttribute("aria-selected", "false");
    this.index = index;
    const option = this.list.children[index];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  take(index) {
    const item = this.items[index];
    this.close();
    if (item) this.onTake(item);
  }

  key(event) {
    if (!this.isOpen || event.isComposing) return;
    const size = this.items.length;
    if (event.key === "ArrowDown") this.mark((this.index + 1) % size);
    else if (event.key === "ArrowUp") this.mark((this.index - 1 + size) % size);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" && !event.shiftKey) || (event.key === "Tab" && !event.shiftKey)) {
      if (this.index < 0) return;
      this.take(this.index);
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
