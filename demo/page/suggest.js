// The list above the composer: commands that complete «/», results of inline mode.

import { byId, el } from "./dom.js";

export class Suggestions {
  #box = byId("suggest");
  #field = byId("text");
  #found = [];
  #chosen = 0;

  constructor() {
    this.#field.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
  }

  /**
   * items: [{title, note, take?, aside?}]; without `take` it only says something, what stands
   * `aside` is not what Enter takes at once.
   */
  show(items) {
    this.#found = items;
    this.#chosen = items.findIndex((item) => item.take && !item.aside);
    this.#draw();
  }

  hide() {
    this.show([]);
  }

  /** True when the key was for the list. */
  takesKey(event) {
    if (this.#chosen < 0) return false;
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

  #take({ take }) {
    if (!take) return;
    this.hide();
    take();
  }

  #draw() {
    this.#box.hidden = this.#found.length === 0;
    this.#box.replaceChildren(...this.#found.map((item, index) => el("li", {
      role: "option", id: `suggest-${index}`, "aria-selected": String(index === this.#chosen),
      "aria-disabled": item.take ? null : "true",
      onmousedown: (event) => event.preventDefault(), // the focus stays in the field
      onclick: () => this.#take(item),
    }, el("b", {}, item.title), item.note && el("span", {}, item.note))));
    this.#box.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    if (this.#chosen >= 0) this.#field.setAttribute("aria-activedescendant", `suggest-${this.#chosen}`);
    else this.#field.removeAttribute("aria-activedescendant");
  }
}

/** The server may write commands with or without the slash. */
export const bare = (command) => command.replace(/^\//, "");

/** Commands, or the bot's own name, that complete what was typed; none for other texts. */
export function completions(text, commands, botName) {
  const command = /^\/(\w*)$/.exec(text)?.[1].toLowerCase();
  if (command !== undefined) {
    return commands.filter((one) => bare(one.command).startsWith(command))
      .map((one) => ({ title: `/${bare(one.command)}`, note: one.description, says: `/${bare(one.command)}` }));
  }
  const name = /^@(\w*)$/.exec(text)?.[1].toLowerCase();
  if (name === undefined || !botName.toLowerCase().startsWith(name)) return [];
  return [{ title: `@${botName}`, note: "спросить бота, не выходя из чата", types: `@${botName} ` }];
}
