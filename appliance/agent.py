"""In the guest: runs what the test asks for over a virtio port, one JSON line for a question, one for the answer."""

import json
import subprocess

with open("/dev/virtio-ports/agent", "r+b", buffering=0) as port:
    asked = b""
    while True:
        asked += port.read(65536) or b""
        while b"\n" in asked:
            line, asked = asked.split(b"\n", 1)
            done = subprocess.run(
                ["/bin/sh", "-c", json.loads(line)], capture_output=True, text=True, errors="replace"
            )
            answer = {"code": done.returncode, "said": done.stdout, "wrong": done.stderr}
            port.write(json.dumps(answer).encode() + b"\n")
