"""The Spark session: the only place that starts one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from firsthand.core.errors import FirsthandError

MASTER = "local[*,4]"
"""All cores of this machine; a task whose process dies is tried four times, as on a cluster."""
_SETTINGS = {
    "spark.app.name": "firsthand archive",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "2g",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.adaptive.enabled": "true",
    # A row may be a whole document, or a text's prints: few rows a batch keep batches small.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",
    # What joins are done by must not depend on statistics of files that come and go.
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    "spark.log.level": "ERROR",
}


@contextmanager
def open_session(*, master: str = MASTER, settings: Mapping[str, str] | None = None) -> Iterator[Any]:
    """Start Spark, or connect to a cluster, and stop it at the end.

    Args:
        master: As Spark has it: `local[2,4]`, `yarn`, `spark://host:7077`, `k8s://…`.
        settings: Further settings of Spark, which win over ours.
    Raises:
        FirsthandError: pyspark or Java is missing.
    """
    java = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (java and (Path(java) / "bin" / "java").is_file())):
        raise FirsthandError(
            "Spark needs Java 17 or later, and none is found: install one (Debian, Ubuntu: "
            "`apt install openjdk-17-jre-headless`; macOS: `brew install openjdk@17`), or set JAVA_HOME to where it is."
        )
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise FirsthandError("Archives need Spark and pyarrow: pip install 'firsthand[spark]'.") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master)
    for name, value in {**_SETTINGS, **(settings or {})}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()
