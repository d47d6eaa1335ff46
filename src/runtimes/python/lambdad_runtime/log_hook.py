"""Prepares `logging` when the function first imports it: importing it for everybody would double a cold start."""
import sys


class LoggingHook:
    """A finder in front of all others that waits for one module and then leaves."""

    def __init__(self, configure):
        self._configure = configure

    def install(self):
        if "logging" in sys.modules:
            self._configure()
        else:
            sys.meta_path.insert(0, self)

    def find_spec(self, name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                spec.loader = _ConfiguringLoader(spec.loader, self._configure)
                return spec
        return None


class _ConfiguringLoader:
    def __init__(self, loader, configure):
        self._loader = loader
        self._configure = configure

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._configure()
