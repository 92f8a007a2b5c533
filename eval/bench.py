"""Speed and memory beside the peers, each pair in one run on the same text and cores; the ratios are the result.

    make bench        installs the peers (dependency group `bench`) and runs this

Runs eval/bench_trace.py (datasketch, rensa), eval/bench_encoder.py (spaCy; float32 if training left it),
eval/bench_growth.py (how time grows with the length of a document) and eval/bench_show.py (a large case). Not part of
any test: seconds depend on the machine.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    failed = 0
    for script in ("bench_encoder.py", "bench_trace.py", "bench_growth.py", "bench_show.py"):
        print(f"== {script}", flush=True)
        failed |= subprocess.run([sys.executable, str(HERE / script)], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
