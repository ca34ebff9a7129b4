"""The package on a whole machine: a Debian guest in qemu, systemd as PID 1, register and printer on its ports.

`make test-appliance` builds the package and the images, boots and tries; minutes, as root, by hand.
"""
