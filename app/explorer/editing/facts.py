"""A fact by hand: the form of each class, what becomes of what is written in it, and those that a person entered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from citydiplomacy.graph.export.tables import row
from citydiplomacy.graph.language.text import capital
from citydiplomacy.graph.model.records import Source
from citydiplomacy.graph.model.schema import REGISTRY, Kind, Record, RecordClass, by_folder
from citydiplomacy.graph.model.table_cells import join_values
from citydiplomacy.graph.store.lookup import find
from citydiplomacy.graph.store.reader import Store
from citydiplomacy.loaders.hand import claims
from citydiplomacy.loaders.hand.claims import SOURCE, EnteredFact
from citydiplomacy.loaders.resolution.judging import waiting
from citydiplomacy.loaders.tables.drafts import CONFLICT
from citydiplomacy.queries.wording.phrases import Phrase
from citydiplomacy.visuals.document.blocks import Paragraph
from citydiplomacy.visuals.svg.plain_text import clean

from ...answers import by_hand
from ...errors import InputError, UsageError, visible
from ...naming import shown_names
from ..desk import Desk
from ..page import Field, Menu, Message, OnPage, Page, PageForm, PageLink
from .fields import LANGUAGES, NEEDED, cells_of, columns_of, field, has_own_id, source_columns
from .start import ENTERED, ways
from .work import Work

NOT_HERE = frozenset({"Source", "Match", "Disagreement"})
"""Classes that have no form: what describes sources, and what is decided or marked elsewhere."""
FIRST = ("Agreement", "Membership", "Mission", "Route", "Activity", "City", "Organization", "Need", "Observation")
"""Classes in the order in which people look for them; others follow."""
SOURCE_FIELDS = {"source", "source_title", "source_lang", *(f"source_{each.name}" for each in source_columns())}
"""The names of the fields that say who says so."""


def class_of(folder: str) -> RecordClass | None:
    """The class whose form stands at an address; None if there is none."""
    entry = by_folder(f"{folder}/")
    return entry if entry and entry.name not in NOT_HERE else None


def choice_page(desk: Desk, work: Work) -> Page:  # noqa: ARG001
    """Of what kind the fact is: with `about` in the address, those that can be about that record."""
    say, lang = desk.say, desk.wanted.lang
    about = desk.wanted.value("about")
    record = desk.store.get(about) if about and by_folder(about) and desk.store.has(about) else None
    names = (*FIRST, *(each for each in REGISTRY if each not in FIRST and each not in NOT_HERE))
    links = []
    for entry in map(REGISTRY.__getitem__, names):
        given = _about(entry, record) if record else ()
        if record and not given:
            continue
        links.append(PageLink(entry.title(lang), desk.wanted.to("edit", "fact", entry.folder, query=given).address()))
    title = (
        say("Add a fact about {name}", "افزودن گزاره‌ای دربارهٔ {name}", name=record.label(lang))
        if record
        else say("Add a fact", "افزودن گزاره")
    )
    told = say(
        "Choose what it is. It takes a source: who says so, and where that can be read.",
        "برگزینید که چیست. منبعی می‌خواهد: چه کسی آن را گفته است و کجا می‌توان خواندش.",
    )
    menu = Menu(tuple(links), str(say("What is it?", "چیست؟")))
    return Page(desk.wanted, str(title), [Paragraph(told), ways(desk, ENTERED), menu], appendix=desk.appendix)


def _about(entry: RecordClass, record: Record) -> tuple[tuple[str, str], ...]:
    """The field of a form in which a record is named from the start; none if a fact of the class is not about it."""
    if entry is record.schema and has_own_id(entry):
        return (("id", record.id),)
    takes = (prop for prop in entry.own if prop.kind is Kind.REFERENCE and record.schema.name in prop.range)
    return next((((prop.name, record.id),) for prop in takes), ())


def of(entry: RecordClass) -> tuple[Callable[[Desk, Work], Page], Callable[[Work], Message | None]]:
    """The page with the form of a class, and what the form does."""
    return partial(form_page, entry), partial(enter, entry)


def form_page(entry: RecordClass, desk: Desk, work: Work) -> Page:
    """The form of a class: what is said, and who says so."""
    say, lang = desk.say, desk.wanted.lang
    fields: list[Field] = []
    if has_own_id(entry):
        fields.append(
            Field(
                "id",
                str(say("Which", "کدام")),
                *_given(work, "id"),
                suggest=entry.folder,
                hint=str(say("empty for a new one", "برای چیزی تازه خالی بماند")),
                error=work.problems.get("id", ""),
            )
        )
    for asked in columns_of(entry, lang):
        fields += field(work, asked)
    fields += _source_fields(desk, work)
    here = desk.wanted.to("edit", "fact", entry.folder).address()
    form = PageForm(here, tuple(fields), str(say("Enter it", "ثبت")), changes=True)
    title = say("Add a fact: {what}", "افزودن گزاره: {what}", what=entry.title(lang))
    blocks: list[OnPage] = [
        *_entered(desk, work),
        ways(desk, ("fact", "Another kind of fact", "گزاره‌ای از گونهٔ دیگر"), ENTERED),
        form,
    ]
    return Page(desk.wanted, str(title), blocks, appendix=desk.appendix)


def _source_fields(desk: Desk, work: Work) -> Iterator[Field]:
    """Who says so: a source that was named before, or a new one; and where in it."""
    say, needed = desk.say, str(desk.say(*NEEDED))
    yield Field("", str(say("Who says so", "چه کسی می‌گوید")), kind="part")
    if before := _before(desk.store, work):
        choices = (
            ("", str(say("a new one", "منبعی تازه"))),
            *((each.id, clean(each.label(desk.wanted.lang))) for each in before),
        )
        label = str(say("A source that you named before", "منبعی که پیش‌تر نام بردید"))
        yield Field("source", label, *_given(work, "source"), "select", choices)
    title, error = str(say("Title of the source", "عنوان منبع")), work.problems.get("source_title", "")
    yield Field("source_title", title, *_given(work, "source_title"), required=not before, hint=needed, error=error)
    spoken = tuple((key, str(say(*words))) for key, words in LANGUAGES.items())
    language = _given(work, "source_lang")[0] or desk.wanted.lang
    yield Field("source_lang", str(say("Language of the title", "زبان عنوان")), language, "select", spoken)
    for asked in source_columns():
        for each in field(work, asked, "source_"):
            yield each if not before else replace(each, required=False)
    where = str(say("Where in it", "کجای آن"))
    hint = str(say("page, table, item; needed without an address", "صفحه، جدول، ردیف؛ بی نشانی لازم است"))
    yield Field("locators", where, *_given(work, "locators"), hint=hint, error=work.problems.get("locators", ""))


def _given(work: Work, name: str) -> tuple[str]:
    return ((*work.given.get(name, ()), "")[0],)


def _before(store: Store, work: Work) -> list[Source]:
    """The sources that a person named before."""
    collection = claims.collection_of(work.who)
    return [source for name, (source, _) in claims.held(store, collection).items() if name != collection.id]


def enter(entry: RecordClass, work: Work) -> None:
    """Put the fact that a form tells into the person's collection. Raises UsageError where anything is wrong."""
    columns = tuple(columns_of(entry, work.lang.value))
    names = {"locators", *(["id"] if has_own_id(entry) else []), *(each.name for each in columns)}
    if unknown := sorted(work.given.keys() - names - SOURCE_FIELDS):
        raise UsageError(f"The form has no field {unknown[0]!r}.")
    with Store.open_folder(work.folder) as store:
        cells = cells_of(work, store, entry, columns)
        if has_own_id(entry):
            cells["id"] = _own_id(work, store, entry, cells)
        source = _source_cells(work, store)
        if where := _given(work, "locators")[0].strip():
            cells["locators"] = join_values([where])
    if not work.problems:
        try:
            work.entered = by_hand.enter(work.folder, work.who, EnteredFact(entry, cells, source))
        except InputError as error:
            _beside(work, error, names)
    if work.problems:
        raise UsageError("Nothing was entered.", hint="What is wrong is told beside the fields.")
    work.given = {"source": [source["id"]]}


def _beside(work: Work, error: InputError, names: set[str]) -> None:
    """Tell what a load refused beside its field. Raises the error again if it is about none."""
    told = error
    if error.reason == CONFLICT:
        told = InputError(
            "the same source tells it otherwise already",
            value=error.value,
            expected=error.expected,
            hint="Take that fact back first, or name another source.",
        )
    name = (error.column or "").partition(", ")[0]
    if error.file == SOURCE:
        name = "source_title" if name.startswith(("label", "id")) else f"source_{name}"
    elif name not in names:
        raise error
    work.wrong(name, told)


def _own_id(work: Work, store: Store, entry: RecordClass, cells: Mapping[str, str]) -> str:
    """The id of the thing that is told of: a known one, or of a new one what its name makes."""
    label = f"label_{work.lang}"
    try:
        if known := _given(work, "id")[0].strip():
            return find(store, known, entry.name)
    except UsageError as error:
        work.wrong("id", error)
        return ""
    name = next((cells[each] for each in (label, "label_en", "label_fa") if each in cells), "")
    made = f"{entry.folder}/{claims.named(name)}"
    if not claims.named(name):
        work.wrong(label, UsageError("What is new needs a name.", hint="Or say in the first field which one it is."))
    elif store.has(made):
        work.wrong(
            label, UsageError(f"{made} is there already.", hint="Name it in the first field, or call this otherwise.")
        )
    return made


def _source_cells(work: Work, store: Store) -> dict[str, str]:
    """The row of the source that a form names: one named before as it stands, or a new one."""
    title, chosen = _given(work, "source_title")[0].strip(), _given(work, "source")[0]
    if chosen:
        before = {each.id: each for each in _before(store, work)}
        if chosen not in before:
            raise UsageError("You named no such source before.", hint="Name it below.")
        if title or any(_given(work, f"source_{each.name}")[0].strip() for each in source_columns()):
            work.wrong(
                "source_title",
                UsageError("Two sources are named.", hint="Leave the new one empty, or choose none above."),
            )
        else:
            return row(before[chosen])
        return {}
    cells = cells_of(work, store, Source.schema, tuple(source_columns()), "source_")
    language = _given(work, "source_lang")[0]
    if not claims.named(title):
        work.wrong("source_title", UsageError("Who says so?", hint="Nothing is told here without a source."))
    if not (_given(work, "locators")[0].strip() or _given(work, "source_address")[0].strip()):
        work.wrong(
            "source_address", UsageError("Where can it be read?", hint="An address, or the place in the source.")
        )
    cells[f"label_{language if language in LANGUAGES else work.lang}"] = title
    return {**cells, "id": f"{claims.collection_of(work.who).id}/{claims.named(title)}"}


def _entered(desk: Desk, work: Work) -> Iterator[Message]:
    """What became of a fact: as it was read, and under which id it is told."""
    if not work.entered:
        return
    say, record, told_as = desk.say, work.entered.record, work.entered.told_as
    if not work.entered.changed:
        yield Message((say("Its source told that already: nothing changed.", "منبعش همین را می‌گفت: چیزی دگرگون نشد."),))
        return
    lines = [say("Entered: {what}.", "ثبت شد: {what}.", what=desk.mark(told_as))]
    lines += [Phrase(visible(f"{title}: {value}")) for title, value in said(desk, record)]
    if told_as != record.id:
        lines.append(
            say(
                "It is known already, and told as {name}.",
                "پیش‌تر شناخته بود و با نام {name} گفته می‌شود.",
                name=desk.mark(told_as),
            )
        )
    elif any(told_as in (pair.one, pair.other) for pair in waiting(desk.store)):
        lines.append(
            say(
                "It may be one with something known: see the pairs that wait.",
                "شاید با چیزی شناخته یکی باشد: جفت‌های منتظر را ببینید.",
            )
        )
    yield Message(tuple(lines))


def said(desk: Desk, record: Record) -> Iterator[tuple[str, str]]:
    """What a record says as it was read: the titles of its properties and their values for people."""
    for prop in record.schema.properties:
        value = getattr(record, prop.name)
        if value not in (None, ()):
            yield capital(prop.label(desk.wanted.lang)), str(desk.say.shown(shown_names(desk.store, value, desk.lang)))
