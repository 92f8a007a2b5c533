"""What is raised for bad use. Bad data is never raised: it becomes a Finding of level `unreadable`."""


class FirsthandError(Exception):
    """The command cannot go on; the message says what was found, where, and what to do."""


class NotACaseError(FirsthandError):
    """The file is no case file, or one of a version that this release cannot read."""


class BadGazetteerError(FirsthandError):
    """A user's gazetteer file has rows that cannot be used."""


class CaseLockedError(FirsthandError):
    """Another process is building the same case."""
