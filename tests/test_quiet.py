"""Nothing leaves the machine and nothing is written outside the case: every command under a filter that kills.

The filter (seccomp) ends a process that connects or sends through any socket, so that not even the lookup of a name
gets away. (Sockets may be made: urllib3, which trafilatura's dependencies import, makes one to see whether there is
IPv6.) Afterwards each process sleeps, for what sends later.
"""

import ctypes
import json
import os
import platform
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest

CALLS = {"x86_64": (42, 44, 46, 307, 425), "aarch64": (203, 206, 211, 269, 425)}.get(platform.machine())
"""connect, sendto, sendmsg, sendmmsg, io_uring_setup."""
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or CALLS is None, reason="seccomp filters are Linux's, written here for x86-64 and ARM"
)
COVERAGE = Path(__file__).parents[1] / "examples" / "harbour-fire" / "coverage"
LATER = 12
"""Seconds that a process stays after its work: ONNX Runtime 1.32 with its telemetry on is caught in less."""
RUNNER = """
import sys, time
from firsthand.cli import main
try:
    main(sys.argv[2:])
finally:
    time.sleep(float(sys.argv[1]))
"""


def forbid_sending():
    """Install the filter: BPF over struct seccomp_data, whose first word is the number of the call."""
    kill, allow = 0x80000000, 0x7FFF0000
    load, jump_equal, answer = 0x20, 0x15, 0x06
    tests = [(jump_equal, len(CALLS) - k, 0, call) for k, call in enumerate(CALLS)]
    program = [(load, 0, 0, 0), *tests, (answer, 0, 0, allow), (answer, 0, 0, kill)]
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, head, 0, 0):  # no new privileges; seccomp filter
        os._exit(77)


def run(code, *arguments, cwd, later=0.0, given=""):
    home, temporary = cwd / "home", cwd / "tmp"
    for folder in (home, temporary):
        folder.mkdir(exist_ok=True)
    environment = {"HOME": str(home), "TMPDIR": str(temporary), "PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, *([str(later)] if code is RUNNER else []), *map(str, arguments)],
        cwd=cwd, env=environment, preexec_fn=forbid_sending, input=given, capture_output=True, text=True,
    )  # fmt: skip
    assert list(home.iterdir()) == [] and list(temporary.iterdir()) == []
    return done


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('firsthand.invalid', 80)",
    ],
)
def test_the_filter_kills_who_asks_for_the_network(tmp_path, attempt):
    assert run(attempt, cwd=tmp_path).returncode == -signal.SIGSYS


def test_no_command_asks_for_the_network_or_writes_outside_its_output(tmp_path):
    rows = "".join(
        json.dumps({"id": path.name, "text": path.read_text(encoding="utf-8", errors="replace")}) + "\n"
        for path in sorted(COVERAGE.rglob("*.txt"))
    )
    case = tmp_path / "k.case"
    commands = {
        ("build", COVERAGE, "-o", case): LATER,
        ("show", case): 0,
        ("report", case, "-o", tmp_path / "k.html"): 0,
        **{("export", case, "--to", form, "-o", tmp_path / f"{form}-out"): 0 for form in ("csv", "geojson", "prov")},
        ("dump", case): 0,
        ("read", COVERAGE): 0,
        ("mark",): LATER,
        ("trace",): 0,
    }
    for command, later in commands.items():
        done = run(RUNNER, *command, cwd=tmp_path, later=later, given=rows if len(command) == 1 else "")
        assert done.returncode == 0, (command, done.returncode, done.stderr[-500:])
    left = {path.name for path in tmp_path.iterdir()} - {"home", "tmp"}
    assert {name.split("-")[0].split(".")[0] for name in left} == {"k", "csv", "geojson", "prov"}, left
    assert not any(name.endswith(".lock") for name in left)
