#!/bin/sh
# Starts the runtime as the images of AWS Lambda do: the only argument names the handler.
if [ $# -ne 1 ]; then
  echo "entrypoint requires the handler name to be the first argument" >&2
  exit 142
fi
export _HANDLER="$1"
exec /var/runtime/bootstrap
