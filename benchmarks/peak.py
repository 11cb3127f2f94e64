"""A process that lists or changes many customers and then prints the most memory that it had, in megabytes.

python benchmarks/peak.py list|update URL NUMBER

Read from /proc and not from ``getrusage``, whose peak includes that of the process which started this one.
"""

import re
import sys
from pathlib import Path

from customers import changes, connected, read


def main() -> None:
    """Do what the command line says."""
    what, url, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with connected(url) as client:
        if what == "list":
            done = read(client, number)
        else:
            done = sum(1 for one in client.customers.bulk_update(changes(number)) if one.ok)
    if done != number:
        raise RuntimeError(f"{what} ended after {done} of {number} customers")
    (kibibytes,) = re.findall(
        r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"), re.MULTILINE
    )
    print(int(kibibytes) * 1024 / 1e6)


if __name__ == "__main__":
    main()
