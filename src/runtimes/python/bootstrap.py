"""Runs a Python function: the entry point, kept tiny because Python caches the bytecode of modules only."""
import os
import sys

from lambdad_runtime.runtime import Runtime

# The function's imports find what AWS lets them find, in AWS's order, and nothing of this folder. Where the function has
# no file system of its own, `/opt` is not its layers: there PYTHONPATH leads to them.
_TASK = os.environ.get("LAMBDA_TASK_ROOT", os.getcwd())
_ASKED = os.environ.get("AWS_EXECUTION_ENV", "")[len("AWS_Lambda_") :] or "python%d.%d" % sys.version_info[:2]
_LAYERS = ["/opt/python/lib/%s/site-packages" % _ASKED, "/opt/python"] if _TASK == "/var/task" else []
_HERE = sys.path[0]
sys.path[0:1] = [_TASK] + [path for path in _LAYERS if os.path.isdir(path)]
# Behind all others: modules that AWS's runtime brings along.
sys.path.append(os.path.join(_HERE, "provided"))

Runtime(os.environ).run()
