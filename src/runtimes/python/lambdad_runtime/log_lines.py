"""The root logger's handler, as AWS's runtime installs it. Loaded together with `logging`."""
import json
import logging
import sys
import time

_TEXT = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s"
_LEVELS = {"TRACE": logging.NOTSET, "FATAL": logging.CRITICAL}
#: What every record has; the rest came with `extra=` and belongs into the JSON line.
_PLAIN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "aws_request_id"}


def configure_logging(environ, current_request_id):
    """`current_request_id` is called for each record; AWS_LAMBDA_LOG_LEVEL counts in the JSON format only, as on AWS."""
    root = logging.getLogger()
    handler = _StdoutHandler()
    handler.addFilter(_RequestIdFilter(current_request_id))
    if environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON":
        handler.setFormatter(_JsonFormatter())
        level = environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper()
        if level:
            root.setLevel(_LEVELS.get(level, level))
    else:
        formatter = logging.Formatter(_TEXT, "%Y-%m-%dT%H:%M:%S")
        formatter.converter = time.gmtime
        handler.setFormatter(formatter)
    root.addHandler(handler)


class _StdoutHandler(logging.Handler):
    def emit(self, record):
        # Looked up each time: functions replace sys.stdout.
        sys.stdout.write(self.format(record) + "\n")


class _RequestIdFilter(logging.Filter):
    def __init__(self, current_request_id):
        super().__init__()
        self._current_request_id = current_request_id

    def filter(self, record):
        record.aws_request_id = self._current_request_id()
        return True


class _JsonFormatter(logging.Formatter):
    converter = time.gmtime

    def format(self, record):
        line = {
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + ".%03dZ" % record.msecs,
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "requestId": record.aws_request_id or None,
        }
        line.update((key, value) for key, value in vars(record).items() if key not in _PLAIN)
        if record.exc_info and record.exc_info[0] is not None:
            kind, error, trace = record.exc_info
            frames = self.formatException((kind, error, trace)).splitlines()
            line.update(stackTrace=frames, errorType=kind.__name__, errorMessage=str(error))
            line["location"] = "%s:%s:%d" % (record.pathname, record.funcName, record.lineno)
        return json.dumps({key: value for key, value in line.items() if value is not None}, default=str, ensure_ascii=False)
