// The demo server, one function per endpoint.

export class ApiError extends Error {}

const LOST = "Нет связи. Попробуйте ещё раз.";
const PRESS_PATIENCE = 30_000; // Telegram, too, stops turning the wheel in the end

async function ask(path, { method = "GET", json, form, patience } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      body: form ?? (json === undefined ? undefined : JSON.stringify(json)),
      headers: json === undefined ? {} : { "Content-Type": "application/json" },
      signal: patience ? AbortSignal.timeout(patience) : undefined,
      cache: "no-store",
    });
  } catch (error) {
    throw new ApiError(error.name === "TimeoutError" ? "Бот пока не ответил." : LOST);
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok || answer?.ok === false) {
    throw new ApiError(answer?.error || `Ошибка ${response.status}`);
  }
  return answer;
}

const post = (path, json = {}, more = {}) => ask(path, { method: "POST", json, ...more });
const chatPost = (id, verb, json, more) => post(`/sim/chats/${id}/${verb}`, json, more);

export const api = {
  state: () => ask("/sim/state"),
  chat: (id) => ask(`/sim/chats/${id}`),
  send: (id, text, replyTo) =>
    chatPost(id, "message", replyTo ? { text, reply_to: replyTo } : { text }),
  press: (id, messageId, row, col) =>
    chatPost(id, "press", { message_id: messageId, row, col }, { patience: PRESS_PATIENCE }),
  edit: (id, messageId, text) => chatPost(id, "edit", { message_id: messageId, text }),
  start: (id, payload) => chatPost(id, "start", payload ? { payload } : {}),
  block: (id, blocked) => chatPost(id, "block", { blocked }),
  inline: (id, query) => chatPost(id, "inline", { query }),
  choose: (id, queryId, resultId) => chatPost(id, "choose", { query_id: queryId, result_id: resultId }),
  admit: (id, admitted) => post(`/sim/rooms/${id}/bot`, { admitted }),
  right: (id, key, on) => post(`/sim/rooms/${id}/right`, { key, on }),
  remove: (id, messageId) => post(`/sim/rooms/${id}/remove`, { message_id: messageId }),
  sticker: (id) => chatPost(id, "sticker"),
  upload(id, file, caption) {
    const form = new FormData();
    if (caption) form.append("caption", caption);
    form.append("file", file, file.name);
    return ask(`/sim/chats/${id}/upload`, { method: "POST", form });
  },
  clock: (change) => post("/sim/clock", change),
  fault: (key, on) => post("/sim/fault", { key, on }),
  restart: () => post("/sim/bot/restart"),
  addPerson: (name) => post("/sim/persons", { name }),
};
