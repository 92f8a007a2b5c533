"""ONNX Runtime, kept from calling home; the only import of it.

Official builds of 1.29 and later count their users: they look up and connect to their maker's collector, and write a
session id into the temporary folder. `pyproject.toml` takes none of them. For those who install one all the same, the
variable below is documented as a full opt-out if it is set before the library is loaded
(microsoft/onnxruntime, pull request 27379).
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

onnxruntime.disable_telemetry_events()  # Windows' own event log, which the variable does not switch off

__all__ = ["onnxruntime"]
