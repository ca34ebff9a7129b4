"""In the guest: the lane as it is installed. It has loaded all its code before it says so on the register's port, and
there the machine is photographed; the host's answer switches it on: F as it is, N with commits that are not flushed,
which must lose sales in a power cut."""

import functools
import subprocess
import sys
import time

import receiptbridge.assemble  # noqa: F401  what `run` imports only when it runs
from receiptbridge.cli import main
from receiptbridge.journal import Journal
from receiptbridge.receipt.lexicon import warm_up

warm_up()

with open("/run/ports/register", "r+b", buffering=0) as port:
    port.write(b"!")
    while not (switched_on := port.read(1)):  # nobody holds the other end while the machine is photographed
        time.sleep(0.05)
with open("/run/ports/printer", "wb", buffering=0) as port:
    port.write(b"!")  # what the host says to a port before that is closed is lost
subprocess.run(["mount", "/dev/vdb", "/data"], check=True)
if switched_on == b"N":
    Journal.__init__ = functools.partialmethod(Journal.__init__, sale_commit="NORMAL")
sys.argv = ["receiptbridge", "run", "--config", "/data/etc/config.toml"]
main()
