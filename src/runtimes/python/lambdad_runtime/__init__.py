"""What runs beneath a Python function. A package with a name of its own, so that it never shadows the function's modules."""
