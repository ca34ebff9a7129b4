"""The command line's own words in the reader's language: help texts, and what Typer says of a wrong call.

Help stays plain English where it is written, in docstrings and `help=`; here it is looked up, command by command,
before any of it is shown.
"""

from __future__ import annotations

import gettext
import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import typer

from receiptbridge.errors import UsageError
from receiptbridge.rewording import reworded
from receiptbridge.words import CATALOGUES, DOMAIN, N_, _

LIBRARY_WORDS: Final = (
    N_("Arguments"), N_("Options"), N_("Commands"), N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("Usage: "),
    N_("[default: {}]"), N_("default: {default}"), N_("[env var: {}]"), N_("[required]"), N_("required"),
    N_("Show this message and exit."), N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)  # fmt: skip
"""What Typer shows with a help text. It looks most of them up by itself, once it is told where."""

FORMS: Final[Mapping[str, str]] = {
    "No such option: {option} (Possible options: {others})": N_("there is no option {option}; near it: {others}"),
    "No such option: {option}": N_("there is no option {option}"),
    "No such command '{name}'. Did you mean {others}?": N_("there is no command {name}; did you mean {others}?"),
    "No such command '{name}'.": N_("there is no command {name}"),
    "Missing command.": N_("a command is missing"),
    "Missing argument {name}. {more}": N_("the argument {name} is missing. {more}"),
    "Missing option {name}. {more}": N_("the option {name} is missing. {more}"),
    "Missing argument {name}.": N_("the argument {name} is missing"),
    "Missing option {name}.": N_("the option {name} is missing"),
    "Choose from:{choices}": N_("One of:{choices}"),
    "Invalid value for {name}: {what}": "{name}: {what}",
    "Option {name} requires an argument.": N_("the option {name} wants a value"),
    "Option {name} requires {count} arguments.": N_("the option {name} wants {count} values"),
    "Option {name} does not take a value.": N_("the option {name} takes no value"),
    "Got unexpected extra argument(s) ({words})": N_("nothing more is wanted, but there is: {words}"),
    "{value} is not one of {choices}.": N_("{value} is none of {choices}"),
    "Value {value} is not a valid {kind}.": N_("{value} is not what is wanted here ({kind})"),
    "{_} {path} does not exist.": N_("there is no {path}"),
    "{_} {path} is a file.": N_("{path} is a file, not a folder"),
    "{_} {path} is a directory.": N_("{path} is a folder, not a file"),
    "{_} {path} is not readable.": N_("{path} may not be read"),
    "{_} {path} is not writable.": N_("{path} may not be written"),
    "Input should be a valid integer{_}": N_("must be a whole number"),
    "Input should be a valid number{_}": N_("must be a number"),
    "Input should be a valid boolean{_}": N_("must be true or false"),
    "Input should be greater than or equal to {least}": N_("must be at least {least}"),
    "Input should be greater than {least}": N_("must be more than {least}"),
    "Input should be less than or equal to {most}": N_("must be at most {most}"),
    "Input should be less than {most}": N_("must be less than {most}"),
    "Input should be {some} or {last}": N_("must be {some} or {last}"),
    "Input should be {only}": N_("must be {only}"),
    "Value error, {what}": "{what}",
}  # fmt: skip

WIDE: Final = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
CLOSING: Final = "，。、；：？！）》」』】”’…"
OPENING: Final = "（《「『【“‘"
WORD: Final = re.compile(rf"\s*[{OPENING}]*(?:[{WIDE}][{CLOSING}]*|[^\s{WIDE}{OPENING}]+[{CLOSING}]*)\s*")
"""What stays on one line: a Chinese character or a word of letters, with the marks that belong to it."""

TYPES: Final[Mapping[str, str]] = {
    "<bool>": "", "<str>": "TEXT", "<path>": "FILE", "<int>": "NUMBER", "<float>": "NUMBER",
    "<list[str]>": "TEXT...", "<list[path]>": "FILE...",
}  # fmt: skip
"""What an option takes, as a manual page names it, and not as Python does."""


def prepare() -> None:
    """Tell Typer where its words are, before it looks the first of them up."""
    gettext.bindtextdomain(DOMAIN, CATALOGUES)
    gettext.textdomain(DOMAIN)
    if _("Usage: ") != "Usage: ":
        break_chinese_lines()


def break_chinese_lines() -> None:
    """Have rich break lines between Chinese characters, which no spaces part, and count cells where it counts
    characters; it cuts such lines off otherwise."""
    import rich._wrap
    from rich.text import Text

    def rstrip_end(self: Text, size: int) -> None:
        if self.cell_len > size:
            self.rstrip()

    rich._wrap.re_word = WORD
    Text.rstrip_end = rstrip_end  # type: ignore[method-assign]


def in_the_readers_language(
    command: Any, name: str = "receiptbridge", parent: typer.Context | None = None
) -> None:
    """Look up all help texts of a command and of those below it."""
    context = typer.Context(command, info_name=name, parent=parent)
    command.help = _(_paragraphs(command.help))
    command.options_metavar = _("[OPTIONS]")
    command.rich_help_panel = _(command.rich_help_panel) if command.rich_help_panel else None
    usage = command.get_usage
    command.get_usage = lambda ctx: usage(ctx).replace("Usage: ", _("Usage: "), 1)
    for parameter in command.get_params(context):
        parameter.help = _(_help_of(parameter))
        _name_what_it_takes(parameter, context)
    if hasattr(command, "commands"):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
        for below, inner in command.commands.items():
            in_the_readers_language(inner, below, context)


def help_texts(command: Any, parent: typer.Context | None = None) -> Iterator[str]:
    """All help texts of a command and of those below it, as they are looked up."""
    context = typer.Context(command, info_name=command.name, parent=parent)
    yield _paragraphs(command.help)
    yield from (
        parameter.help for parameter in command.get_params(context) if getattr(parameter, "help", None)
    )
    for inner in getattr(command, "commands", {}).values():
        yield from help_texts(inner, context)


def refusal(fault: Any) -> UsageError:
    """What Typer says of a wrong call, as this program says what is wrong."""
    context = getattr(fault, "ctx", None)
    asked = f"{context.command_path} --help" if context else "receiptbridge --help"
    return UsageError(reworded(fault.format_message(), FORMS), hint=_("Try: {command}").format(command=asked))


def _paragraphs(help_text: str | None) -> str:
    """A docstring with its paragraphs on a line each; examples keep their lines."""
    paragraphs = inspect.cleandoc(help_text or "").split("\n\n")
    return "\n\n".join(p if p.startswith("Example") else p.replace("\n", " ") for p in paragraphs)


def _help_of(parameter: Any) -> str:
    return getattr(parameter, "help", None) or ""


def _name_what_it_takes(parameter: Any, context: typer.Context) -> None:
    shown = parameter.display_type_rich(context)
    if shown in TYPES and parameter.metavar is None:
        parameter.display_type_rich = lambda ctx: TYPES[shown]
    elif parameter.param_type_name == "argument" and shown in TYPES:
        parameter.display_type_rich = lambda ctx: ""
