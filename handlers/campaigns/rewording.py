"""A second text for a draft whose first one was taken: the chat is still at the draft.

No question is open then, so words that stand for a command keep their meaning. Any other text is
offered in the place of the first, never taken: silence publishes a draft.
"""

from dataclasses import replace

from handlers.access import RIGHTS
from handlers.campaigns.callbacks import post_tap
from handlers.campaigns.drafts import post_screen
from handlers.screen import Button, Screen
from handlers.visit import Visit
from handlers.words import q
from passport.announcement import parse_announcement
from passport.values import Refusal, Slot
from storage import posts, prompts
from storage.posts import Post
from storage.prompts import Prompt

LONGEST_WORDS = 1000  # of a post that has lists below them
LONGEST_ANNOUNCEMENT = 2500
AT_POST = "post"  # which of the rows that remember a place this one is


def longest(post: Post) -> int:
    return LONGEST_WORDS if post.occasion else LONGEST_ANNOUNCEMENT


async def stay(visit: Visit, post: Post) -> None:
    """From now on no question is open, and the chat is at this draft."""
    prompt = Prompt("look", 0, Slot(AT_POST, post.id), revision=post.revision)
    await prompts.put(visit.tx, visit.chat_id, prompt)


async def offered(visit: Visit, post: Post) -> str:
    """The text that was offered for this draft as it is; empty for none."""
    prompt = await _at_post(visit)
    if prompt is None or (prompt.slot.class_id, prompt.revision) != (post.id, post.revision):
        return ""
    return prompt.draft or ""


async def typed(visit: Visit, text: str) -> Screen | None:
    """A text that nothing else waits for; None where the chat is at no draft."""
    prompt = await _at_post(visit)
    post = await posts.get(visit.tx, prompt.slot.class_id) if prompt else None
    if prompt is None or post is None or visit.actor not in RIGHTS["publish"]:
        return None
    if post.state != "draft" or post.revision != prompt.revision:
        await prompts.put(visit.tx, visit.chat_id, None)
        return await post_screen(visit, post, "Новый текст не записан: пост уже другой. Вот он.")
    said = parse_announcement(text, longest(post))
    if isinstance(said, Refusal):
        return await post_screen(visit, post, f"⚠️ Новый текст не записан. {q(said.text)}")
    await prompts.put(visit.tx, visit.chat_id, replace(prompt, draft=said.text))
    return Screen(
        "<b>Заменить текст поста этим?</b>\nПока не нажмёте «Заменить», остаётся прежний.\n———\n"
        f"{q(said.text)}",
        (
            (Button("Заменить", post_tap("replace", post.id, post.revision), style="primary"),),
            (Button("← Оставить прежний", post_tap("show", post.id)),),
        ),
    )


async def _at_post(visit: Visit) -> Prompt | None:
    prompt = await prompts.get(visit.tx, visit.chat_id)
    if prompt is None or prompt.purpose != "look" or prompt.slot.question != AT_POST:
        return None
    return prompt
