# frozen_string_literal: true

require 'json'

module LambdadRuntime
  # An exception as the caller and the log get it.
  class Fault
    # The classes whose names AWS counts by; all others are the user's own.
    COUNTED = %w[ArgumentError NoMethodError Exception StandardError NameError LoadError SystemExit
                 SystemStackError].freeze
    OURS = File.dirname(__dir__)
    MOST_FRAMES = 100

    attr_reader :document

    # `phase` is `Init` or `Function`.
    def initialize(error, phase)
      @error_class = error.class.to_s
      @type = "#{phase}<#{@error_class}>"
      @document = { errorMessage: text_of(error), errorType: @type, stackTrace: frames_of(error) }
    end

    # What the Runtime API is told beside the document.
    def counted_type
      COUNTED.include?(@error_class) ? @type : 'Function<UserException>'
    end

    def body
      JSON.generate(@document)
    end

    private

    # Raising from the message of an exception must not end the runtime, nor must bytes that are no text.
    def text_of(error)
      error.message.to_s.encode(Encoding::UTF_8, invalid: :replace, undef: :replace).scrub
    rescue StandardError
      '<message failed>'
    end

    def frames_of(error)
      frames = error.backtrace || []
      frames.take_while { |frame| !frame.start_with?(OURS) }.first(MOST_FRAMES).map(&:scrub)
    end
  end
end
