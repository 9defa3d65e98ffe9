// One message as DOM. Knows nothing of the list around it; clicks are handled by the chat.

import { el, icon } from "./dom.js";
import { gist, kindLabel, sizeLabel } from "./format.js";
import { anchor, messageBody } from "./sanitise.js";

/** quoted: the message it answers, if any; names: {bot, person, channel}; isPressed: of a key. */
export function messageRow(message, { quoted, names, isPressed, fresh }) {
  const author = names[message.from] ?? "";
  return el("li", { class: `row from-${message.from}${fresh ? " fresh" : ""}`, dataset: { id: message.id } },
    el("article", { class: "bubble", "aria-label": `${author}, ${message.time}` },
      message.from === "channel" && el("p", { class: "author" }, author),
      quoted && quote(quoted, names),
      message.photo && photo(message.photo),
      message.document && documentLink(message.document),
      kindLabel(message) && stub(message),
      el("div", { class: message.text ? "text" : "text bare" },
        messageBody(message.html, message.text), meta(message, names.via)),
      el("button", {
        type: "button", class: "more", "aria-haspopup": "menu", title: "Действия",
        "aria-label": `Действия с сообщением: ${gist(message, 40)}`, dataset: { focus: "more" },
      }, icon("more"))),
    message.buttons?.length > 0 && keyboard(message, isPressed));
}

/** A message on its way: shown at once, so that the person sees it was taken. */
export function pendingRow(pending) {
  return el("li", { class: "row from-person pending" },
    el("article", { class: "bubble", "aria-label": "Отправляется" },
      el("div", { class: "text" }, pending.text,
        el("span", { class: "meta" }, icon("clock")))));
}

export function dayRow(label) {
  return el("li", { class: "day" }, el("span", {}, label));
}

function meta(message, botName) {
  return el("span", { class: "meta" },
    message.via_bot && el("span", {}, `через @${botName} `),
    message.edited && el("span", {}, "изменено "), el("time", { datetime: message.date }, message.time));
}

function quote(quoted, names) {
  return el("button", { type: "button", class: "quote", dataset: { jump: quoted.id, focus: "quote" } },
    el("b", {}, names[quoted.from] ?? ""), el("span", {}, gist(quoted)));
}

function photo({ url, name, width, height }) {
  const alt = name ? `Фото: ${name}` : "Фото";
  const image = el("img", { src: url, alt, width, height, loading: "lazy" });
  return anchor(url, [image], { class: "photo" });
}

function documentLink({ url, name, size }) {
  return el("a", { class: "document", href: url, download: name },
    el("span", { class: "document-icon" }, icon("file")),
    el("span", {}, el("b", {}, name), el("small", {}, `${sizeLabel(size)}, скачать`)));
}

function stub(message) {
  const picture = icon(message.kind === "sticker" ? "smile" : "file");
  return el("p", { class: "stub" }, picture, kindLabel(message));
}

function keyboard(message, isPressed) {
  return el("div", { class: "keyboard", role: "group", "aria-label": "Кнопки сообщения" },
    message.buttons.map((row, r) =>
      el("div", { class: "keys" }, row.map((button, c) => key(message.id, button, r, c, isPressed)))));
}

function key(id, button, row, col, isPressed) {
  const look = `key ${button.style ?? ""}`;
  const focus = `key-${row}-${col}`;
  if (button.url && !button.disabled) {
    const inside = [el("span", {}, button.text), icon("link")];
    return anchor(button.url, inside, { class: look, "data-focus": focus });
  }
  return el("button", {
    type: "button", class: look, disabled: button.disabled,
    "aria-busy": isPressed(pressKey(id, row, col, button)) ? "true" : null,
    dataset: { focus, press: `${row},${col}` },
  }, el("span", {}, button.text));
}

/** Tells a press apart: when the bot puts another button in the place, the wheel must not stay. */
export const pressKey = (id, row, col, button) => JSON.stringify([id, row, col, button.text, button.data]);
