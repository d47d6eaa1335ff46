# frozen_string_literal: true

module LambdadRuntime
  # The method that a handler string names: `file.method`, or `file.Module::Class.method` of a class.
  class Handler
    attr_reader :file

    # Raises ArgumentError with AWS's wording.
    def initialize(specifier)
      parts = specifier.split('.')
      unless [2, 3].include?(parts.size)
        raise ArgumentError, "Invalid handler #{parts}, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD " \
                             'where FILENAME corresponds with an existing Ruby source file FILENAME.rb, CLASS is an ' \
                             'optional module/class namespace and METHOD is a callable method. If using CLASS, ' \
                             'METHOD must be a class-level method.'
      end
      @file = parts.first
      @owner = parts[1] if parts.size == 3
      @method = parts.last
    end

    def call(event, context)
      owner = @owner ? Object.const_get(@owner) : TOPLEVEL_BINDING.receiver
      owner.__send__(@method, event: event, context: context)
    end
  end
end
