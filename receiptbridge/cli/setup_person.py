"""Whoever installs, as `setup` speaks with them: at a terminal with arrow keys, or by lines of text.

By lines is for scripts, pipes and terminals that can do no more: a question is a line `Question KEY: ...`, its choices
follow, and one line is read for an answer.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import typer

from receiptbridge.errors import UsageError
from receiptbridge.words import _


class _Person:
    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = dict(given)

    def tell(self, text: str) -> None:
        typer.echo(text)
        sys.stdout.flush()

    def do(self, task: str) -> None:
        self.tell(_("DO: {task}").format(task=task))

    def given(self, key: str) -> str | None:
        return self._given.get(key)

    def _beforehand(self, key: str, choices: Mapping[str, str], other: bool) -> str | None:
        """An answer given beforehand is good once: who is asked a second time is asked because it did not help."""
        answer = self._given.pop(key, None)
        if answer is not None and choices and not other and answer not in choices:
            raise UsageError(
                _("{key}={answer}: that is no answer").format(key=key, answer=answer),
                hint=_("Answers: {answers}").format(answers=", ".join(choices)),
            )
        return answer


class ByLines(_Person):
    """Lines of text, for scripts and simple terminals."""

    def choose(self, key: str, question: str, choices: Mapping[str, str], *, other: bool = False) -> str:
        if (answer := self._beforehand(key, choices, other)) is not None:
            return answer
        while True:
            self._ask(key, question)
            for name, description in choices.items():
                self.tell(f"  {name}: {description}" if description != name else f"  {name}")
            answer = self._read(key)
            if answer in choices or (other and answer):
                return answer
            self.tell(_("That is none of the answers: {answers}").format(answers=", ".join(choices)))

    def type(self, key: str, question: str) -> str:
        if (answer := self._beforehand(key, {}, True)) is not None:
            return answer
        self._ask(key, question)
        return self._read(key)

    def _ask(self, key: str, question: str) -> None:
        self.tell(_("Question {key}: {question}").format(key=key, question=question))

    def _read(self, key: str) -> str:
        line = sys.stdin.readline()
        if not line:
            raise UsageError(
                _("nobody answers {key}").format(key=key),
                hint=_("Give it: --answer {key}=...; what was found so far is kept.").format(key=key),
            )
        return line.strip()


class AtTerminal(_Person):
    """Arrow keys, one question at a time."""

    def do(self, task: str) -> None:
        typer.secho("> " + task, bold=True)

    def choose(self, key: str, question: str, choices: Mapping[str, str], *, other: bool = False) -> str:
        import questionary

        if (answer := self._beforehand(key, choices, other)) is not None:
            return answer
        offered = [
            questionary.Choice(name if description == name else f"{name}  {description}", name)
            for name, description in choices.items()
        ]
        if other:
            offered.append(questionary.Choice(_("something else: type it"), ""))
        hint = _("(arrow keys, Enter)")
        chosen = _answered(questionary.select(question, offered, instruction=hint, qmark="?"))
        return chosen or self.type(key, question)

    def type(self, key: str, question: str) -> str:
        import questionary

        if (answer := self._beforehand(key, {}, True)) is not None:
            return answer
        return _answered(questionary.text(question, qmark="?"))


def _answered(question: object) -> str:
    """Ctrl-C ends the installation for now, as everywhere."""
    return str(question.unsafe_ask())  # type: ignore[attr-defined]  # questionary's own classes say Any
