"""Runs the scenarios of one file in one process and prints a line of JSON for each: {"name", "error", "skipped"}.

Importing mlflow takes seconds, so a file is a process and a scenario a function. The server's address is in
MLFLOW_TRACKING_URI; a scenario uses names of its own.
"""

import json
import os
import sys
import traceback

# Without an address the client would keep its records by itself, and every scenario would agree with itself.
assert os.environ["MLFLOW_TRACKING_URI"].startswith("http"), "MLFLOW_TRACKING_URI must name a server"
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
# An error that will not change is not worth minutes of retries.
os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1")

import mlflow  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402

_scenarios = []
_version = int(mlflow.__version__.split(".")[0])


def _print(name, error=None, skipped=None):
    print(json.dumps({"name": name, "error": error, "skipped": skipped}), flush=True)


def scenario(function):
    _scenarios.append(function)
    return function


def since(version):
    """A scenario of what clients before this major version do not have: it is skipped there, by name."""

    def decorate(function):
        if _version >= version:
            return scenario(function)
        _print(function.__doc__, skipped=f"needs a client of {version}.0 or newer, this is {mlflow.__version__}")
        return function

    return decorate


def needs(version, what):
    """Said at the top of a file whose subject, and so its imports, older clients do not have."""
    if _version < version:
        _print(what, skipped=f"needs a client of {version}.0 or newer, this is {mlflow.__version__}")
        sys.exit(0)


def refused(code, text, function, *args, **kwargs):
    """Calls a function that must be refused with this code and with this text in the message."""
    try:
        function(*args, **kwargs)
    except MlflowException as error:
        assert error.error_code == code, f"{error.error_code}: {error}"
        assert text in str(error), f"{text!r} is not in: {error}"
        return str(error)
    raise AssertionError(f"not refused: {function.__name__}{args}")


def main():
    for function in _scenarios:
        error = None
        try:
            function()
        except BaseException:
            error = traceback.format_exc()
        finally:
            while mlflow.active_run():
                mlflow.end_run()
        _print(function.__doc__ or function.__name__, error)
