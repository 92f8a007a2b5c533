"""Options that several commands share, and `--set`."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from firsthand.steps import BuildOptions

UNREADABLE_EXIT = 3
"""The run ended well, but some files could not be read; they are listed."""
CASE = click.argument("case", type=click.Path(path_type=Path))
OUT = click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
SETTINGS = click.option("--set", "settings", multiple=True, metavar="VERB.OPTION=VALUE", help="See docs/options.md.")
GAZETTEERS = click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="CSV of your own places (name, lat, lon, …), or an imported GeoNames file; may be given many times.",
)
THREADS = click.option("--threads", type=click.IntRange(min=1), help="Cores for the encoder; all by default.")


def settings_to_options(settings: tuple[str, ...], **values: Any) -> BuildOptions:
    """BuildOptions with `--set verb.option=value` applied.

    Raises:
        click.UsageError: No such option, or a value of the wrong kind.
    """
    from firsthand.steps import BuildOptions

    options = BuildOptions(**values)
    for setting in settings:
        name, _, value = setting.partition("=")
        verb, _, option = name.partition(".")
        group: Any = getattr(options, verb, None)
        known = {f.name for f in fields(group)} if hasattr(group, "__dataclass_fields__") else set()
        if option not in known:
            raise click.UsageError(f"--set {setting}: there is no option {name}; docs/options.md lists them.")
        kind = type(getattr(group, option))
        try:
            parsed: Any = value.lower() in ("1", "true", "yes") if kind is bool else kind(value)
        except ValueError as error:
            raise click.UsageError(f"--set {setting}: {value!r} is no {kind.__name__}.") from error
        changed: dict[str, Any] = {verb: replace(group, **{option: parsed})}
        options = replace(options, **changed)
    return options
