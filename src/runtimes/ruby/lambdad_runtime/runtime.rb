# frozen_string_literal: true

require 'json'
require_relative 'connection'
require_relative 'fault'
require_relative 'handler'
require_relative 'lambda_context'
require_relative 'log_lines'

module LambdadRuntime
  # The loop of a runtime: load the handler, wait for an event, run it, answer.
  class Runtime
    # The exit statuses are those of AWS's runtime, -4 and -1.
    FAILED_INIT = 252
    FAILED_HANDLER = 255

    def initialize(environment)
      @environment = environment
      @log = LogLines.new(environment)
      @connection = Connection.new(environment.fetch('AWS_LAMBDA_RUNTIME_API'))
    end

    # Never returns: the process ends with the daemon, by a failed start, or by an error that leaves it in doubt.
    def run
      $stdout.sync = true
      @log.install
      handler = load_handler
      loop { answer(handler, *@connection.next) }
    end

    private

    def load_handler
      root = @environment.fetch('LAMBDA_TASK_ROOT', Dir.pwd)
      $LOAD_PATH.unshift(root) unless $LOAD_PATH.include?(root)
      name = @environment.fetch('_HANDLER', '')
      handler = Handler.new(name)
      require handler.file
      handler
    rescue Exception => e # also of a `raise Exception`, an `exit` or a syntax error while the file is loaded
      fault = Fault.new(e, 'Init')
      @log.failure("Init error when loading handler #{name}", fault.document)
      @connection.post('init/error', fault.body, error_type: fault.counted_type)
      exit!(FAILED_INIT)
    end

    def answer(handler, headers, body)
      request_id = headers['lambda-runtime-aws-request-id']
      @log.request_id = request_id
      @environment['_X_AMZN_TRACE_ID'] = headers['lambda-runtime-trace-id']
      event = JSON.parse(body.force_encoding(Encoding::UTF_8), max_nesting: false)
      document, content_type = encode(handler.call(event, LambdaContext.new(@environment, headers)))
      flush
      @connection.post("invocation/#{request_id}/response", document, content_type: content_type)
    rescue SignalException
      raise # the end of the environment, not of the invocation
    rescue Exception => e
      critical = e.is_a?(NameError) || !e.is_a?(StandardError)
      fail_invocation(request_id, e, critical ? 'Critical exception from handler' : 'Error raised from handler method')
      exit!(FAILED_HANDLER) if critical # AWS's runtime does not go on after these
    end

    # What can be read is the answer itself, anything else becomes JSON.
    def encode(value)
      return [value.read.to_s, 'application/unknown'] if value.is_a?(IO) || value.is_a?(streams)

      [JSON.generate(value, max_nesting: 0), 'application/json']
    end

    # A function that has made one has loaded its class.
    def streams
      defined?(StringIO) ? StringIO : IO
    end

    def fail_invocation(request_id, error, message)
      fault = Fault.new(error, 'Function')
      @log.failure(message, fault.document)
      flush
      @connection.post("invocation/#{request_id}/error", fault.body, error_type: fault.counted_type)
    end

    # What was printed must be on its way before the answer is.
    def flush
      [$stdout, $stderr].each(&:flush)
    rescue IOError, NoMethodError
      nil # closed or replaced by the function
    end
  end
end
