# frozen_string_literal: true

require 'json'
require 'logger'

module LambdadRuntime
  # What goes to the log: records of `Logger` and the errors that end invocations, in the text or the JSON format.
  class LogLines
    LEVELS = { 'TRACE' => 0, 'DEBUG' => 0, 'INFO' => 1, 'WARN' => 2, 'ERROR' => 3, 'FATAL' => 4 }.freeze

    # The invocation that lines are counted to.
    attr_writer :request_id

    # AWS_LAMBDA_LOG_LEVEL counts with the JSON format only, as on AWS.
    def initialize(environment)
      @json = environment['AWS_LAMBDA_LOG_FORMAT']&.upcase == 'JSON'
      @level = LEVELS[environment['AWS_LAMBDA_LOG_LEVEL']&.upcase] if @json
    end

    # Lets every `Logger` that writes to the log write such lines, unless the function gives it a formatter of its own.
    def install
      lines = self
      level = @level
      Logger.prepend(
        Module.new do
          define_method(:initialize) do |device = nil, *rest, **options|
            logged = [$stdout, $stderr, STDOUT, STDERR].include?(device)
            options = { level: level, **options } if logged && level
            super(device, *rest, **options)
            @default_formatter = lines if logged
          end
        end
      )
    end

    # One record, as `Logger` asks its formatter for it.
    def call(severity, time, program, message)
      @json ? json_record(severity, time, program, message) : text_record(severity, time, program, message)
    end

    # Writes one event; text keeps its lines together with carriage returns.
    def failure(message, document)
      if @json
        line = { timestamp: stamp(Time.now), level: 'ERROR', message: message, requestId: @request_id, **document }
        $stdout.puts(JSON.generate(line.compact))
      else
        $stdout.puts("#{message}\n#{JSON.pretty_generate(document)}".gsub("\n", "\r"))
      end
    end

    private

    def text_record(severity, time, program, message)
      moment = time.strftime('%Y-%m-%dT%H:%M:%S.%6N')
      head = format('%s, [%s #%d] %5s %s -- %s:', severity[0], moment, Process.pid, severity, @request_id, program)
      "#{head} #{text_of(message).gsub("\n", "\r")}\n"
    end

    def json_record(severity, time, program, message)
      line = { timestamp: stamp(time), level: severity, message: nil, requestId: @request_id, logger: program&.to_s }
      if message.is_a?(Exception)
        line[:message] = message.message
        line.update(errorType: message.class.to_s, errorMessage: message.message, stackTrace: message.backtrace)
      else
        line[:message] = message.is_a?(String) ? message : message.inspect
      end
      "#{JSON.generate(line.compact)}\n"
    end

    def text_of(message)
      case message
      when String then message
      when Exception then "#{message.message} (#{message.class})\n#{message.backtrace&.join("\n")}"
      else message.inspect
      end
    end

    def stamp(time)
      time.getutc.strftime('%Y-%m-%dT%H:%M:%S.%LZ')
    end
  end
end
