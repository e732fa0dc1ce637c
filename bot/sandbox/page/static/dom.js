// Building nodes. Text is always set as text: nothing here takes HTML.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

let numbers = 0;
export function newId(prefix) {
  numbers += 1;
  return `${prefix}-${numbers}`;
}

// Makes the children of `parent` those of `items`, touching only what changed. `versionOf` tells
// whether an item looks different from the last time.
export function reconcile(parent, items, { keyOf, versionOf, make }) {
  const known = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    const key = keyOf(item);
    const version = versionOf(item, items[index - 1]);
    let node = known.get(key);
    known.delete(key);
    if (node === undefined || node.dataset.version !== version) {
      const fresh = make(item, items[index - 1]);
      fresh.dataset.key = key;
      fresh.dataset.version = version;
      if (node !== undefined) {
        if (node === place) place = fresh;
        node.replaceWith(fresh);
        restoreFocus(node, fresh);
      }
      node = fresh;
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
  for (const node of known.values()) {
    if (node === place) place = place.nextElementSibling;
    node.remove();
  }
}

// A node that is replaced while it, or something in it, has the focus must not lose it.
let focusedBefore = null;
document.addEventListener("focusin", (event) => {
  focusedBefore = event.target;
});

function restoreFocus(old, fresh) {
  if (document.activeElement !== document.body || focusedBefore === null) return;
  if (old === focusedBefore) fresh.focus();
  else if (old.contains(focusedBefore)) {
    const same = focusedBefore.dataset.focus;
    const found = same && [...fresh.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === same);
    (found || fresh).focus({ preventScroll: true });
  }
}

export function announce(text) {
  const place = byId("announcer");
  place.textContent = "";
  requestAnimationFrame(() => {
    place.textContent = text;
  });
}

// Arrow keys, Home and End move the focus along `items()`.
export function arrowKeys(parent, items, { vertical = true } = {}) {
  const [back, on] = vertical ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  parent.addEventListener("keydown", (event) => {
    const all = items();
    const index = all.indexOf(document.activeElement);
    if (index < 0 || !all.length) return;
    const to = { [back]: index - 1, [on]: index + 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, to))].focus();
  });
}

const UNITS = ["B", "kB", "MB"];
export function sizeText(bytes) {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size.toLocaleString("nl-NL", { maximumFractionDigits: unit ? 1 : 0 })} ${UNITS[unit]}`;
}
