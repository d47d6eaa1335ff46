"""Finds the function that a handler string names, as `app.handler`, `package.module.handler` or `folder/module.handler`."""
import sys


def load_handler(specifier):
    """Raises Fault with AWS's wording, or whatever the module raised while it ran."""
    path, dot, name = specifier.rpartition(".")
    if not dot:
        problem = "not enough values to unpack (expected 2, got 1)"
        raise _fault("Runtime.MalformedHandlerName", "Bad handler '%s': %s" % (specifier, problem))
    module_name = path.replace("/", ".")
    if module_name in sys.builtin_module_names:
        message = "Cannot use built-in module %s as a handler module" % path
        raise _fault("Runtime.BuiltInModuleConflict", message)
    try:
        __import__(module_name)
    except ImportError as error:
        raise _fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (path, error))
    except SyntaxError as error:
        trace = ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)]
        raise _fault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (path, error), trace)
    try:
        return getattr(sys.modules[module_name], name)
    except AttributeError:
        raise _fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (name, path))


def _fault(kind, message, trace=()):
    from .faults import Fault

    return Fault(kind, message, trace)
