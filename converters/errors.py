"""The errors that end a run, and the exit status each one has.

    PostferryError
    ├── UsageError        2   the command was given something it cannot work with
    ├── SourceError      65   the source is not what it was taken for
    │   ├── MissingSourceError     66   there is no such source
    │   ├── ChangedSourceError     66   the source changed while it was read
    │   └── CrashingSourceError    65   to read it ended the process that did
    ├── PluginError       2   an importer, exporter or engine cannot be loaded
    ├── SystemLimitError 71   no more memory, or no more open files
    ├── UnavailableError 69   a server does not answer, or not as it should
    └── OutputError      73   the output cannot be created
        ├── DiskError    74   the disk is full or broken
        └── LockedError  75   another run holds the output

`pipelines.run.interrupts` has one more: InterruptionError, 130 for Ctrl-C and 143 for SIGTERM.

Whatever concerns one item is no exception but a `Notice` (see `converters.model.notices`): the run goes on.
"""


class PostferryError(Exception):
    """Ends the run. The message says what, where, why and what to do; `exit_status` is what the command returns."""

    exit_status = 1


class UsageError(PostferryError):
    exit_status = 2


class PluginError(PostferryError):
    exit_status = 2


class SourceError(PostferryError):
    exit_status = 65


class MissingSourceError(SourceError):
    exit_status = 66


class ChangedSourceError(SourceError):
    exit_status = 66


class CrashingSourceError(SourceError):
    """The next run has to read it in a process of its own, too."""


class UnavailableError(PostferryError):
    exit_status = 69


class SystemLimitError(PostferryError):
    exit_status = 71


class OutputError(PostferryError):
    exit_status = 73


class DiskError(OutputError):
    exit_status = 74


class LockedError(OutputError):
    exit_status = 75
