// The list on the left: who can write to the bot, and the dialog that adds one more.

import { byId, el, renderKeyed } from "./dom.js";
import { initials, tone } from "./format.js";

export class PeopleList {
  #list = byId("people");
  #open;

  /** open(chatId): the person was chosen. */
  constructor(open) {
    this.#open = open;
  }

  /** The chat in front of the eyes counts as read, whatever the server has noticed so far. */
  show(persons, currentChat) {
    renderKeyed(this.#list, persons.map((person) => {
      const current = person.chat_id === currentChat;
      const unread = current ? 0 : person.unread;
      return {
        key: person.chat_id,
        sign: JSON.stringify([person, current, unread]),
        make: () => el("li", {}, this.#row(person, current, unread)),
      };
    }));
  }

  #row(person, current, unread) {
    const hints = [person.role, person.blocked && "заблокировал бота"].filter(Boolean).join(" · ");
    return el("button", {
      type: "button", class: "person", title: person.note || null,
      "aria-current": current ? "true" : null,
      dataset: { focus: "person" }, onclick: () => this.#open(person.chat_id),
    },
    el("span", { class: `avatar ${tone(person.id)}`, "aria-hidden": "true" }, initials(person.name)),
    el("span", { class: "person-words" },
      // Its number alone on a line says nothing of a school.
      el("span", { class: "person-name" }, person.name.replaceAll("№ ", "№\u00a0")),
      hints && el("span", { class: "person-role" }, hints),
      person.note && el("span", { class: "person-note" }, person.note),
      person.last && el("span", { class: "person-last" }, person.last)),
    unread > 0 && badge(unread));
  }
}

function badge(unread) {
  return el("span", { class: "badge" }, String(unread), el("span", { class: "unseen" }, " не прочитано"));
}

/** add(name) may fail: the dialog stays open then, with what was typed. */
export function watchNewPerson(add) {
  const dialog = byId("person-dialog");
  const input = byId("person-input");
  byId("new-person").addEventListener("click", () => {
    dialog.showModal();
    input.focus();
  });
  byId("person-cancel").addEventListener("click", () => dialog.close());
  byId("person-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (!name || !(await add(name))) return;
    input.value = "";
    dialog.close();
  });
}
