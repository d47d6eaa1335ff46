"""The loop of a runtime: load the handler, wait for an event, run it, answer."""
import sys

from .connection import RuntimeConnection
from .context import LambdaContext
from .handler_loader import load_handler
from .json_codec import JsonCodec
from .log_hook import LoggingHook


class Runtime:
    def __init__(self, environ):
        self._environ = environ
        self._codec = JsonCodec(environ)
        self._connection = RuntimeConnection(environ["AWS_LAMBDA_RUNTIME_API"])
        self._request_id = ""

    def run(self):
        """Never returns: the process ends with the daemon, by the handler's own sys.exit, or by a failed start."""
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(line_buffering=True, encoding="utf-8", errors="backslashreplace")
        LoggingHook(self._configure_logging).install()
        try:
            handler = load_handler(self._environ.get("_HANDLER", ""))
        except Exception as error:
            self._fail("init/error", error)
            sys.exit(1)
        if self._environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start":
            self._restore()
        while True:
            self._answer(handler, *self._connection.next())

    def _restore(self):
        from .snapshot_hooks import run_after_restore, run_before_snapshot

        try:
            run_before_snapshot()
        except Exception as error:
            self._fail("init/error", error)
            sys.exit(64)
        self._connection.restore_next()
        try:
            run_after_restore()
        except Exception as error:
            self._fail("restore/error", error)
            sys.exit(64)

    def _answer(self, handler, headers, body):
        self._request_id = headers["lambda-runtime-aws-request-id"]
        self._set_trace_id(headers.get("lambda-runtime-trace-id"))
        try:
            event = self._decode(body)
            result = self._encode(handler(event, LambdaContext(self._environ, headers, self._codec)))
        except Exception as error:
            self._fail("invocation/%s/error" % self._request_id, error)
        else:
            _flush()
            self._connection.post("invocation/%s/response" % self._request_id, result)

    def _decode(self, body):
        try:
            return self._codec.decode(body)
        except ValueError as error:
            from .faults import Fault

            raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)

    def _encode(self, result):
        try:
            return self._codec.encode(result)
        except Exception as error:
            from .faults import Fault

            raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)

    def _fail(self, path, error):
        from .faults import error_document, log_failure

        document = error_document(error, self._request_id)
        json_format = self._environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
        log_failure(document, json_format, self._codec)
        _flush()
        self._connection.post(path, self._codec.encode(document), document["errorType"])

    def _set_trace_id(self, trace_id):
        if trace_id is None:
            self._environ.pop("_X_AMZN_TRACE_ID", None)
        else:
            self._environ["_X_AMZN_TRACE_ID"] = trace_id

    def _configure_logging(self):
        from .log_lines import configure_logging

        configure_logging(self._environ, lambda: self._request_id)


def _flush():
    """What was printed must be on its way before the answer is."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass  # replaced or closed by the function
