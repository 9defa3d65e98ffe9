"""What parents type, read into topic, track, school and grade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.loader import load_passport
from passport.parsing.question import Asked, read_question

QUESTIONS = load_passport().questions
TRACKS = (
    "медицинская",
    "инженерная",
    "педагогическая",
    "психолого-педагогическая",
    "морская",
    "ИТ",
    "атомкласс",
    "с углублённой химией и биологией",
)
MED, ENG, PED, SEA = "медицинская", "инженерная", "педагогическая", "морская"


def read(text: str) -> Asked:
    return read_question(text, QUESTIONS, TRACKS)


TOPICS = {
    "classes": (
        "Какие классы откроют в этом году?",
        "какие классы откроют",
        "какие есть классы",
        "открытые классы",
        "что откроют в этом году",
        "направления",
        "какие направленности",
        "предпрофессиональные классы",
        "классы",
        "КЛАССЫ!!!",
        "какие будут класы",
    ),
    "seats": (
        "Где есть места?",
        "есть ли места",
        "места",
        "сколько мест",
        "остались ли места",
        "свободные места",
        "вакантные места",
        "вакансии",
        "есть мсета?",
        "где свободно",
        "нет ли мест",
    ),
    "full": (
        "мест нет",
        "Нет мест",
        "нет мест!",
        "мест больше нет",
        "свободных мест нет",
        "говорят, мест не осталось",
        "все места заняты",
    ),
    "apply": (
        "сроки приёма",
        "до скольки принимают документы",
        "принимаете ещё?",
        "До какого числа подавать и куда?",
        "до какого числа",
        "до каково числа подавать",
        "сроки",
        "срок подачи",
        "как подать заявление",
        "как поступить",
        "куда подавать документы",
        "когда начнётся набор",
        "когда начнется набор",
        "до когда принимают заявления",
        "приёмная кампания",
        "как записаться",
        "подать заявку",
        "когда откроется набор",
    ),
    "exams": (
        "Что сдавать на ОГЭ?",
        "какие предметы сдавать",
        "какие придметы сдавать",
        "что сдавать",
        "огэ",
        "ОГЭ",
        "какие экзамены",
        "экзамен",
        "какие экзамены нужны",
        "нужна ли химия",
        "химия нужна?",
        "вступительные",
    ),
    "subjects": (
        "Какие предметы углублённо?",
        "углубленно",
        "какие предметы",
        "какие предметы изучают углублённо",
        "профильные предметы",
        "что изучают",
        "чему учат",
    ),
    "outsiders": (
        "мы не из этой школы, возьмут?",
        "из другого района можно?",
        "Можно из другой школы?",
        "можно ли из другой школы",
        "мы из другой школы",
        "берут из других школ",
        "не по прописке",
        "мы из другого района",
        "живём в другом районе",
        "по прописке",
        "перевод",
        "ребёнок учится в другой школе",
    ),
    "partners": (
        "С кем дружит школа – вуз, колледж?",
        "с кем дружит",
        "партнёры",
        "партнеры",
        "какие вузы",
        "колледж",
        "какие колледжи",
        "с каким университетом",
        "с какими предприятиями",
    ),
    "mode": (
        "Учатся очно или дистанционно?",
        "очно или дистанционно",
        "очно",
        "дистанционно",
        "дистанционное",
        "онлайн",
        "форма занятий",
        "форма обучения",
    ),
    "benefit": (
        "Что это даёт при поступлении?",
        "что даёт при поступлении",
        "что дает при поступлении",
        "льготы",
        "какие льготы",
        "дополнительные баллы",
        "баллы к ЕГЭ",
        "зачем это",
        "какая польза",
    ),
    "open_days": (
        "дни открытых двирей",
        "Когда день открытых дверей?",
        "день открытых дверей",
        "дни открытых дверей",
        "ДЕНЬ ОТКРЫТЫХ ДВЕРЕЙ",
        "день откртых дверей",
        "когда открытые двери",
    ),
    "local_act": (
        "Где прочитать положение?",
        "где положение",
        "положение",
        "лна",
        "локальный акт",
        "правила приёма",
        "правила приема",
        "где почитать правила",
    ),
    "subscribe": (
        "Сообщите, когда откроется набор",
        "сообщите когда появится место",
        "сообщи если появится место",
        "подписаться",
        "уведомления",
        "дайте знать",
    ),
    "unsubscribe": ("отписаться", "отпишите меня", "не присылайте больше", "мои подписки"),
    "contact": ("телефон", "куда позвонить", "контакты", "как доехать", "сколько стоит обучение"),
    "chance": ("нас возьмут?", "поступит ли мой ребёнок", "какие шансы", "гарантируете?"),
    "closed": (
        "сколько заявлений",
        "сколько подали заявлений",
        "какой конкурс",
        "средний балл",
        "рейтинг школ",
        "какая школа лучше",
        "проходной балл",
        "какой балл нужен",
        "кто не сдал",
    ),
    "schools": ("какие школы", "список школ", "в каких школах", "лицеи"),
    "hello": ("привет", "Здравствуйте!", "добрый день"),
    "thanks": ("спасибо", "Спасибо большое!"),
}
ABOUT = {
    "медицинский": Asked(track=MED),
    "Медицинская": Asked(track=MED),
    "медецинский": Asked(track=MED),
    "медицынский": Asked(track=MED),
    "мед": Asked(track=MED),
    "сын хочет стать врачом": Asked(track=MED),
    "дочка будет учителем": Asked(track=PED),
    "хотим в медицинский": Asked(track=MED),
    "где медицинский?": Asked(track=MED),
    "врач": Asked(track=MED),
    "vtlbwbycrbq": Asked(track=MED),
    "инженерный": Asked(track=ENG),
    "инженрный": Asked(track=ENG),
    "инженеры": Asked(track=ENG),
    "педагогический": Asked(track=PED),
    "педогогический": Asked(track=PED),
    "психолого-педагогический": Asked(track="психолого-педагогическая"),
    "морской": Asked(track=SEA),
    "айти": Asked(track="ИТ"),
    "IT": Asked(track="ИТ"),
    "химия": Asked(track="с углублённой химией и биологией"),
    "юридический": Asked(track="юридическая"),
    "юрфак": Asked(track="юридическая"),
    "хочет в полицию": Asked(track="правоохранительная"),
    "8-914-123-45-67 перезвоните": Asked(),
    "89141234567": Asked(),
    "мед класс 33, мой номер 23-45-67": Asked(topic="classes", track=MED, school=33),
    "химико-биологический": Asked(profile="естественно-научный"),
    "физико-математический": Asked(profile="технологический"),
    "гуманитарный": Asked(profile="гуманитарный"),
    "мед класс 33": Asked("classes", MED, school=33),
    "медкласс 33": Asked("classes", MED, school=33),
    "медицинский 33": Asked(track=MED, school=33),
    "33 медицинский": Asked(track=MED, school=33),
    "инженерный класс": Asked("classes", ENG),
    "33": Asked(school=33, bare=True),
    "№ 33": Asked(school=33, bare=True),
    "№33": Asked(school=33, bare=True),
    "33-я": Asked(school=33, bare=True),
    "33 школа": Asked(school=33),
    "33-я школа": Asked(school=33),
    "в 33й школе": Asked(school=33),
    "лицей 46": Asked(school=46),
    "46 лицей": Asked(school=46),
    "39 гимназия": Asked(school=39),
    "сш 3": Asked(school=3),
    "места в 24": Asked("seats", school=24),
    "есть ли места в медицинском": Asked("seats", MED),
    "что сдавать в медицинский 33": Asked("exams", MED, school=33),
    "день открытых дверей 46": Asked("open_days", school=46),
    "телефон школы 24": Asked("contact", school=24),
    "как добраться до школы 33": Asked("contact", school=33),
    "какой автобус идёт до 33 школы": Asked("contact", school=33),
    "как добираться до 33 школы": Asked("contact", school=33),
    "это платно или бесплатно?": Asked("contact"),
    "бесплатные места": Asked("seats"),
    "собираюсь поступать": Asked("apply"),
    "можно из другой школы в 33": Asked("outsiders", school=33),
    "10 класс": Asked("classes", grade=10),
    "мед 11 класс": Asked("classes", MED, grade=11),
    "10а": Asked(grade=10),
    "10 школа": Asked(school=10),
    "после 9 класса": Asked("classes"),
    "сообщите о местах в медицинском": Asked("subscribe", MED),
    "нет мест у медиков": Asked("full", MED),
    "в тридцать третьей школе мест нет": Asked("full", school=33),
    "тридцать третья школа": Asked(school=33),
    "медицинский в сорок шестом лицее": Asked(track=MED, school=46),
    "тридцать третья": Asked(school=33, bare=True),
    "десятый класс": Asked("classes", grade=10),
    "до двадцать первого августа": Asked(),
    "до 20 августа": Asked(),
    "2027": Asked(),
    "погода завтра": Asked(),
    "купить слона": Asked(),
    "Иванова Мария": Asked(),
    "как дела": Asked(),
    "расскажи анекдот": Asked(),
    "": Asked(),
    "???": Asked(),
    "👍": Asked(),
}
PHRASES = [(text, topic) for topic, texts in TOPICS.items() for text in texts]


@pytest.mark.parametrize(("text", "topic"), PHRASES)
def test_a_phrase_means_its_topic(text: str, topic: str) -> None:
    asked = read(text)
    assert (asked.topic, asked.track, asked.school) == (topic, "", None)


@pytest.mark.parametrize(("text", "asked"), ABOUT.items())
def test_tracks_schools_and_grades_are_found(text: str, asked: Asked) -> None:
    assert read(text) == asked


def test_the_way_to_a_school_hides_no_track() -> None:
    assert read_question("транспортная", QUESTIONS, ["транспортная"]) == Asked(track="транспортная")
    assert read("какой транспорт идёт до 33 школы").topic == "contact"


def test_a_phrase_keeps_its_topic_beside_a_track_and_a_school() -> None:
    for text, topic in PHRASES:
        if topic in ("hello", "thanks", "unsubscribe"):
            continue
        asked = read(f"{text} медицинский, школа № 33")
        assert (asked.topic, asked.track, asked.school) == (topic, MED, 33), text


WORDS = st.sampled_from(
    sorted({word for text, _ in PHRASES for word in text.split()} | set(" ".join(ABOUT).split()))
)
TYPED = st.lists(WORDS, max_size=8).map(" ".join)


@given(st.text(max_size=600))
def test_nothing_makes_it_fail(text: str) -> None:
    asked = read(text)
    assert asked.topic in {"", *(topic.key for topic in QUESTIONS.topics)}
    assert asked.school is None or asked.school > 0
    assert asked.grade in (None, 10, 11)


@given(TYPED)
def test_case_and_the_dots_of_yo_do_not_matter(text: str) -> None:
    asked = read(text)
    assert read(text.upper()) == asked
    assert read(text.lower().replace("ё", "е")) == asked


@given(
    st.lists(WORDS, max_size=8), st.sampled_from([" ", ", ", "  ", "… ", "! ", "? ", "\n", " – "])
)
def test_punctuation_between_words_does_not_matter(words: list[str], mark: str) -> None:
    assert read(mark.join(words)) == read(" ".join(words))


def test_there_are_phrases_enough() -> None:
    assert len(PHRASES) + len(ABOUT) >= 120


def test_a_text_of_a_whole_page_is_read_by_its_beginning() -> None:
    assert read("медицинский " + "ы" * 100_000).track == MED


def test_a_track_that_the_city_does_not_have_keeps_its_usual_name() -> None:
    assert read_question("медицинский", QUESTIONS).track == MED
    assert read_question("юрист", QUESTIONS).track == "юридическая"
