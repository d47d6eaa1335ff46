"""Runs what the function has registered around its snapshot, with the module that it registered it with."""
import sys


def run_before_snapshot():
    """The latest first, as AWS does."""
    hooks = _hooks("get_before_snapshot")
    while hooks:
        function, args, kwargs = hooks.pop()
        function(*args, **kwargs)


def run_after_restore():
    """In the order of their registration."""
    for function, args, kwargs in _hooks("get_after_restore"):
        function(*args, **kwargs)


def _hooks(getter):
    # A function that has not imported the module has registered nothing.
    module = sys.modules.get("snapshot_restore_py")
    return getattr(module, getter)() if hasattr(module, getter) else []
