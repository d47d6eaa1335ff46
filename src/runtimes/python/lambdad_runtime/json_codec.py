"""JSON by way of the C core of `json` alone: importing `json` itself costs as much as half a bare Python start."""
import sys

try:
    from _json import encode_basestring, encode_basestring_ascii, make_encoder, make_scanner
except ImportError:  # not CPython
    make_encoder = make_scanner = None

_CONSTANTS = {"-Infinity": float("-inf"), "Infinity": float("inf"), "NaN": float("nan")}


class _ScannerOptions:
    """What `json.JSONDecoder` tells the scanner when nothing is customised."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = _CONSTANTS.__getitem__


class JsonCodec:
    def __init__(self, environ):
        """AWS writes non-ASCII characters as they are from python3.12 on, escaped before."""
        minor = environ.get("AWS_EXECUTION_ENV", "").partition("python3.")[2]
        self._ascii = minor.isdigit() and int(minor) < 12
        self._scan = None if make_scanner is None else make_scanner(_ScannerOptions)

    def decode(self, body):
        """Raises ValueError for what is not JSON."""
        text = body.decode("utf-8")
        if self._scan is not None:
            try:
                value, end = self._scan(text, len(text) - len(text.lstrip(" \t\r\n")))
                if end == len(text) or not text[end:].strip(" \t\r\n"):
                    return value
            except StopIteration:
                pass  # not JSON: let `json` say what is wrong
        import json

        return json.loads(text)

    def encode(self, value):
        """Returns UTF-8 bytes; raises TypeError or ValueError for what JSON cannot say."""
        if make_encoder is None:
            import json

            return json.dumps(value, default=_default, ensure_ascii=self._ascii).encode("utf-8", "backslashreplace")
        encode_string = encode_basestring_ascii if self._ascii else encode_basestring
        chunks = make_encoder({}, _default, encode_string, None, ": ", ", ", False, False, True)(value, 0)
        # Half of a surrogate pair cannot be UTF-8, but its escape is good JSON.
        return "".join(chunks).encode("utf-8", "backslashreplace")


def _default(value):
    decimal = sys.modules.get("decimal")
    if decimal is not None and isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, bytes):
        return value.decode("utf-8")
    raise TypeError("Object of type %s is not JSON serializable" % value.__class__.__name__)
