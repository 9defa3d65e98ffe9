// The field where a person writes: drafts, replies and edits, files, commands.

import { busyWhile, byId, el, icon } from "./dom.js";
import { drafts } from "./drafts.js";
import { gist, sizeLabel } from "./format.js";
import { InlineMode } from "./inline.js";
import { isEditable } from "./messagemenu.js";
import { openPopup } from "./popup.js";
import { bare, completions, Suggestions } from "./suggest.js";

const HEIGHT_LIMIT = 200;
const typesOnGlass = matchMedia("(hover: none) and (pointer: coarse)");

export class Composer {
  #form = byId("composer");
  #field = byId("text");
  #send = byId("send");
  #chat = null;
  #draft = null;
  #files = new Map(); // chat id -> File; a file cannot be kept over a reload
  #actions;
  #suggestions = new Suggestions();
  #inline;
  #botName = "";

  /**
   * actions: say(text, replyTo), edit(id, text), upload(file, caption), sticker(), message(id),
   * inline(query), choose(queryId, resultId), start(payload)
   */
  constructor(actions) {
    this.#actions = actions;
    this.#inline = new InlineMode({ ask: actions.inline, show: (items) => this.#suggestions.show(items) });
    this.#form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => this.#keydown(event));
    this.#field.addEventListener("paste", (event) => this.#paste(event));
    byId("commands").addEventListener("click", (event) => this.#openCommands(event.currentTarget));
    byId("attach").addEventListener("click", (event) => this.#openAttach(event.currentTarget));
    byId("file").addEventListener("change", (event) => {
      this.#attach(event.target.files[0]);
      event.target.value = ""; // the same file can be chosen again
    });
    const area = document.querySelector("main");
    area.addEventListener("dragover", (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    });
    area.addEventListener("drop", (event) => this.#drop(event));
  }

  /** The chat that is written to; called with every news of it. botName: for inline mode. */
  show(chat, botName) {
    this.#botName = botName;
    const same = this.#chat?.id === chat.id;
    this.#chat = chat;
    if (!same) this.reload();
    byId("commands").hidden = chat.commands.length === 0;
    this.#drawReplyKeyboard(chat.reply_keyboard);
  }

  /** Takes the draft from the store: another chat, or something was given back. */
  reload() {
    this.#draft = drafts.get(this.#chat.id);
    this.#field.value = this.#draft.text;
    this.#inline.stop();
    this.#suggestions.hide();
    this.#draw();
  }

  focus() {
    this.#field.focus({ preventScroll: true });
  }

  reply(message) {
    this.#leaveEdit();
    this.#change({ mode: { kind: "reply", id: message.id } });
    this.focus();
  }

  edit(message) {
    const aside = this.#draft.mode?.kind === "edit" ? this.#draft.aside : this.#draft.text;
    this.#change({ mode: { kind: "edit", id: message.id }, text: message.text, aside });
    this.focus();
  }

  #change(part) {
    Object.assign(this.#draft, part);
    drafts.set(this.#chat.id, this.#draft);
    if (part.text !== undefined) this.#field.value = part.text;
    this.#draw();
  }

  #leaveEdit() {
    if (this.#draft.mode?.kind === "edit") this.#change({ mode: null, text: this.#draft.aside, aside: "" });
    else this.#change({ mode: null });
  }

  async #submit() {
    const { text, mode } = this.#draft;
    const file = this.#files.get(this.#chat.id);
    if (mode?.kind === "edit") {
      if (text.trim()) await busyWhile(this.#send, () => this.#saveEdit(this.#chat.id, mode.id, text));
    } else if (file) {
      await busyWhile(this.#send, () => this.#sendFile(this.#chat.id, file, text));
    } else if (text.trim()) {
      this.#inline.stop();
      this.#change({ text: "", mode: null });
      this.#actions.say(text, mode?.id);
    }
  }

  // Both wait for the answer before they let go of the words: it may be a refusal.

  async #saveEdit(chatId, id, text) {
    if (!(await this.#actions.edit(id, text))) return;
    const { aside } = drafts.get(chatId);
    drafts.set(chatId, { text: aside, mode: null, aside: "" });
    if (this.#chat.id === chatId) this.reload();
  }

  async #sendFile(chatId, file, caption) {
    if (!(await this.#actions.upload(file, caption.trim()))) return;
    this.#files.delete(chatId);
    const draft = drafts.get(chatId);
    if (draft.text === caption) drafts.set(chatId, { ...draft, text: "", mode: null });
    if (this.#chat.id === chatId) this.reload();
  }

  #typed() {
    const text = this.#field.value;
    this.#change({ text });
    if (this.#draft.mode?.kind === "edit") return;
    if (this.#inline.update(text, this.#botName, this.#offered())) return;
    const found = completions(text, this.#chat.commands, this.#botName);
    this.#suggestions.show(found.map(({ title, note, says, types }) => ({
      title, note, take: () => (types ? this.#type(types) : this.#leave(() => this.#actions.say(says))),
    })));
  }

  /** What taking a result of inline mode does: the query has served then. */
  #offered() {
    return {
      result: (queryId, resultId) => this.#leave(() => this.#actions.choose(queryId, resultId)),
      start: (payload) => this.#leave(() => this.#actions.start(payload)),
    };
  }

  #type(text) {
    this.#field.value = text;
    this.#typed();
    this.focus();
  }

  #leave(work) {
    this.#inline.stop();
    this.#change({ text: "" });
    work();
  }

  #keydown(event) {
    if (event.isComposing || this.#suggestions.takesKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !typesOnGlass.matches) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#draft.mode) {
      this.#leaveEdit();
    } else if (event.key === "ArrowUp" && !this.#field.value) {
      const own = this.#chat.messages.findLast((message) => !message.deleted && isEditable(message));
      if (own) { event.preventDefault(); this.edit(own); }
    }
  }

  #paste(event) {
    // Excel puts a picture of the range beside its text: the text wins, tabs and line ends with it.
    const { files } = event.clipboardData;
    if (!files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    this.#attach(files[0]);
  }

  #drop(event) {
    if (!event.dataTransfer.files.length) return; // dragged words go where they were dropped
    event.preventDefault();
    this.#attach(event.dataTransfer.files[0]);
  }

  #attach(file) {
    if (!file || this.#form.hidden) return;
    this.#leaveEdit();
    this.#files.set(this.#chat.id, file);
    this.#draw();
    this.focus();
  }

  #openCommands(button) {
    openPopup(button, this.#chat.commands.map(({ command, description }) => ({
      label: description, hint: `/${bare(command)}`, run: () => this.#actions.say(`/${bare(command)}`),
    })), "Команды бота");
  }

  #openAttach(button) {
    openPopup(button, [
      { label: "Файл или фото", icon: "file", run: () => byId("file").click() },
      { label: "Стикер", icon: "smile", run: () => this.#actions.sticker() },
    ], "Вложить");
  }

  #draw() {
    const { mode, text } = this.#draft;
    const file = this.#files.get(this.#chat.id);
    const editing = mode?.kind === "edit";
    const target = mode && this.#actions.message(mode.id);
    strip(byId("mode-strip"), mode && {
      icon: editing ? "edit" : "reply", title: editing ? "Изменение" : "Ответ",
      text: target ? gist(target) : "", cancel: () => { this.#leaveEdit(); this.focus(); },
    });
    strip(byId("file-strip"), file && {
      icon: "file", title: file.name, text: sizeLabel(file.size),
      cancel: () => { this.#files.delete(this.#chat.id); this.#draw(); this.focus(); },
    });
    this.#field.placeholder = file ? "Подпись к файлу" : "Сообщение";
    this.#send.replaceChildren(icon(editing ? "check" : "send"));
    this.#send.setAttribute("aria-label", editing ? "Сохранить" : "Отправить");
    this.#send.disabled = !text.trim() && (!file || editing);
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, HEIGHT_LIMIT)}px`;
  }

  #drawReplyKeyboard(rows) {
    const box = byId("reply-keyboard");
    const sign = JSON.stringify(rows ?? []);
    box.hidden = !rows?.length;
    if (box.dataset.sign === sign) return;
    box.dataset.sign = sign;
    box.replaceChildren(...(rows ?? []).map((row) => el("div", { class: "keys" }, row.map((text) =>
      el("button", { type: "button", class: "soft", onclick: () => this.#actions.say(text) }, text)))));
  }
}

function strip(box, content) {
  box.hidden = !content;
  if (!content) return box.replaceChildren();
  const cancel = { type: "button", class: "round", "aria-label": "Отменить", onclick: content.cancel };
  return box.replaceChildren(icon(content.icon),
    el("div", {}, el("b", {}, content.title), el("span", {}, content.text)),
    el("button", cancel, icon("close")));
}
