"""`make messages`: bring the catalogues up to date with the texts in the code, and compile them.

A text is what stands in `_("...")` or `N_("...")`, and the help of every command. What is new comes into
receiptbridge/locale/LANGUAGE/LC_MESSAGES/receiptbridge.po without a translation: write it there, and run this again.
`python tools/messages.py --check` changes nothing, and says what is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

from receiptbridge.cli import build_app
from receiptbridge.cli.wording import help_texts
from receiptbridge.words import CATALOGUES, DOMAIN

ROOT = Path(__file__).parents[1]
WIDTH = 110


def template() -> Catalog:
    """All texts that there are, with the files that have them."""
    catalogue = Catalog(project=DOMAIN, charset="utf-8")
    found = extract_from_dir(
        str(ROOT / DOMAIN), keywords={"_": None, "N_": None}, method_map=[("**.py", "python")]
    )
    for file, _line, text, _comments, _context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(text, locations=[(f"{DOMAIN}/{file}", 0)])
    for text in filter(None, help_texts(get_command(build_app()))):
        catalogue.add(text, locations=[("help", 0)])
    return catalogue


def catalogues() -> list[Path]:
    return sorted(CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def update(path: Path) -> Catalog:
    """Take in what is new, drop what is gone, and compile what is translated."""
    catalogue = read(path)
    created = catalogue.creation_date
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date = created
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_lineno=False, sort_by_file=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return catalogue


def faults(path: Path) -> Iterator[str]:
    """What a catalogue lacks: texts, translations, facts in a translation, and its compiled form."""
    catalogue = read(path)
    texts, known = {m.id for m in template() if m.id}, {m.id for m in catalogue if m.id}
    yield from (f"not in the catalogue: {text}" for text in sorted(texts - known))
    yield from (f"no longer in the code: {text}" for text in sorted(known - texts))
    for message in catalogue:
        if message.id:
            yield from (f"{fault}: {message.id}" for fault in _faults_of(message))
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {m.id: m.string for m in read_mo(file) if m.id}
    if compiled != {m.id: m.string for m in catalogue if m.id and m.string and not m.fuzzy}:
        yield "the .mo file is not what the .po file says"


def _faults_of(message: Message) -> Iterator[str]:
    if not message.string:
        yield "not translated"
    elif message.fuzzy:
        yield "not certain"
    elif _facts(message.id) != _facts(message.string):
        yield "other {facts} in the translation"


def _facts(text: str) -> list[tuple[str, str, str]]:
    """`{lane!r}`, `{seconds:.1f}`: they are filled in, so both must have the same."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:  # braces that are none of ours
        return []
    return sorted(
        (name, spec or "", conversion or "") for _, name, spec, conversion in parts if name is not None
    )


def main() -> int:
    check = "--check" in sys.argv
    found = []
    for path in catalogues():
        if not check:
            update(path)
        found += [f"{path.relative_to(ROOT)}: {fault}" for fault in faults(path)]
    print("\n".join(found) or "Everything is translated.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
