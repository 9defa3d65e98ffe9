// Building and updating DOM without a framework.

const SVG = "http://www.w3.org/2000/svg";

/** el("button", {class: "soft", onclick: f}, "Да"): null, undefined and false are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

const rendered = new WeakMap(); // parent -> Map(key -> {sign, node})

/**
 * Makes `parent` hold one node per row {key, sign, make}. Only rows whose sign has changed are
 * built anew, so that a long chat stays smooth and focus, selection and scroll stay put.
 */
export function renderKeyed(parent, rows) {
  const before = rendered.get(parent) ?? new Map();
  const after = new Map();
  const keys = new Set(rows.map((row) => row.key));
  for (const [key, { node }] of before) if (!keys.has(key)) removeGently(node, parent);

  let place = parent.firstChild;
  for (const { key, sign, make } of rows) {
    let entry = before.get(key);
    if (!entry) {
      entry = { sign, node: make() };
    } else if (entry.sign !== sign) {
      const node = make();
      if (place === entry.node) place = node;
      replaceGently(entry.node, node);
      entry = { sign, node };
    }
    after.set(key, entry);
    if (entry.node === place) place = place.nextSibling;
    else parent.insertBefore(entry.node, place);
  }
  rendered.set(parent, after);
}

// A person who works by keyboard must not be thrown to the top of the page by an update.
function replaceGently(old, node) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(node);
  if (!focused) return;
  const name = focused.dataset.focus;
  const same = name && node.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  (same || node.querySelector("button, a[href]") || node).focus({ preventScroll: true });
}

function removeGently(node, parent) {
  const focused = node.contains(document.activeElement);
  node.remove();
  if (focused) parent.closest("[tabindex]")?.focus({ preventScroll: true });
}

/** Shows that the button works on it, and keeps it from being pressed twice. */
export async function busyWhile(button, work) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** navigator.clipboard exists only on https and localhost; a phone may open the page by address. */
export async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = el("textarea", { class: "unseen" });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
