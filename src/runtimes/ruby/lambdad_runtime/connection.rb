# frozen_string_literal: true

require 'socket'

module LambdadRuntime
  # The one kept-alive HTTP/1.1 connection to the Runtime API, on a bare socket: `net/http` doubles a cold start.
  class Connection
    BASE = '/2018-06-01/runtime/'
    RECEIVE_SIZE = 65_536

    # `address` is `host:port`, the value of AWS_LAMBDA_RUNTIME_API.
    def initialize(address)
      host, _, port = address.rpartition(':')
      @address = address
      @socket = TCPSocket.new(host.delete('[]'), port.to_i)
      @socket.setsockopt(Socket::IPPROTO_TCP, Socket::TCP_NODELAY, 1)
      @unread = String.new(encoding: Encoding::BINARY)
    end

    # Waits for the next event; returns its headers, names in lower case, and its body.
    def next
      status, headers, body = exchange("GET #{BASE}invocation/next HTTP/1.1\r\nHost: #{@address}\r\n\r\n")
      exit!(1) if status != 200 # the Runtime API has no more use for this process
      [headers, body]
    end

    # Posts a document to a path below `/runtime/`.
    def post(path, body, content_type: 'application/json', error_type: nil)
      head = "POST #{BASE}#{path} HTTP/1.1\r\nHost: #{@address}\r\nContent-Type: #{content_type}\r\n"
      head += "Lambda-Runtime-Function-Error-Type: #{header_text(error_type)}\r\n" if error_type
      exchange("#{head}Content-Length: #{body.bytesize}\r\n\r\n".b << body.b)
    end

    private

    def exchange(request)
      @socket.write(request)
      reply = read_reply
      reply = read_reply while reply.first < 200
      reply
    rescue SystemCallError, IOError
      # Without the daemon there is nobody to work for, and nobody to tell; threads must not keep us either.
      exit!(0)
    end

    def read_reply
      status_line, *lines = read_until("\r\n\r\n").split("\r\n")
      headers = lines.to_h do |line|
        name, _, value = line.partition(':')
        [name.downcase, value.strip]
      end
      chunked = headers['transfer-encoding']&.downcase == 'chunked'
      body = chunked ? read_chunks : read_exactly(headers.fetch('content-length', 0).to_i)
      [status_line[9, 3].to_i, headers, body]
    end

    def read_chunks
      body = String.new(encoding: Encoding::BINARY)
      while (size = read_until("\r\n").to_i(16)).positive?
        body << read_exactly(size)
        read_exactly(2)
      end
      nil until read_until("\r\n").empty? # trailers
      body
    end

    def read_until(ending)
      from = 0
      while (at = @unread.index(ending, from)).nil?
        from = [@unread.bytesize - ending.bytesize, 0].max
        receive
      end
      found = @unread.slice!(0, at + ending.bytesize)
      found[0, at]
    end

    def read_exactly(size)
      receive while @unread.bytesize < size
      @unread.slice!(0, size)
    end

    def receive
      @unread << @socket.readpartial(RECEIVE_SIZE)
    end

    # Header values come from user code (the name of an exception): one line of printable ASCII.
    def header_text(value)
      value.gsub(/[^ -~]/, '?')
    end
  end
end
