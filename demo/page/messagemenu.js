// What can be done with a message, and the ways to ask for it.

import { copyText } from "./dom.js";
import { kindLabel } from "./format.js";
import { findStartLink } from "./links.js";
import { complain, toast } from "./notices.js";
import { openPopup } from "./popup.js";

const HOLD_MS = 500;
const SLIP_PX = 10; // a finger that moves farther is scrolling

export function openMessageMenu(message, at, { canWrite, edit, reply, remove }) {
  const items = [];
  const link = findStartLink([message.html, message.text, ...urls(message)].join(" "));
  if (canWrite) items.push({ label: "Ответить", icon: "reply", run: () => reply(message) });
  if (canWrite && isEditable(message)) {
    items.push({ label: "Изменить", icon: "edit", run: () => edit(message) });
  }
  if (message.text) {
    items.push({ label: "Скопировать текст", icon: "copy", run: () => copy(message.text) });
  }
  if (link) {
    items.push({ label: "Скопировать ссылку", icon: "link", run: () => copy(link) });
  }
  if (!canWrite) items.push({ label: "Удалить из канала", icon: "close", run: () => remove(message) });
  if (items.length) openPopup(at, items, "Действия с сообщением");
}

/** Only one's own plain text: a file has no text to change, a sticker neither. */
export function isEditable(message) {
  const isText = !message.document && !message.photo && !kindLabel(message);
  return message.from === "person" && Boolean(message.text) && isText;
}

const urls = (message) => (message.buttons ?? []).flat().map((button) => button.url ?? "");
const copy = (text) => copyText(text).then(() => toast("Скопировано"), complain);

/** iOS has no contextmenu event for a long touch, so touches are timed. */
export function watchLongPress(area, open) {
  let timer = 0;
  let from = null;
  const stop = () => clearTimeout(timer);
  area.addEventListener("pointerdown", (event) => {
    stop();
    if (event.pointerType !== "touch" || event.target.closest("a[href], .keyboard")) return;
    from = { x: event.clientX, y: event.clientY };
    timer = setTimeout(() => open(event.target, from), HOLD_MS);
  });
  area.addEventListener("pointermove", (event) => {
    if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLIP_PX) stop();
  });
  for (const end of ["pointerup", "pointercancel"]) area.addEventListener(end, stop);
}
