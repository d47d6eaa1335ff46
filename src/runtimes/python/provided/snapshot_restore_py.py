"""Registers what a function does around its snapshot; AWS's runtime brings a module of this name too."""

_before_snapshot = []
_after_restore = []


def register_before_snapshot(function, *args, **kwargs):
    """Runs `function` when the init phase has ended; the one registered last runs first. Can be a decorator."""
    _before_snapshot.append((function, args, kwargs))
    return function


def register_after_restore(function, *args, **kwargs):
    """Runs `function` before the first event; the one registered first runs first. Can be a decorator."""
    _after_restore.append((function, args, kwargs))
    return function


def get_before_snapshot():
    return _before_snapshot


def get_after_restore():
    return _after_restore
