"""What is wrong with the values of a file, said as a person would: what is allowed, not what a library expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from receiptbridge.checked import Fault, WrongData
from receiptbridge.errors import ConfigError
from receiptbridge.rewording import reworded
from receiptbridge.words import N_

FORMS: Final[Mapping[str, str]] = {
    # receiptbridge.checked, which knows no languages
    "no such key": N_("no such key"),
    "must be given": N_("must be given"),
    "must be text": N_('must be a text, in "quotes"'),
    "must be {some} or {last}": N_("must be {some} or {last}"),
    # receiptbridge.profiles.model and money, which know none either
    "no such charset; {some} are some": N_("no such charset; {some} are some"),
    "a label is blank": N_("a label is blank"),
    "{code} is not the code of a currency in ISO 4217 (such as CNY or EUR)": N_(
        "{code} is not the code of a currency in ISO 4217 (such as CNY or EUR)"
    ),
    "has {count} characters, at most {most} are taken": N_(
        "has {count} characters, at most {most} are taken"
    ),
    "is no regular expression: {fault}": N_("is no regular expression: {fault}"),
    "has no group {group} around what is to be read": N_("has no group {group} around what is to be read"),
    "refers back to a group, which may take too long": N_("refers back to a group, which may take too long"),
    "has {count} optional or alternative parts, at most {most} are taken": N_(
        "has {count} optional or alternative parts, at most {most} are taken"
    ),
    "has several repetitions that can match the same characters, which may take too long; {advice}": N_(
        "has several repetitions that can match the same characters, which may take too long; {advice}"
    ),
    "repeats a group that can match in several ways, which may take too long": N_(
        "repeats a group that can match in several ways, which may take too long"
    ),
    # msgspec
    "Expected int >= {least}": N_("must be a whole number, at least {least}"),
    "Expected int > {least}": N_("must be a whole number, more than {least}"),
    "Expected int <= {most}": N_("must be a whole number, at most {most}"),
    "Expected float >= {least}": N_("must be at least {least}"),
    "Expected float > {least}": N_("must be more than {least}"),
    "Expected float <= {most}": N_("must be at most {most}"),
    "Expected float < {most}": N_("must be less than {most}"),
    "Expected int{_}, got {other}": N_("must be a whole number"),
    "Expected float{_}, got {other}": N_("must be a number"),
    "Expected bool{_}, got {other}": N_("must be true or false"),
    "Expected str{_}, got {other}": N_('must be a text, in "quotes"'),
    "Expected object{_}, got {other}": N_("must be a table"),
    "Expected array{_}, got {other}": N_("must be a list, in [brackets]"),
}


def refused(where: str, wrong: WrongData) -> ConfigError:
    """What is wrong with a file, each fault with its key, its value, and what is allowed."""
    faults = [_in_words(fault) for fault in wrong.faults]
    return ConfigError(f"{where}: {'; '.join(faults)}", faults=faults)


def _in_words(fault: Fault) -> str:
    says = reworded(fault.says, FORMS)
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in fault.path)
    if not key:
        return says
    if fault.value is None or isinstance(fault.value, list | dict) or says.startswith(repr(fault.value)):
        return f"{key}: {says}"  # no value, or it is in the sentence already
    return f"{key} = {fault.value!r}: {says}"
