// Inline mode: what the bot offers for the words after its name.

const PAUSE_MS = 300; // the bot is not asked for every letter

export class InlineMode {
  #ask;
  #show;
  #timer = 0;
  #asked = ""; // what the field says now: an answer to older words is not shown

  /** ask(query) → the server's answer; show(items): [{title, note, take?}]. */
  constructor({ ask, show }) {
    this.#ask = ask;
    this.#show = show;
  }

  /** True when the text is a query, and the list belongs to it. */
  update(text, botName, take) {
    clearTimeout(this.#timer);
    const query = queryOf(text, botName);
    this.#asked = query === null ? "" : text;
    if (query === null) return false;
    this.#timer = setTimeout(() => this.#go(text, query, take), PAUSE_MS);
    return true;
  }

  stop() {
    clearTimeout(this.#timer);
    this.#asked = "";
  }

  async #go(text, query, take) {
    const answer = await this.#ask(query);
    if (this.#asked !== text) return;
    this.#show(itemsOf(answer, take));
  }
}

/** The words after the bot's name, or null for any other text. */
export function queryOf(text, botName) {
  const found = /^@(\w+)\s(.*)$/s.exec(text);
  return found && found[1].toLowerCase() === botName.toLowerCase() ? found[2].trim() : null;
}

/** take: {result(queryId, resultId), start(payload)}. */
function itemsOf(answer, take) {
  if (!answer?.answered) return [{ title: "Бот пока не ответил", note: "" }];
  const items = answer.results.map(({ id, title, description }) => ({
    title, note: description, take: () => take.result(answer.query_id, id),
  }));
  const { button } = answer;
  if (button) items.unshift({ title: button.text, note: "", aside: true, take: () => take.start(button.start_parameter) });
  return items.length ? items : [{ title: "Ничего не нашлось", note: "" }];
}
