// The demo panel: the clock, faults, the bot. A column on a wide screen, a drawer elsewhere.

import { busyWhile, byId, el, renderKeyed } from "./dom.js";

const SHIFTS = [["+1 час", 3600], ["+1 день", 86_400], ["+1 неделя", 604_800]];
const STATUSES = { running: "работает", restarting: "перезапускается…", stopped: "остановлен" };
const drawerMedia = matchMedia("(max-width: 1099px)");

export class Panel {
  #actions;
  #person = null;
  #offset = "+12:00";
  #typing = false; // a date that is being chosen must not be overwritten by the clock

  /** actions, each a promise: clock(change), fault(key, on), block(chatId, blocked), restart() */
  constructor(actions) {
    this.#actions = actions;
    byId("shifts").append(...SHIFTS.map(([label, seconds]) =>
      this.#button(label, () => actions.clock({ shift_seconds: seconds }))));
    byId("clock-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const to = `${byId("clock-to").value}:00${this.#offset}`;
      busyWhile(event.submitter, () => actions.clock({ to }));
      this.#typing = false;
    });
    byId("clock-to").addEventListener("input", () => { this.#typing = true; });
    byId("block").addEventListener("click", (event) =>
      busyWhile(event.currentTarget, () => actions.block(this.#person.chat_id, !this.#person.blocked)));
    byId("restart").addEventListener("click", (event) => busyWhile(event.currentTarget, actions.restart));
    watchDrawer();
  }

  show(state, person) {
    this.#person = person;
    this.#offset = /([+-]\d\d:\d\d)$/.exec(state.clock.iso)?.[1] ?? this.#offset;
    for (const place of document.querySelectorAll("[data-clock]")) place.textContent = state.clock.text;
    if (!this.#typing) byId("clock-to").value = state.clock.iso.slice(0, 16);
    renderKeyed(byId("jumps"), state.jumps.map((jump) => ({
      key: jump.label, sign: jump.to,
      make: () => this.#button(jump.label, () => this.#actions.clock({ to: jump.to })),
    })));
    renderKeyed(byId("faults"), state.faults.map((fault) => ({
      key: fault.key, sign: JSON.stringify(fault), make: () => this.#switch(fault),
    })));
    byId("faults-section").hidden = state.faults.length === 0;
    byId("bot-status").textContent = STATUSES[state.bot.status] ?? state.bot.status;
    byId("person-section").hidden = !person || person.kind === "channel";
    byId("person-name").textContent = person?.name ?? "";
    byId("block").textContent = person?.blocked ? "Разблокировать бота" : "Заблокировать бота";
  }

  #button(label, work) {
    const onclick = (event) => busyWhile(event.currentTarget, work);
    return el("button", { type: "button", class: "soft", dataset: { focus: "go" }, onclick }, label);
  }

  #switch(fault) {
    const dataset = { focus: "switch" };
    const box = el("input", { type: "checkbox", role: "switch", checked: fault.on, dataset });
    box.addEventListener("change", async () => {
      // The switch shows what is true, not what was asked for.
      if (!(await this.#actions.fault(fault.key, box.checked))) box.checked = fault.on;
    });
    return el("label", { class: "switch" }, box, el("span", {}, fault.label));
  }
}

function watchDrawer() {
  const panel = byId("panel");
  const shade = byId("shade");
  let opener = null;

  function set(open) {
    const drawer = drawerMedia.matches;
    panel.classList.toggle("open", open && drawer);
    panel.inert = drawer && !open; // a closed drawer must not catch the Tab key
    shade.hidden = !(open && drawer);
    if (open && drawer) byId("close-panel").focus();
    else opener?.focus();
    if (!open) opener = null;
  }

  for (const button of document.querySelectorAll("[data-open-panel]")) {
    button.addEventListener("click", () => { opener = button; set(true); });
  }
  byId("close-panel").addEventListener("click", () => set(false));
  shade.addEventListener("click", () => set(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.classList.contains("open")) set(false);
  });
  drawerMedia.addEventListener("change", () => set(false));
  set(false);
}
