"""Builds what the guest boots from: Debian with the package installed, and a data disk with keys and configuration.

Debian itself is fetched once, and kept under `~/.cache/receiptbridge-appliance` (or `$APPLIANCE_CACHE`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from receiptbridge.identity import adopt_key, make_key
from receiptbridge.journal import FILE_NAME, Journal

CACHE = Path(os.environ.get("APPLIANCE_CACHE", Path.home() / ".cache" / "receiptbridge-appliance"))
TOOLS = ("debootstrap", "qemu-system-x86_64", "mke2fs")
INCLUDED = (
    "systemd,systemd-sysv,udev,dbus,kmod,linux-image-amd64,python3,python3-venv,libusb-1.0-0,polkitd,"
    "sqlite3,socat,iproute2,nftables"
)
HERE = Path(__file__).parent
ROOT = HERE.parent
IN_THE_GUEST = ("agent.py", "modem_lines.py", "counter_init.sh", "counter_lane.py")

FSTAB = """\
/dev/vda / ext4 ro 0 1
/dev/vdb /data ext4 rw 0 2
tmpfs /tmp tmpfs rw 0 0
tmpfs /var/tmp tmpfs rw 0 0
tmpfs /var/log tmpfs rw 0 0
/data/state /var/lib/receiptbridge none bind 0 0
/data/etc /etc/receiptbridge none bind 0 0
"""
AGENT_UNIT = """\
[Unit]
Description=runs what the test asks for
[Service]
ExecStart=/usr/bin/python3 -S /opt/agent.py
[Install]
WantedBy=multi-user.target
"""
# The virtio ports that play a till and a printer are no device that a counter has.
VIRTIO_DROP_IN = "[Service]\nDeviceAllow=char-virtio-portsdev rw\n"
VIRTIO_RULE = 'KERNEL=="vport*", GROUP="lp", MODE="0660"\n'


@dataclass(frozen=True)
class Images:
    kernel: Path
    initrd: Path
    root: Path
    data: Path


def newest_package() -> Path:
    return max((ROOT / "dist").glob("receiptbridge_*.deb"), key=lambda path: path.stat().st_mtime)


def build(package: Path, config: str, work: Path, *, data_size: str = "256M", used: bool = False) -> Images:
    """Fresh images in `work`; `used`: of a box that has made its journal. Raises `CalledProcessError`."""
    work.mkdir(parents=True, exist_ok=True)
    root = work / "root"
    shutil.rmtree(root, ignore_errors=True)
    _run("cp", "-a", "--reflink=auto", _debian(), root)
    _install(root, package)
    owner = _owner(root)
    boot = root / "boot"
    images = Images(
        next(boot.glob("vmlinuz-*")), next(boot.glob("initrd.img-*")), work / "root.img", work / "data.img"
    )
    _file_system(root, images.root, "2G")
    _file_system(_data(work / "data", config, owner, used), images.data, data_size)
    return images


def _debian() -> Path:
    """A plain Debian, fetched if need be."""
    base = CACHE / "debian"
    if not (base / "complete").exists():
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir(parents=True)
        _run("debootstrap", "--variant=minbase", f"--include={INCLUDED}", "bookworm", base)
        (base / "complete").touch()
    return base


def _install(root: Path, package: Path) -> None:
    """The package, and what the test needs to reach into the guest."""
    (root / "opt").mkdir(exist_ok=True)
    shutil.copy(package, root / "opt" / "receiptbridge.deb")
    for ours in IN_THE_GUEST:
        shutil.copy(HERE / ours, root / "opt" / ours)
    _run("chroot", root, "dpkg", "--install", "/opt/receiptbridge.deb")
    units = root / "etc/systemd/system"
    (units / "agent.service").write_text(AGENT_UNIT)
    for unit in ("receiptbridge@.service", "receiptbridge-bypass@.service"):
        (units / f"{unit}.d").mkdir()
        (units / f"{unit}.d" / "virtio.conf").write_text(VIRTIO_DROP_IN)
    (root / "etc/udev/rules.d/99-test.rules").write_text(VIRTIO_RULE)
    (root / "etc/fstab").write_text(FSTAB)
    (root / "etc/machine-id").write_text("0123456789abcdef0123456789abcdef\n")
    (root / "data").mkdir()
    _run("systemctl", f"--root={root}", "enable", "agent.service")
    _run("systemctl", f"--root={root}", "enable", *(f"receiptbridge@{lane}" for lane in LANES))


LANES = ("till-v", "till-s", "till-u")


def _owner(root: Path) -> tuple[int, int]:
    for line in (root / "etc/passwd").read_text().splitlines():
        name, _, uid, gid, *_ = line.split(":")
        if name == "receiptbridge":
            return int(uid), int(gid)
    raise LookupError("the package made no user")


def _data(folder: Path, config: str, owner: tuple[int, int], used: bool) -> Path:
    """The writable partition: the state of an enrolled box, and its configuration."""
    shutil.rmtree(folder, ignore_errors=True)
    state = folder / "state"
    state.mkdir(parents=True, mode=0o750)
    adopt_key(state, make_key(state), bytes.fromhex("0123456789ab"), "0123456789ab:1")
    if used:
        Journal.open(state / FILE_NAME).close()
    (folder / "etc").mkdir()
    (folder / "etc" / "config.toml").write_text(config)
    for path in (state, *state.rglob("*")):
        os.chown(path, *owner)
    return folder


def _file_system(folder: Path, image: Path, size: str) -> None:
    image.unlink(missing_ok=True)
    _run("mke2fs", "-q", "-t", "ext4", "-F", "-d", folder, image, size)


def missing() -> str:
    """Why no guest can be built here; "" where one can."""
    if lacking := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return f"not installed: {', '.join(lacking)} (apt-get install qemu-system-x86 debootstrap e2fsprogs)"
    return "" if os.geteuid() == 0 else "images are built as root"


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
