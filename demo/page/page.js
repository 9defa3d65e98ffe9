// Ties the parts together: what is known, which chat is open, what each action does.

import { api } from "./api.js";
import { ChatView } from "./chat.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { drafts } from "./drafts.js";
import { offerInvite, showFoot, watchFoot } from "./foot.js";
import { coalesce, listen } from "./live.js";
import { startPayload } from "./links.js";
import { complain, setOffline, showAlert, toast } from "./notices.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { PeopleList, watchNewPerson } from "./people.js";
import { openPopup } from "./popup.js";

const HEARTBEAT_MS = 20_000; // the demo clock may tick without an event
const TYPING_MS = 5000; // «печатает» ends without an event
const narrow = matchMedia("(max-width: 720px)");
const hasKeys = matchMedia("(hover: hover)");

let state = null;
let chat = null;
let chatId = null;
let cameFromList = false;
let online = true;
let typingTimer = 0;

const outbox = new Outbox();
const view = new ChatView({
  press, start, say,
  edit: (message) => composer.edit(message),
  reply: (message) => composer.reply(message),
  remove: (message) => act(() => api.remove(chat.id, message.id)),
});
const composer = new Composer({
  say,
  edit: (id, text) => act(() => api.edit(chat.id, id, text)),
  upload: (file, caption) => act(() => api.upload(chat.id, file, caption)),
  sticker: () => act(() => api.sticker(chat.id)),
  inline: (query) => api.inline(chat.id, query).catch(complain),
  choose: (queryId, resultId) => choose(queryId, resultId),
  start: (payload) => start(payload),
  message: (id) => view.message(id),
});
const people = new PeopleList((id) => {
  cameFromList = true;
  location.hash = id;
  if (hasKeys.matches && !narrow.matches) composer.focus();
});
const panel = new Panel({
  clock: (change) => act(() => api.clock(change)),
  fault: (key, on) => act(() => api.fault(key, on)),
  block: (id, blocked) => act(() => api.block(id, blocked)),
  restart: () => act(() => api.restart()),
  admit: (admitted) => act(() => api.admit(chat.id, admitted)),
  right: (key, on) => act(() => api.right(chat.id, key, on)),
});
watchFoot({ start, unblock: () => act(() => api.block(chat.id, false)) });
watchNewPerson(addPerson);

// ---- reading

const readState = coalesce(async () => {
  state = await api.state();
  draw();
});

const readChat = coalesce(async () => {
  const wanted = chatId;
  if (wanted === null) return;
  const fresh = await api.chat(wanted);
  if (wanted !== chatId) return; // another chat was opened meanwhile, and its reading is due
  chat = fresh;
  draw();
  clearTimeout(typingTimer);
  if (chat.typing) typingTimer = setTimeout(() => readChat().catch(connection.suspect), TYPING_MS);
});

async function readAll() {
  try {
    await Promise.all([readState(), readChat()]);
  } catch (error) {
    if (!online) return; // the line at the top says it already
    complain(error);
  }
}

const connection = listen({
  onEvent: (event) => {
    readState().catch(connection.suspect);
    if (event.chat_id === null || event.chat_id === undefined || event.chat_id === chatId) {
      readChat().catch(connection.suspect);
    }
  },
  onLost: () => setOnline(false),
  onBack: async () => {
    setOnline(true);
    await readAll();
    followHash();
  },
});

setInterval(() => {
  // A half-open connection looks alive to EventSource; a failed reading tells.
  if (!document.hidden && online) readState().catch(connection.suspect);
}, HEARTBEAT_MS);

function setOnline(now) {
  online = now;
  setOffline(!now);
}

// ---- drawing

function draw() {
  if (!state) return;
  const person = state.persons.find((one) => one.chat_id === chatId);
  people.show(state.persons, chatId);
  panel.show(state, person, chat?.id === chatId ? chat : null);
  drawTitle();
  if (!chat || chat.id !== chatId) return;
  const names = { bot: state.bot.name, person: person?.name ?? "Вы", channel: chat.title, via: state.bot.username };
  view.show(chat, outbox.waiting(chatId, chat.messages), names, state.bot.username);
  composer.show(chat, state.bot.username);
  showFoot(chat, person);
  drawHead(person);
}

function drawHead(person) {
  const isChannel = chat.kind === "channel";
  const statuses = { restarting: "бот перезапускается…", stopped: "бот остановлен" };
  const me = isChannel ? "канал" : person && `вы – ${[person.name, person.role].filter(Boolean).join(", ")}`;
  byId("chat-title").textContent = isChannel ? chat.title : state.bot.name;
  const status = statuses[state.bot.status] ?? (chat.typing ? "печатает…" : me);
  // Written only when it changes: a live region reads every writing aloud.
  if (byId("chat-status").textContent !== status) byId("chat-status").textContent = status ?? "";
}

function drawTitle() {
  const unread = state.persons.reduce((sum, one) => sum + (one.chat_id === chatId ? 0 : one.unread), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${state.bot.name} – показ`;
}

// ---- which chat is open: the address keeps it, so a reload and the phone's «back» work

function followHash() {
  if (!state) return;
  const asked = Number(location.hash.slice(1));
  const known = state.persons.some((person) => person.chat_id === asked);
  if (known) openChat(asked);
  else if (narrow.matches || !state.persons.length) closeChat();
  else location.replace(`#${state.persons[0].chat_id}`);
}

function openChat(id) {
  document.body.dataset.pane = "chat";
  if (id === chatId) return;
  chatId = id;
  offerInvite(state.persons.find((person) => person.chat_id === id)?.note);
  draw();
  readAll();
}

/** On a phone, in the list: no chat is open, so none of them counts as being read. */
function closeChat() {
  document.body.dataset.pane = "list";
  chatId = null;
  draw();
}

function backToList() {
  if (cameFromList) history.back();
  else location.replace("#");
}

window.addEventListener("hashchange", followHash);
narrow.addEventListener("change", followHash);
byId("back").addEventListener("click", backToList);

// ---- acting; every action reads the chat again itself, so that it works without the stream, too

/**
 * True when it worked, otherwise the person has been told. Works on `chat`, what is in front of
 * the eyes, and not on `chatId`: the chat that was just chosen may still be on its way.
 */
async function act(work) {
  try {
    await work();
  } catch (error) {
    complain(error);
    return false;
  }
  await readAll();
  return true;
}

/** at: what was pressed. A channel is read by everybody, so there one is asked who pressed. */
function start(payload, at) {
  if (chat?.kind === "channel") {
    const people = state.persons.filter((one) => one.kind !== "channel");
    openPopup(at, people.map((one) => ({
      label: one.name, hint: one.role, run: () => startAs(one.chat_id, payload),
    })), "Кто открывает ссылку");
    return true;
  }
  view.toBottom();
  return act(() => api.start(chat.id, payload));
}

async function startAs(id, payload) {
  if (!(await act(() => api.start(id, payload)))) return;
  cameFromList = false;
  location.hash = id;
}

function choose(queryId, resultId) {
  view.toBottom();
  return act(() => api.choose(chat.id, queryId, resultId));
}

async function say(text, replyTo) {
  const here = chat.id;
  const payload = startPayload(text, state.bot.username);
  if (payload !== null) {
    // In Telegram one would tap the link; whoever pastes it here wants to open it.
    if (!(await start(payload))) giveBack(here, text, replyTo);
    return;
  }
  const newest = Math.max(0, ...chat.messages.map((message) => message.id));
  const sending = outbox.send(here, text, replyTo, newest);
  draw();
  view.toBottom();
  try {
    const parts = await sending;
    await readAll();
    outbox.settle(here, parts);
  } catch (error) {
    giveBack(here, error.unsent ?? text, replyTo);
    complain(error);
  }
  draw();
}

function giveBack(here, text, replyTo) {
  drafts.giveBack(here, text, replyTo ? { kind: "reply", id: replyTo } : null);
  if (here === chat.id) composer.reload();
}

async function press(messageId, row, col) {
  try {
    const answer = (await api.press(chat.id, messageId, row, col))?.toast;
    if (answer?.alert) showAlert(answer.text);
    else if (answer?.text) toast(answer.text);
  } catch (error) {
    complain(error);
  }
  await readAll();
}

async function addPerson(name) {
  try {
    const person = await api.addPerson(name);
    await readState();
    cameFromList = true;
    location.hash = person.chat_id;
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}
