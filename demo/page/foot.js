// What stands below the messages: the composer, or what has to be done before one can write.

import { busyWhile, byId } from "./dom.js";
import { findStartLink, invitePayload } from "./links.js";

const PANES = ["composer", "start-pane", "blocked-pane", "channel-pane"];

/** Which pane this chat needs now. */
function paneOf(chat, person) {
  if (chat.kind === "channel") return "channel-pane";
  if (person?.blocked) return "blocked-pane";
  return chat.started ? "composer" : "start-pane";
}

/** Returns true when the composer is in use. */
export function showFoot(chat, person) {
  const pane = paneOf(chat, person);
  for (const id of PANES) byId(id).hidden = id !== pane;
  return pane === "composer";
}

/** start(payload) is true when it worked; unblock() has no answer. */
export function watchFoot({ start, unblock }) {
  const input = byId("invite");
  const error = byId("invite-error");
  const button = byId("start");
  const filled = () => input.value.trim();

  input.addEventListener("input", () => {
    error.textContent = "";
    button.textContent = filled() ? "Начать по ссылке" : "Начать";
  });
  byId("start-pane").addEventListener("submit", (event) => {
    event.preventDefault();
    const payload = filled() ? invitePayload(input.value) : "";
    if (payload === null) {
      error.textContent = "Не похоже на ссылку-приглашение. Скопируйте её целиком.";
      input.focus();
      return;
    }
    busyWhile(button, async () => {
      if (await start(payload)) offerInvite();
    });
  });
  byId("unblock").addEventListener("click", (event) => busyWhile(event.currentTarget, unblock));
}

/** A link belongs to one person: another chat begins with the link that its person was given. */
export function offerInvite(note = "") {
  byId("invite").value = findStartLink(note);
  byId("invite").dispatchEvent(new Event("input"));
}
