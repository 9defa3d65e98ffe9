// A small menu at a point or above a button: arrows, Escape, focus goes back where it was.

import { el, icon } from "./dom.js";

let close = null;

/** items: [{label, hint?, icon?, run}]; at: an element, or {x, y} of the pointer. */
export function openPopup(at, items, label) {
  close?.();
  const back = at instanceof Element ? at : document.activeElement;
  const menu = el("div", { class: "popup", role: "menu", "aria-label": label }, items.map((item) =>
    el("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => choose(item) },
      item.icon && icon(item.icon), el("span", {}, item.label), item.hint && el("small", {}, item.hint))));

  function choose(item) {
    finish();
    item.run();
  }

  function finish() {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", replace);
    at.setAttribute?.("aria-expanded", "false");
    close = null;
    if (back?.isConnected) back.focus({ preventScroll: true });
  }

  // A phone's keyboard leaves when the menu takes the focus, and that is a resize.
  function replace() {
    place(menu, at);
  }

  function outside(event) {
    if (!menu.contains(event.target)) finish();
  }

  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.children];
    const now = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") finish();
    else if (to === undefined) return;
    else buttons.at(to % buttons.length).focus();
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener("contextmenu", (event) => event.preventDefault());

  document.body.append(menu);
  place(menu, at);
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", replace);
  at.setAttribute?.("aria-expanded", "true");
  close = finish;
  menu.firstElementChild.focus({ preventScroll: true });
}

function place(menu, at) {
  const gap = 6;
  const { width, height } = menu.getBoundingClientRect();
  const box = at instanceof Element ? at.getBoundingClientRect() : { left: at.x, top: at.y, bottom: at.y };
  const above = box.top - height - gap;
  const below = box.bottom + gap;
  const fitsBelow = below + height + gap < innerHeight;
  const left = Math.min(box.left, innerWidth - width - gap);
  menu.style.left = `${Math.max(gap, left)}px`;
  menu.style.top = `${fitsBelow ? below : Math.max(gap, above)}px`;
}
