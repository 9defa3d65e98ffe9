// The list of messages: incremental rendering, scroll, presses, links.

import { dayRow, messageRow, pendingRow, pressKey } from "./bubble.js";
import { byId, copyText, el, renderKeyed } from "./dom.js";
import { dayKey, dayLabel, gist } from "./format.js";
import { startPayload } from "./links.js";
import { openMessageMenu, watchLongPress } from "./messagemenu.js";
import { announce, toast } from "./notices.js";

const NEAR_BOTTOM = 48; // px: a pixel of rounding must not unstick the list

export class ChatView {
  #scroller = byId("scroller");
  #list = byId("messages");
  #down = byId("down");
  #chat = null;
  #names = {};
  #botName = "";
  #stuck = true;
  #top = 0;
  #missed = 0;
  #pressed = new Set();
  #selecting = false;
  #seen = new Set(); // ids of this chat, to let only what is new glide in
  #actions;

  /** actions: press(messageId, row, col), start(payload, at), say(text), edit, reply, remove(message) */
  constructor(actions) {
    this.#actions = actions;
    this.#list.addEventListener("click", (event) => this.#click(event));
    this.#list.addEventListener("keydown", (event) => this.#keydown(event));
    this.#list.addEventListener("contextmenu", (event) => this.#contextMenu(event));
    // Asked before the click: on a Mac the right button itself selects the word below it.
    this.#list.addEventListener("pointerdown", () => { this.#selecting = !getSelection().isCollapsed; });
    watchLongPress(this.#list, (target, point) => this.#menu(target, point));
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#down.addEventListener("click", () => this.toBottom());
    // Whatever grows (a photo, the composer, an edited card), a list at the bottom stays there.
    const keep = new ResizeObserver(() => this.#stuck && this.toBottom());
    keep.observe(this.#list);
    keep.observe(this.#scroller);
  }

  /** names: who is who, {bot, person, channel}; botName: the username, for deep links. */
  show(chat, pending, names, botName) {
    const same = this.#chat?.id === chat.id;
    if (same) this.#tell(this.#chat, chat);
    else this.#reset();
    this.#chat = chat;
    this.#names = names;
    this.#botName = botName;
    renderKeyed(this.#list, this.#rows(pending, same));
    for (const message of chat.messages) this.#seen.add(message.id);
    if (this.#stuck) this.toBottom();
    this.#showDown();
  }

  toBottom() {
    this.#stuck = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#top = this.#scroller.scrollTop;
    this.#missed = 0;
    this.#showDown();
  }

  message(id) {
    return this.#chat?.messages.find((message) => message.id === id && !message.deleted);
  }

  #reset() {
    renderKeyed(this.#list, []);
    this.#stuck = true;
    this.#missed = 0;
    this.#pressed.clear();
    this.#seen.clear();
  }

  #rows(pending, same) {
    const alive = this.#chat.messages.filter((message) => !message.deleted);
    const byMessage = new Map(alive.map((message) => [message.id, message]));
    const rows = [];
    let today = "";
    for (const message of alive) {
      const day = dayKey(message.date);
      if (day !== today) {
        const label = dayLabel(message.date);
        rows.push({ key: `day-${day}`, sign: label, make: () => dayRow(label) });
        today = day;
      }
      const quoted = byMessage.get(message.reply_to);
      const sign = JSON.stringify([message, quoted && gist(quoted)]);
      const isPressed = (press) => this.#pressed.has(press);
      const fresh = same && message.from !== "person" && !this.#seen.has(message.id);
      const make = () => messageRow(message, { quoted, names: this.#names, isPressed, fresh });
      rows.push({ key: message.id, sign, make });
    }
    for (const item of pending) {
      rows.push({ key: `pending-${item.key}`, sign: item.text, make: () => pendingRow(item) });
    }
    if (!rows.length) rows.push({ key: "empty", sign: "", make: () => dayRow("Сообщений пока нет") });
    if (this.#chat.typing) {
      const dots = () => el("li", { class: "typing" }, el("i"), el("i"), el("i"));
      rows.push({ key: "typing", sign: "", make: dots });
    }
    return rows;
  }

  /** Words for a screen reader, and the count of what came below the visible part. */
  #tell(before, after) {
    const known = new Map(before.messages.map((message) => [message.id, message]));
    for (const message of after.messages) {
      if (message.from === "person" || message.deleted) continue;
      const old = known.get(message.id);
      if (!old && !this.#stuck) this.#missed += 1;
      if (!old || old.text !== message.text) announce(`${this.#names[message.from]}: ${gist(message, 600)}`);
    }
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    // Only a move upwards unsticks: content that has just grown leaves one far from the bottom, too.
    if (scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM) this.#stuck = true;
    else if (scrollTop < this.#top) this.#stuck = false;
    this.#top = scrollTop;
    if (this.#stuck) this.#missed = 0;
    this.#showDown();
  }

  #showDown() {
    this.#down.hidden = this.#stuck;
    const count = byId("down-count");
    count.hidden = this.#missed === 0;
    count.textContent = this.#missed;
  }

  #click(event) {
    const target = event.target.closest("a[href], button, [role=button]");
    if (!target) return;
    const { press, command, copy, jump } = target.dataset;
    if (target.matches(".more")) this.#menu(target, target);
    else if (press) this.#press(target, ...press.split(",").map(Number));
    else if (command) this.#actions.say(command);
    else if (copy) copyText(copy).then(() => toast("Скопировано"));
    else if (jump) this.#jump(jump);
    else if (target.matches(".spoiler")) target.classList.add("shown");
    else if (target.href) this.#follow(event, target);
  }

  #keydown(event) {
    if (!event.target.matches("[role=button]") || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    event.target.click();
  }

  #follow(event, link) {
    const payload = startPayload(link.href, this.#botName);
    if (payload === null) return;
    event.preventDefault();
    this.#actions.start(payload, link);
  }

  async #press(button, row, col) {
    const id = Number(button.closest("[data-id]").dataset.id);
    const key = pressKey(id, row, col, this.message(id).buttons[row][col]);
    if (this.#pressed.has(key)) return;
    this.#pressed.add(key);
    button.setAttribute("aria-busy", "true");
    try {
      await this.#actions.press(id, row, col);
    } finally {
      this.#pressed.delete(key);
      // The button may have been drawn anew meanwhile, and the new one turns its wheel, too.
      const now = this.#list.querySelector(`[data-id="${id}"] [data-press="${row},${col}"]`);
      for (const node of [button, now]) node?.removeAttribute("aria-busy");
    }
  }

  #jump(id) {
    const row = this.#list.querySelector(`[data-id="${id}"]`);
    row?.scrollIntoView({ block: "center" });
    row?.classList.add("flash");
    setTimeout(() => row?.classList.remove("flash"), 1500);
  }

  #contextMenu(event) {
    // A link and a selection have a menu of the browser's own: copy the address, copy the words.
    if (event.target.closest("a[href]") || this.#selecting) return;
    if (this.#menu(event.target, { x: event.clientX, y: event.clientY })) event.preventDefault();
  }

  #menu(target, at) {
    const id = Number(target.closest(".bubble")?.closest("[data-id]")?.dataset.id);
    const message = this.message(id);
    if (message) openMessageMenu(message, at, { ...this.#actions, canWrite: this.#chat.kind !== "channel" });
    return Boolean(message);
  }
}
