// What the page says on its own: toasts, alerts, the line about the connection, words for
// screen readers.

import { byId, el } from "./dom.js";

const SHOWN_MS = 4500;

export function toast(text, { bad = false } = {}) {
  const node = el("p", { class: bad ? "toast bad" : "toast" }, text);
  byId("toasts").append(node);
  setTimeout(() => node.remove(), SHOWN_MS + text.length * 30);
}

export const complain = (error) => toast(error.message, { bad: true });

export function showAlert(text) {
  byId("alert-text").textContent = text;
  const dialog = byId("alert");
  if (!dialog.open) dialog.showModal();
}

export function setOffline(lost) {
  byId("offline").hidden = !lost;
}

export function announce(text) {
  const line = el("p", {}, text);
  byId("live").append(line);
  setTimeout(() => line.remove(), 5000);
}
