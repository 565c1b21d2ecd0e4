"""The command line: Invoke's own, but words that it does not know are refused like any other input.

Invoke ends with 1 and, where a number was expected, with a traceback.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator

from invoke import __version__
from invoke.exceptions import Exit, ParseError
from invoke.program import Program

REFUSED = 3
UNKNOWN = re.compile(r"^No idea what '(?P<word>.*)' is!$", re.DOTALL)
WITHOUT_VALUE = re.compile(r"^Flag <Argument: (?P<name>[\w-]+).*> needed value", re.DOTALL)
MISSING = re.compile(r"required positional arguments: (?P<names>.*)$", re.DOTALL)
NO_NUMBER = re.compile(
    r"(invalid literal for int|could not convert string to float).*?: '(?P<word>.*)'$", re.DOTALL
)


class CommandLine(Program):
    """Invoke with the endings of this project."""

    def run(self, argv: list[str] | None = None, exit: bool = True) -> None:
        """Read and carry out what was typed."""
        try:
            super().run(argv, exit)
        except BrokenPipeError:
            # `invoke --list | head`: nobody reads on, which is no mistake; Python would say it again at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)

    def parse_core(self, argv: list[str] | None) -> None:
        """Read Invoke's own flags."""
        with self._refusals():
            super().parse_core(argv)

    def parse_tasks(self) -> None:
        """Read the tasks and their flags."""
        with self._refusals():
            super().parse_tasks()
        for task in self.tasks:
            for argument in task.args.values():
                if argument.got_value and argument.value == "":
                    # An empty variable of a script would otherwise mean "all".
                    flag = f"--{argument.name.replace('_', '-')}"
                    self._refuse(f"{flag}: the value is empty; write one, or leave the flag out.")

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except ParseError as error:
            task = getattr(error.context, "name", None) or ""
            flags = sorted(flag for flag in getattr(error.context, "flags", ()) if flag.startswith("--"))
            self._refuse(said_of(str(error), task, flags, self._tasks()))
        except ValueError as error:
            found = NO_NUMBER.search(str(error))
            if found is None:
                raise
            word = found["word"]
            self._refuse(
                f'{flag_of(word, self.argv)}: "{word}" is no number; write one, as in --parallelism 4.'
            )

    def _tasks(self) -> list[str]:
        return sorted(self.collection.task_names) if hasattr(self, "collection") else []

    def _refuse(self, text: str) -> None:
        from scripts import output

        output.failure(text)
        raise Exit(code=REFUSED)


def said_of(error: str, task: str, flags: list[str], tasks: list[str]) -> str:
    """What Invoke said, as a sentence with what to do; *flags* are those of *task*, empty before the first one."""
    from scripts.checks.finding import unknown

    if found := UNKNOWN.match(error):
        word = found["word"]
        if word.startswith("-"):
            return str(unknown(task or "invoke", 0, "unknown-flag", "there is no flag", word, flags))
        if not task:
            return str(unknown("invoke", 0, "unknown-task", "there is no task", word, tasks))
        return f'{task}: "{word}" belongs to no flag; write the flag before it (./invoke --help {task} shows them).'
    if found := WITHOUT_VALUE.match(error):
        return f"--{found['name'].replace('_', '-')}: a value must follow."
    if found := MISSING.search(error):
        names = found["names"].replace("'", "").upper()
        return f"{task}: {names} is missing; write ./invoke {task} {names}."
    return f"{task or 'invoke'}: {error}"


def flag_of(word: str, argv: list[str]) -> str:
    """The flag that *word* was typed for."""
    for before, after in zip(argv, [*argv[1:], ""], strict=True):
        if after == word and before.startswith("-"):
            return before
        if before.endswith(f"={word}"):
            return before.partition("=")[0]
    return "invoke"


program = CommandLine(name="Invoke", binary="inv[oke]", binary_names=["invoke", "inv"], version=__version__)
