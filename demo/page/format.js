// How dates, sizes and names are written.

const ZONE = "Asia/Kamchatka"; // the demo lives in its own city, wherever the browser is
const DAY_KEY = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE });
const DAY = new Intl.DateTimeFormat("ru-RU", {
  timeZone: ZONE, weekday: "short", day: "numeric", month: "long", year: "numeric",
});

/** «2027-01-14», to tell days apart. */
export const dayKey = (iso) => DAY_KEY.format(new Date(iso));

/** «чт, 14 января 2027»; always absolute, for the clock of the demo jumps. */
export const dayLabel = (iso) => DAY.format(new Date(iso)).replace(/\s*г\.$/, "");

export function sizeLabel(size) {
  if (typeof size !== "number") return String(size ?? "");
  if (size < 1024) return `${size} Б`;
  const [value, unit] = size < 1024 ** 2 ? [size / 1024, "КБ"] : [size / 1024 ** 2, "МБ"];
  return `${value.toLocaleString("ru-RU", { maximumFractionDigits: 1 })} ${unit}`;
}

export function initials(name) {
  const words = name.split(/[\s–—-]+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words.slice(0, 2).map((word) => word[0].toUpperCase()).join("") || "?";
}

export const tone = (id) => `tone-${Math.abs(id) % 6}`;

const KINDS = {
  sticker: "Стикер", voice: "Голосовое сообщение", contact: "Контакт", video: "Видео",
  video_note: "Видеосообщение", audio: "Аудио", location: "Место на карте", animation: "GIF",
};

const SHOWN_ITSELF = new Set(["text", "document", "photo"]);

/** What to call a message that the page cannot show; empty for those it can. */
export function kindLabel({ kind, document, photo }) {
  if (!kind || SHOWN_ITSELF.has(kind) || document || photo) return "";
  return KINDS[kind] ?? kind;
}

/** What a message is in one line: for a quote, a screen reader. */
export function gist(message, limit = 90) {
  const text = (message.text || "").replace(/\s+/g, " ").trim();
  if (text) return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  if (message.document) return message.document.name;
  if (message.photo) return "Фото";
  return kindLabel(message) || "Сообщение";
}
