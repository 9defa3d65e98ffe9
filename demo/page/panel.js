// The demo panel: the clock, faults, the bot. A column on a wide screen, a drawer elsewhere.

import { busyWhile, byId, el, renderKeyed } from "./dom.js";

const SHIFTS = [["+1 час", 3600], ["+1 день", 86_400], ["+1 неделя", 604_800]];
const STATUSES = { running: "работает", restarting: "перезапускается…", stopped: "остановлен" };
const drawerMedia = matchMedia("(max-width: 1099px)");

export class Panel {
  #actions;
  #person = null;
  #admitted = false; // is the bot in the channel that is open
  #offset = "+12:00";
  #typing = false; // a date that is being chosen must not be overwritten by the clock

  /**
   * actions, each a promise: clock(change), fault(key, on), block(chatId, blocked),
   * restart(), and for the channel admit(admitted), right(key, on)
   */
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
    byId("admit").addEventListener("click", (event) =>
      busyWhile(event.currentTarget, () => actions.admit(!this.#admitted)));
    byId("restart").addEventListener("click", (event) => busyWhile(event.currentTarget, actions.restart));
    watchDrawer();
  }

  show(state, person, chat) {
    this.#person = person;
    this.#offset = /([+-]\d\d:\d\d)$/.exec(state.clock.iso)?.[1] ?? this.#offset;
    for (const place of document.querySelectorAll("[data-clock]")) place.textContent = state.clock.text;
    if (!this.#typing) byId("clock-to").value = state.clock.iso.slice(0, 16);
    const ofCampaign = (jump) => jump.group === "campaign";
    this.#showJumps(byId("jumps"), state.jumps.filter((jump) => !ofCampaign(jump)));
    this.#showJumps(byId("campaign-jumps"), state.jumps.filter(ofCampaign));
    renderKeyed(byId("faults"), this.#switches(state.faults, this.#actions.fault));
    this.#showChannel(chat?.bot);
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

  #showJumps(list, jumps) {
    list.parentElement.hidden = jumps.length === 0;
    renderKeyed(list, jumps.map((jump) => ({
      key: jump.label, sign: jump.to,
      make: () => this.#button(jump.label, () => this.#actions.clock({ to: jump.to })),
    })));
  }

  /** What the bot may do in the channel that is open: taken away, it has to notice. */
  #showChannel(place) {
    byId("channel-section").hidden = !place;
    if (!place) return;
    this.#admitted = place.admitted;
    byId("admit").textContent = place.admitted ? "Убрать бота из канала" : "Вернуть бота в канал";
    renderKeyed(byId("rights"), place.admitted ? this.#switches(place.rights, this.#actions.right) : []);
  }

  #switches(items, act) {
    return items.map((item) => ({
      key: item.key, sign: JSON.stringify(item), make: () => this.#switch(item, act),
    }));
  }

  #switch(item, act) {
    const dataset = { focus: "switch" };
    const box = el("input", { type: "checkbox", role: "switch", checked: item.on, dataset });
    box.addEventListener("change", async () => {
      // The switch shows what is true, not what was asked for.
      if (!(await act(item.key, box.checked))) box.checked = item.on;
    });
    return el("label", { class: "switch" }, box, el("span", {}, item.label));
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
