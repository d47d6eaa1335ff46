# frozen_string_literal: true

# Runs a Ruby function: loads its handler, then asks the Lambda Runtime API for one event after another.

require_relative 'lambdad_runtime/runtime'

LambdadRuntime::Runtime.new(ENV).run
