"""What becomes of an exception: the error document that the caller gets, and the event in the log. Loaded on the first."""
import os
import sys
import time
import traceback

_OURS = os.path.dirname(__file__)


class Fault(Exception):
    """An error that the runtime itself found, with its name and wording fixed by AWS."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = kind
        self.trace = list(trace)


def error_document(error, request_id):
    """The wire form, in AWS's order; `request_id` is '' while the function initialises."""
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        kind, trace = type(error).__name__, _frames(error)
    return {"errorMessage": _text(error), "errorType": kind, "requestId": request_id, "stackTrace": trace}


def log_failure(document, json_format, codec):
    """Writes one event; text keeps its lines together with carriage returns, indented with no-break spaces, as AWS does."""
    if json_format:
        now = time.time()
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + ".%03dZ" % (now * 1000 % 1000)
        line = codec.encode(dict(timestamp=stamp, log_level="ERROR", **document)).decode("utf-8")
    else:
        lines = ["[ERROR] %s: %s" % (document["errorType"], document["errorMessage"])]
        if document["stackTrace"]:
            lines.append("Traceback (most recent call last):")
            lines += [_indented(part) for frame in document["stackTrace"] for part in frame.splitlines()]
        line = "\r".join(lines)
    sys.stdout.write(line.replace("\n", "\r") + "\n")


def _frames(error):
    # Pairs without column numbers, so that no Python version adds lines of carets: AWS has none.
    frames = [(f.filename, f.lineno, f.name, f.line) for f in traceback.extract_tb(error.__traceback__)]
    while frames and frames[0][0].startswith(_OURS):
        del frames[0]
    return traceback.format_list(frames)


def _text(error):
    try:
        return str(error)
    except Exception:
        return "<exception str() failed>"


def _indented(line):
    bare = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(bare)) + bare
