"""A post before it goes out: how it would look, and what a manager may decide."""

from handlers.campaigns.callbacks import campaign_tap, post_tap
from handlers.campaigns.post import compose
from handlers.screen import Button, Row, Screen
from handlers.visit import Visit
from handlers.words import when
from storage.posts import Post

FRAME = 300  # signs that the screen of a draft adds to the post


async def draft_screen(visit: Visit, post: Post, notice: str = "") -> Screen:
    """The post as it stands now, above the four decisions. Silence publishes it at its hour."""
    shown = await compose(visit, post, FRAME)
    head = f"{notice}\n\n" if notice else ""
    text = (
        f"{head}📝 <b>Черновик поста в канал</b>\n"
        f"Выйдет сам {when(post.due_at, visit.zone)}, если ничего не нажимать.\n"
        "———\n"
        f"{shown.text}"
    )
    return Screen(text, decisions(post))


def decisions(post: Post) -> tuple[Row, ...]:
    seen = post.revision
    return (
        (Button("Опубликовать сейчас", post_tap("now", post.id, seen), style="primary"),),
        (
            Button("Изменить", post_tap("change", post.id, seen)),
            Button("Перенести", post_tap("move", post.id, seen)),
        ),
        (Button("Отменить", post_tap("cancel", post.id, seen), style="danger"),),
        (
            Button("Текст для ВКонтакте и MAX", post_tap("twin", post.id)),
            Button("← Кампания", campaign_tap("show", post.year)),
        ),
    )
