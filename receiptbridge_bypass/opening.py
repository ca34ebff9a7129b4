"""Link addresses as the configuration has them, opened. OSError or ValueError where that does not work."""

from __future__ import annotations

import contextlib
import fcntl
import ipaddress
import os
import socket
import struct
import termios
import time
import tty
from pathlib import Path

from receiptbridge_bypass.ends import End

SCHEMES = frozenset({"tcp-listen", "tcp", "serial", "pty", "file", "gadget", "usb", "usb-path"})
SOCKET_BUFFER = 8192  # small, or the box would swallow a receipt that is not printed yet
CONNECT_MOST = 3.0
UDEV_MOST = 3.0  # until the file of a printer that the kernel has just been given back is there, and ours
UDEV_GLANCE = 0.05
IP_FREEBIND = 15  # listen at an address that is not up yet (ip(7)); socket does not name it
MARK_AND_SPACE = 0o10000000000  # CMSPAR, which termios does not name
USBDEVFS_CONNECT = 0x5517  # _IO('U', 23): let the kernel's own driver have the interface
USBDEVFS_IOCTL = 0xC0105512 if struct.calcsize("P") == 8 else 0xC00C5512


def listen(address: str) -> socket.socket:
    """Listen where the lane would; the address need not be up yet (IP_FREEBIND)."""
    host, port, options = host_and_port(address)
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_IP, IP_FREEBIND, 1)
    if interface := options.get("interface"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
    small_buffers(listener)
    listener.bind((host, port))
    listener.listen(1)
    return listener


def may_print(peer: str, address: str) -> bool:
    """Whether a register with this IP address is one that the lane would serve; without `allow=` all are."""
    networks = networks_of(address)
    seen = ipaddress.ip_address(peer)
    seen = getattr(seen, "ipv4_mapped", None) or seen  # how a socket for both kinds shows an IPv4 address
    return not networks or any(seen in network for network in networks)


def networks_of(address: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Who may print; nobody named: everybody. Raises ValueError for what is no network."""
    allow = host_and_port(address)[2].get("allow", "")
    return [ipaddress.ip_network(network) for network in allow.split(",") if network]


def connect(address: str) -> End:
    host, port, _ = host_and_port(address)
    connection = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    small_buffers(connection)
    connection.settimeout(CONNECT_MOST)
    try:
        connection.connect((host, port))
    except OSError:
        connection.close()
        raise
    return connected(connection)


def connected(connection: socket.socket) -> End:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return End(connection.fileno(), sock=connection)


def small_buffers(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SOCKET_BUFFER)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SOCKET_BUFFER)


def open_serial(path: str, options: dict[str, str], *, to_register: bool = False) -> End:
    """Opened so that nothing is reset: raw, at once with its own settings, and DTR left up on closing.

    With xonxoff a printer's XOFF is obeyed, and the register is told; 11 and 13 among its bytes are data.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    flow = options.get("flow", "none")
    speed = getattr(termios, "B" + options.get("baud", "9600"))
    control = termios.CREAD | termios.CLOCAL | (termios.CS7 if options.get("bits") == "7" else termios.CS8)
    parity = options.get("parity", "N")
    if parity != "N":
        control |= termios.PARENB | (termios.PARODD if parity in "OM" else 0)
        control |= MARK_AND_SPACE if parity in "MS" else 0
    control |= termios.CSTOPB if options.get("stop") == "2" else 0
    control |= termios.CRTSCTS if flow == "rtscts" else 0
    software = (termios.IXOFF if to_register else termios.IXON) if flow == "xonxoff" else 0
    special: list[bytes | int] = list(termios.tcgetattr(descriptor)[6])
    special[termios.VMIN], special[termios.VTIME] = 1, 0
    termios.tcsetattr(descriptor, termios.TCSANOW, [software, 0, control, 0, speed, speed, special])
    if software == termios.IXOFF:
        termios.tcflow(descriptor, termios.TCION)  # the lane may have said XOFF before it stopped
    return End(descriptor, dsrdtr=flow == "dsrdtr")


def open_pty(path: str) -> End:
    own, other = os.openpty()  # the other end stays open, so that nobody there is silence and no error
    tty.setraw(other)
    name = Path(path)
    name.parent.mkdir(parents=True, exist_ok=True)
    name.unlink(missing_ok=True)
    name.symlink_to(os.ttyname(other))
    return End(own)


def open_file(path: str) -> End:
    descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    if os.isatty(descriptor):
        tty.setraw(descriptor)
    return End(descriptor)


def open_usb(wanted: str, *, by_port: bool) -> End:
    """A printer of class 7 through the kernel's usblp, which gets it back where the bridge had taken it."""
    for device in sorted(Path("/sys/bus/usb/devices").glob("*")):
        if not is_it(device, wanted, by_port):
            continue
        for interface in device.glob(f"{device.name}:*"):
            if text(interface / "bInterfaceClass") != "07":
                continue
            if not (interface / "driver").exists():
                hand_to_kernel(device, int(text(interface / "bInterfaceNumber"), 16))
            return open_usblp(interface)
    raise OSError(f"no such printer is plugged in: {wanted}")


def open_usblp(interface: Path) -> End:
    """The device file of a printer that the kernel may just have been given back: udev makes it ours first."""
    until = time.monotonic() + UDEV_MOST
    while True:
        try:
            for node in interface.glob("usbmisc/lp*"):
                return open_file(f"/dev/usb/{node.name}")
            raise OSError(f"the kernel does not serve {interface.name}")
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(UDEV_GLANCE)


def is_it(device: Path, wanted: str, by_port: bool) -> bool:
    if by_port:
        return device.name == wanted
    named = [text(device / name) for name in ("idVendor", "idProduct", "serial")]
    asked = wanted.split(":", 2)
    return [part.lower() for part in asked] == [part.lower() for part in named[: len(asked)]]


def hand_to_kernel(device: Path, interface: int) -> None:
    node = f"/dev/bus/usb/{int(text(device / 'busnum')):03}/{int(text(device / 'devnum')):03}"
    descriptor = os.open(node, os.O_RDWR)
    try:
        fcntl.ioctl(descriptor, USBDEVFS_IOCTL, struct.pack("iiP", interface, USBDEVFS_CONNECT, 0))
    finally:
        os.close(descriptor)


def text(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text().strip()
    return ""


def open_link(address: str, *, to_register: bool = False) -> End:
    """Either side of the lane but a listening one."""
    scheme, _, rest = address.partition(":")
    path, _, query = rest.partition("?")
    match scheme:
        case "tcp":
            return connect(address)
        case "serial":
            return open_serial(path, options_of(query), to_register=to_register)
        case "pty":
            return open_pty(path)
        case "usb" | "usb-path":
            return open_usb(path, by_port=scheme == "usb-path")
    return open_file(path)


def checked(address: str) -> str:
    """The address, as far as it can be told without opening it. Raises ValueError."""
    scheme = address.partition(":")[0]
    if scheme not in SCHEMES or (scheme.startswith("tcp") and not 0 < host_and_port(address)[1] <= 65535):
        raise ValueError(f"{address}: no address that the bypass knows")
    if scheme == "tcp-listen":
        networks_of(address)
    return address


def host_and_port(address: str) -> tuple[str, int, dict[str, str]]:
    named, _, query = address.partition("?")
    host, _, port = named.partition("://")[2].rpartition(":")
    return host.strip("[]"), int(port), options_of(query)


def options_of(query: str) -> dict[str, str]:
    return dict(piece.split("=", 1) for piece in query.split("&") if "=" in piece)
