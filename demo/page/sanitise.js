// Message HTML to DOM through a whitelist: markup that is not listed becomes its plain content.

import { el } from "./dom.js";
import { splitLinks } from "./links.js";

const PLAIN = {
  B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s",
  PRE: "pre", BLOCKQUOTE: "blockquote",
};
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "SVG", "MATH"]);
const SAFE_URL = /^(https?:|mailto:|tel:|tg:)/i;

/** `plain` is shown when there is no HTML (a message of a person, say). */
export function messageBody(html, plain = "") {
  const fragment = document.createDocumentFragment();
  if (!html) {
    fragment.append(...linkified(plain));
    return fragment;
  }
  // A parsed document is inert: no script runs in it and no image is loaded.
  const parsed = new DOMParser().parseFromString(html, "text/html");
  fragment.append(...[...parsed.body.childNodes].flatMap((node) => clean(node, true)));
  return fragment;
}

/** Returns the safe counterparts of `node`; `links`: text in it may become links. */
function clean(node, links) {
  if (node.nodeType === Node.TEXT_NODE) return links ? linkified(node.data) : [node.data];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const name = node.tagName.toUpperCase();
  if (DROPPED.has(name)) return [];
  if (name === "BR") return ["\n"];
  const inside = (more) => [...node.childNodes].flatMap((child) => clean(child, more));

  if (name in PLAIN) return [el(PLAIN[name], {}, inside(links && name !== "PRE"))];
  if (name === "CODE") return [code(node, inside(false))];
  if (name === "TG-SPOILER" || node.classList.contains("tg-spoiler")) {
    return [spoiler(inside(links))];
  }
  const href = name === "A" ? node.getAttribute("href")?.trim() : null;
  if (href && SAFE_URL.test(href)) return [anchor(href, inside(false))];
  return inside(links);
}

export function anchor(href, children, props = {}) {
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", ...props }, children);
}

function linkified(text) {
  return splitLinks(text).map((part) => {
    if (part.url) return anchor(part.url, [part.text]);
    if (!part.command) return part.text;
    const dataset = { command: part.command };
    return el("button", { type: "button", class: "inline-command", dataset }, part.text);
  });
}

function code(node, children) {
  if (node.parentElement?.tagName === "PRE") return el("code", {}, children);
  // As in Telegram, a touch copies it: codes are there to be carried somewhere.
  const dataset = { copy: node.textContent };
  return el("code", { role: "button", tabindex: "0", title: "Скопировать", dataset }, children);
}

function spoiler(children) {
  const label = "Скрытый текст, показать";
  return el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": label },
    el("span", {}, children));
}
