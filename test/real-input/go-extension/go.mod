module telemetry-extension

go 1.18
