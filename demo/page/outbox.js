// Messages on their way: one after another per chat, shown until the server's list has them.

import { api } from "./api.js";

export const TEXT_LIMIT = 4096; // of Telegram; its clients split a longer text, so do we

let counter = 0;

export class Outbox {
  #pending = new Map(); // chat id -> [{key, text, after}]
  #queues = new Map(); // chat id -> promise of the last sending

  /** Resolves when sent. `after`: the newest message known at this moment. */
  send(chatId, text, replyTo, after) {
    const parts = split(text).map((part) => ({ key: (counter += 1), text: part, after }));
    this.#pending.set(chatId, [...this.#of(chatId), ...parts]);
    const before = this.#queues.get(chatId) ?? Promise.resolve();
    const sending = before.then(() => this.#go(chatId, parts, replyTo));
    this.#queues.set(chatId, sending.catch(() => {}));
    return sending;
  }

  /** What is still to be shown as pending beside these messages. */
  waiting(chatId, messages) {
    const taken = new Set();
    return this.#of(chatId).filter(({ text, after }) => {
      const real = messages.find((message) =>
        message.from === "person" && message.id > after && !taken.has(message.id)
        && squeeze(message.text) === squeeze(text));
      if (real) taken.add(real.id);
      return !real;
    });
  }

  /** Forgets what the server has answered for; call it with a list read after that. */
  settle(chatId, parts) {
    this.#pending.set(chatId, this.#of(chatId).filter((item) => !parts.includes(item)));
  }

  async #go(chatId, parts, replyTo) {
    for (const [index, part] of parts.entries()) {
      try {
        await api.send(chatId, part.text, index === 0 ? replyTo : null);
      } catch (error) {
        error.unsent = parts.slice(index).map(({ text }) => text).join("\n");
        this.settle(chatId, parts);
        throw error;
      }
    }
    return parts;
  }

  #of(chatId) {
    return this.#pending.get(chatId) ?? [];
  }
}

const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim();

/** Cuts a long text at a line end where there is one. */
export function split(text, limit = TEXT_LIMIT) {
  const parts = [];
  let rest = text;
  while (rest.length > limit) {
    const line = rest.lastIndexOf("\n", limit);
    const half = /[\uD800-\uDBFF]/.test(rest[limit - 1]) ? 1 : 0; // not through an emoji
    const end = line > limit / 2 ? line : limit - half;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^\n/, "");
  }
  return [...parts, rest];
}
