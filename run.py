"""Set everything up in an environment of the project's own, then build the graph of `seeds/`, or test.

python3 run.py         sets up .venv, builds seeds/ into out/ and says what to ask next
python3 run.py test    sets up .venv with the tools of development, then lints, checks types and runs the tests

Needs nothing but Python 3.11 or newer. Touches nothing but .venv/ and out/ beside this file.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "policy-kg.stamp"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)


def main(arguments):
    """Do what the command line says and return the exit code."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        return fail(f"Python {'.'.join(map(str, OLDEST))} or newer is needed, this is {found} ({sys.executable})")
    if arguments == []:
        return set_up("[serve]") or build()
    if arguments == ["test"]:
        return set_up("[dev]") or test()
    return fail("usage: python3 run.py [test]")


def build():
    """Build the sample bulletins into `out/` and say what to ask next."""
    code = call("-m", "kg", "build", "seeds", "-o", "out")
    if code != 2:
        command = (BIN / "kg").relative_to(ROOT)
        say(f"\nAsk it:   {command} query who-leads")
        say(f"See it:   {command} view")
        say(f"Serve it: {command} serve")
        say(f"More:     {command} --help")
    return code


def test():
    """Lint, check the types and run the tests; the tests come last and run in any case."""
    checks = [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
    ]
    failed = []
    for check in checks:
        say(f"\n$ {' '.join(check)}")
        if call("-m", *check) != 0:
            failed.append(" ".join(check))
    for name in failed:
        fail(f"{name} failed, see above")
    # As many processes as there are cores; one that has no tests left takes over from another.
    pytest = ("pytest", "-n", "logical", "--maxprocesses", "4", "--dist", "worksteal")
    say(f"\n$ {' '.join(pytest)}")
    return call("-m", *pytest) or (1 if failed else 0)


def set_up(extra):
    """Make .venv hold the project with its dependencies and return 0, or say why not and return 2."""
    wanted = stamp(extra)
    if VENV.exists() and not (VENV / "pyvenv.cfg").exists():
        return fail(f"{VENV} is in the way and is no virtual environment; move it away")
    if runs():
        held = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
        # An environment with the tools of development serves for everything.
        if held in {wanted, stamp("[dev]")}:
            return 0
    else:
        say(f"Making an environment in {VENV.name}/ ...")
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, env=environment())
        if made.returncode != 0:
            return fail("no environment could be made; on Debian and Ubuntu 'apt install python3-venv' helps")
    STAMP.unlink(missing_ok=True)
    say(f"Installing policy-kg{extra} into {VENV.name}/ (once; takes a minute) ...")
    # Editable: the commands then always run what lies in this folder.
    if call("-m", "pip", "install", "-qq", "--disable-pip-version-check", "--editable", f".{extra}") != 0:
        return fail("the installation failed, see above; the network is needed for it once")
    STAMP.write_text(wanted, encoding="utf-8")
    return 0


def stamp(extra):
    """Return what an environment is known by: what was installed, from where, for which Python."""
    parts = [(ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode(), str(sys.version_info[:2]).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest() + extra


def runs():
    """Tell whether .venv has a Python of this version that starts, and pip."""
    if not PYTHON.exists():
        return False
    program = "import sys, pip; print(sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(PYTHON), "-c", program], check=False, env=environment(), capture_output=True, text=True
        )
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == str(sys.version_info[:2])


def call(*arguments):
    """Run the environment's Python in this folder and return its exit code."""
    return subprocess.run([str(PYTHON), *arguments], check=False, cwd=ROOT, env=environment()).returncode


def environment():
    """Return the environment variables, without those that would lead Python elsewhere or slow it down."""
    misleading = {"PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "__PYVENV_LAUNCHER__"}
    misleading |= {"PYTHONDONTWRITEBYTECODE"}  # each of the commands that the tests run would compile everything anew
    return {name: value for name, value in os.environ.items() if name not in misleading}


def say(text):
    """Print at once, so that the order holds beside the programs called."""
    print(text, flush=True)  # noqa: T201


def fail(text):
    """Print one line on standard error and return the exit code of failure."""
    print(f"run.py: {text}", file=sys.stderr, flush=True)  # noqa: T201
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
