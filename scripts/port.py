"""Says who has a port: `python3 scripts/port.py 127.0.0.1:8080` prints a sentence and exits with 1 when it is taken."""

import errno
import os
import socket
import sys


def holder(port):
    """The program that listens on a port, as far as this user may see it."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = open(table).read().splitlines()[1:]
        except OSError:
            continue
        words = (line.split() for line in lines)
        inodes |= {f"socket:[{word[9]}]" for word in words if word[1].endswith(f":{port:04X}") and word[3] == "0A"}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            files = os.listdir(f"/proc/{pid}/fd")
            if any(os.readlink(f"/proc/{pid}/fd/{file}") in inodes for file in files):
                return f"{open(f'/proc/{pid}/comm').read().strip()} (process {pid})"
        except OSError:
            continue
    return "another program"


def main():
    host, _, port = sys.argv[1].rpartition(":")
    host = host.strip("[]")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                sys.exit(print(f"{sys.argv[1]} is in use by {holder(int(port))}") or 1)
        except (ValueError, OverflowError):
            pass
        # What else may be wrong with an address the server says in its own words.


if __name__ == "__main__":
    main()
