"""The one kept-alive HTTP/1.1 connection to the Runtime API, on a bare socket."""
import os
import sys

# Not `socket`, whose Python part would cost half as much again as starting Python.
import _socket

_BASE = "/2018-06-01/runtime/"
_RECEIVE_SIZE = 65536


class RuntimeConnection:
    def __init__(self, address):
        """`address` is `host:port`, the value of AWS_LAMBDA_RUNTIME_API."""
        host, _, port = address.rpartition(":")
        family, kind, protocol, _, target = _socket.getaddrinfo(host.strip("[]"), port, 0, _socket.SOCK_STREAM)[0]
        self._socket = _socket.socket(family, kind, protocol)
        self._socket.connect(target)
        self._socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        self._host = address
        self._unread = b""
        self._next_request = ("GET %sinvocation/next HTTP/1.1\r\nHost: %s\r\n\r\n" % (_BASE, address)).encode()

    def next(self):
        """Waits for the next event; returns its headers, names in lower case, and its body."""
        status, headers, body = self._exchange(self._next_request)
        if status != 200:
            sys.exit(1)  # the Runtime API has no more use for this process
        return headers, body

    def restore_next(self):
        """Tells that the snapshot can be taken; returns when the process is restored from it."""
        request = "GET %srestore/next HTTP/1.1\r\nHost: %s\r\n\r\n" % (_BASE, self._host)
        if self._exchange(request.encode())[0] != 200:
            sys.exit(1)

    def post(self, path, body, error_type=None):
        """Posts a JSON document, as bytes, to a path below `/runtime/`."""
        error = "" if error_type is None else "Lambda-Runtime-Function-Error-Type: %s\r\n" % _header_text(error_type)
        head = "POST %s%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
        self._exchange((head % (_BASE, path, self._host, error, len(body))).encode() + body)

    def _exchange(self, request):
        try:
            self._socket.sendall(request)
            status, headers, body = self._read_reply()
            while status < 200:
                status, headers, body = self._read_reply()
            return status, headers, body
        except OSError:
            # Without the daemon there is nobody to work for, and nobody to tell; threads must not keep us either.
            os._exit(0)

    def _read_reply(self):
        head, rest = self._read_until(self._unread, b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        status = int(lines[0][9:12])
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body, self._unread = self._read_chunks(rest)
        else:
            body, self._unread = self._read_exactly(rest, int(headers.get("content-length", 0)))
        return status, headers, body

    def _read_chunks(self, rest):
        chunks = []
        while True:
            line, rest = self._read_until(rest, b"\r\n")
            size = int(line.split(b";")[0], 16)
            if size == 0:
                break
            chunk, rest = self._read_exactly(rest, size)
            chunks.append(chunk)
            _, rest = self._read_exactly(rest, 2)
        while line:  # trailers, then an empty line
            line, rest = self._read_until(rest, b"\r\n")
        return b"".join(chunks), rest

    def _read_until(self, data, end):
        at = data.find(end)
        while at < 0:
            data += self._receive()
            at = data.find(end)
        return data[:at], data[at + len(end) :]

    def _read_exactly(self, data, size):
        if len(data) >= size:
            return data[:size], data[size:]
        whole = bytearray(size)
        whole[: len(data)] = data
        view = memoryview(whole)
        filled = len(data)
        while filled < size:
            count = self._socket.recv_into(view[filled:])
            if count == 0:
                raise ConnectionResetError
            filled += count
        return bytes(whole), b""

    def _receive(self):
        data = self._socket.recv(_RECEIVE_SIZE)
        if not data:
            raise ConnectionResetError
        return data


def _header_text(value):
    """Header values come from user code (the name of an exception): one line of printable ASCII."""
    return "".join(c if " " <= c <= "~" else "?" for c in value)
