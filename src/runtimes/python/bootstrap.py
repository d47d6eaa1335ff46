"""Runs a Python function: the entry point, kept tiny because Python caches the bytecode of modules only."""
import os
import sys

from lambdad_runtime.runtime import Runtime

# The function's imports find what AWS lets them find, in AWS's order, and nothing of this folder.
_LAYERS = ["/opt/python/lib/python%d.%d/site-packages" % sys.version_info[:2], "/opt/python"]
sys.path[0:1] = [os.environ.get("LAMBDA_TASK_ROOT", os.getcwd())] + [path for path in _LAYERS if os.path.isdir(path)]

Runtime(os.environ).run()
