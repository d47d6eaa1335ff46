"""Lets a debugger into this process: Python imports it at its start, before anything of the function, when it is told to.

LAMBDAD_DEBUGPY holds `host:port`, with `:wait` when the function's code is to wait for the debugger.
"""
import importlib.machinery
import importlib.util
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


def _listen(address):
    host, port, *wait = address.split(":")
    try:
        import debugpy
    except ImportError:
        message = (
            "lambdad: no debugger can attach, as debugpy is not installed for Python %d.%d. Put it into the function's "
            "package or a layer (pip install --target <folder> debugpy), or install it for the interpreter."
        )
        print(message % sys.version_info[:2], file=sys.stderr, flush=True)
        return
    # It would warn of frozen modules, which are Python's own and nothing of the function's.
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    try:
        debugpy.listen((host, int(port)))
    finally:
        del os.environ["PYDEVD_DISABLE_FILE_VALIDATION"]
    if wait:
        debugpy.wait_for_client()


def _function_paths():
    """Where a function may have brought debugpy: the order is the one in which its own imports look."""
    task = os.environ.get("LAMBDA_TASK_ROOT", "/var/task")
    version = "python%d.%d" % sys.version_info[:2]
    return [task, "/opt/python/lib/%s/site-packages" % version, "/opt/python"]


def _run_next():
    """The system may have such a module too, which this one hides."""
    others = [path for path in sys.path if os.path.abspath(path) != _HERE]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


# Processes that the function starts are not debugged, and do not find this file.
_address = os.environ.pop("LAMBDAD_DEBUGPY", None)
_paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path and path != _HERE]
os.environ.pop("PYTHONPATH", None)
if _paths:
    os.environ["PYTHONPATH"] = os.pathsep.join(_paths)
sys.path[:] = [path for path in sys.path if os.path.abspath(path) != _HERE]

if _address is not None:
    _before = list(sys.path)
    sys.path[:0] = _function_paths()
    try:
        _listen(_address)
    except Exception as error:
        print("lambdad: debugpy does not listen at %s: %s" % (_address, error), file=sys.stderr, flush=True)
    finally:
        sys.path[:] = _before
_run_next()
