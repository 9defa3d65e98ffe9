// Deep links of the bot, and what is a link in plain text.

const START_LINK =
  /^(?:https?:\/\/)?(?:t(?:elegram)?\.me\/|telegram\.dog\/)(\w+)\/?\?(?:.*&)?start=([\w-]{1,64})(?:&.*)?$/i;
const TG_LINK = /^tg:\/\/resolve\/?\?domain=(\w+)&start=([\w-]{1,64})$/i;
const DEEP_LINK = /https?:\/\/t\.me\/\w+\?start=[\w-]+/i;
const CODE = /^[\w-]{1,64}$/;
const IN_TEXT = /https?:\/\/[^\s<>«»"]+|\bt\.me\/[^\s<>«»"]+|(?<![\p{L}\p{N}_/.])\/[a-z][a-z0-9_]{0,31}\b/giu;

/** The payload of a deep link to this bot (to any bot, when no name is given), or null. */
export function startPayload(url, botName = null) {
  const found = START_LINK.exec(url.trim()) ?? TG_LINK.exec(url.trim());
  if (!found || (botName && found[1].toLowerCase() !== botName.toLowerCase())) return null;
  return found[2];
}

/** The payload of what somebody pasted into the invite field: a link or only its code. */
export function invitePayload(text) {
  return startPayload(text) ?? (CODE.test(text.trim()) ? text.trim() : null);
}

/** The first deep link in some text, or an empty string. */
export const findStartLink = (text) => DEEP_LINK.exec(text)?.[0] ?? "";

/** Splits plain text into [{text, url?, command?}], as Telegram marks links by itself. */
export function splitLinks(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(IN_TEXT)) {
    const found = match[0].replace(/[.,;:!?)\]]+$/, "");
    parts.push({ text: text.slice(end, match.index) });
    if (found.startsWith("/")) parts.push({ text: found, command: found });
    else parts.push({ text: found, url: /^https?:/i.test(found) ? found : `https://${found}` });
    end = match.index + found.length;
  }
  parts.push({ text: text.slice(end) });
  return parts.filter((part) => part.text);
}
