// Commands that complete what begins with «/» in the composer.

import { byId, el } from "./dom.js";

export class Suggestions {
  #box = byId("suggest");
  #field = byId("text");
  #found = [];
  #chosen = 0;
  #choose;

  /** choose(command): the person has taken one. */
  constructor(choose) {
    this.#choose = choose;
    this.#field.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
  }

  update(text, commands) {
    const typed = /^\/(\w*)$/.exec(text)?.[1].toLowerCase();
    const fits = ({ command }) => bare(command).startsWith(typed);
    this.#found = typed === undefined ? [] : commands.filter(fits);
    this.#chosen = 0;
    this.#draw();
  }

  hide() {
    this.#found = [];
    this.#draw();
  }

  /** True when the key was for the list. */
  takesKey(event) {
    if (!this.#found.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#chosen = (this.#chosen + step + this.#found.length) % this.#found.length;
      this.#draw();
    } else if (event.key === "Enter" || event.key === "Tab") {
      this.#take(this.#found[this.#chosen]);
    } else if (event.key === "Escape") {
      this.hide();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  #take({ command }) {
    this.hide();
    this.#choose(`/${bare(command)}`);
  }

  #draw() {
    this.#box.hidden = this.#found.length === 0;
    this.#box.replaceChildren(...this.#found.map((item, index) => el("li", {
      role: "option", id: `suggest-${index}`, "aria-selected": String(index === this.#chosen),
      onmousedown: (event) => event.preventDefault(), // the focus stays in the field
      onclick: () => this.#take(item),
    }, el("b", {}, `/${bare(item.command)}`), el("span", {}, item.description))));
    this.#box.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    if (this.#found.length) this.#field.setAttribute("aria-activedescendant", `suggest-${this.#chosen}`);
    else this.#field.removeAttribute("aria-activedescendant");
  }
}

/** The server may write commands with or without the slash. */
export const bare = (command) => command.replace(/^\//, "");
