// Choosing who you are.

import { byId, el } from "./dom.js";
import { icon } from "./icons.js";
import { avatar } from "./message.js";
import { below, openMenu } from "./menu.js";
import { emit, me, on, personById, state } from "./store.js";
import { texts } from "./texts.js";

export function startPeople() {
  const button = byId("person");
  button.addEventListener("click", () => {
    const people = state.places.people.filter((one) => !one.bot);
    openMenu({
      at: below(button),
      opener: button,
      label: texts.personMenu,
      items: people.map((one) => ({
        label: one.name,
        hint: one.roles.join(", ") || texts.noRoles,
        checked: one.id === me(),
        choose: () => emit("become", one.id),
      })),
    });
  });
  on("places", show);
}

function show() {
  const person = personById(me());
  const button = byId("person");
  button.setAttribute("aria-label", texts.personLabel(person.name));
  button.replaceChildren(avatar(person.id, person.name), el("span", { class: "person-name" }, person.name), icon("down"));
}
