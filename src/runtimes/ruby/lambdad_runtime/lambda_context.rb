# frozen_string_literal: true

require 'json'

module LambdadRuntime
  # The context object of an invocation. Source: AWS Lambda developer guide, "Using the Lambda context object" (Ruby).
  class LambdaContext
    attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name,
                :memory_limit_in_mb, :function_version, :identity, :client_context, :tenant_id, :deadline_ms

    # `headers` are those of the event.
    def initialize(environment, headers)
      @aws_request_id = headers['lambda-runtime-aws-request-id']
      @invoked_function_arn = headers['lambda-runtime-invoked-function-arn']
      @tenant_id = headers['lambda-runtime-aws-tenant-id']
      @deadline_ms = headers['lambda-runtime-deadline-ms'].to_i
      @log_group_name = environment['AWS_LAMBDA_LOG_GROUP_NAME']
      @log_stream_name = environment['AWS_LAMBDA_LOG_STREAM_NAME']
      @function_name = environment['AWS_LAMBDA_FUNCTION_NAME']
      @function_version = environment['AWS_LAMBDA_FUNCTION_VERSION']
      @memory_limit_in_mb = environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']
      @identity = json(headers['lambda-runtime-cognito-identity'])
      @client_context = json(headers['lambda-runtime-client-context'])
    end

    def get_remaining_time_in_millis
      [@deadline_ms - Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond), 0].max
    end

    private

    # The bytes of a header are UTF-8.
    def json(value)
      value && JSON.parse(value.dup.force_encoding(Encoding::UTF_8))
    end
  end
end
