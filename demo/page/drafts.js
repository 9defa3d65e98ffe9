// What has been typed and not sent, per chat; a reload of the page does not lose it.

const PREFIX = "draft:";
const NOTHING = { text: "", mode: null, aside: "" };

/**
 * A draft is {text, mode, aside}: mode is null or {kind: "edit" | "reply", id}; aside keeps the
 * words that were in the field when an edit began.
 */
export const drafts = {
  get(chatId) {
    const stored = sessionStorage.getItem(PREFIX + chatId);
    return stored ? { ...NOTHING, ...JSON.parse(stored) } : { ...NOTHING };
  },

  set(chatId, draft) {
    if (draft.text || draft.mode || draft.aside) {
      sessionStorage.setItem(PREFIX + chatId, JSON.stringify(draft));
    } else {
      sessionStorage.removeItem(PREFIX + chatId);
    }
  },

  /** Gives back what could not be sent, above what has been typed since. */
  giveBack(chatId, text, mode) {
    const now = this.get(chatId);
    if (now.mode?.kind === "edit") this.set(chatId, { ...now, aside: join(text, now.aside) });
    else this.set(chatId, { ...now, text: join(text, now.text), mode: now.mode ?? mode });
  },
};

const join = (first, second) => (second ? `${first}\n${second}` : first);
