// An external extension in Go as its users write it: registers, listens for telemetry at sandbox.localdomain, asks for
// one event after the other, and sends what it was told when the environment ends.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

const listenAt = "sandbox.localdomain:4323"

type nextEvent struct {
	EventType      string `json:"eventType"`
	ShutdownReason string `json:"shutdownReason"`
	RequestID      string `json:"requestId"`
}

type telemetryEvent struct {
	Type   string          `json:"type"`
	Time   time.Time       `json:"time"`
	Record json.RawMessage `json:"record"`
}

type client struct {
	base string
	id   string
	http http.Client
}

func (c *client) send(ctx context.Context, method, path string, body any, header map[string]string) (*http.Response, []byte, error) {
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, nil, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, content)
	if err != nil {
		return nil, nil, err
	}
	if c.id != "" {
		request.Header.Set("Lambda-Extension-Identifier", c.id)
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s %s was answered %s: %s", method, path, response.Status, answer)
	}
	return response, answer, err
}

func (c *client) register(ctx context.Context, name string) error {
	events := map[string]any{"events": []string{"INVOKE", "SHUTDOWN"}}
	response, _, err := c.send(ctx, http.MethodPost, "/2020-01-01/extension/register", events,
		map[string]string{"Lambda-Extension-Name": name})
	if err == nil {
		c.id = response.Header.Get("Lambda-Extension-Identifier")
	}
	return err
}

func (c *client) subscribe(ctx context.Context) error {
	_, _, err := c.send(ctx, http.MethodPut, "/2022-07-01/telemetry", map[string]any{
		"schemaVersion": "2022-12-13",
		"types":         []string{"platform", "function", "extension"},
		"buffering":     map[string]int{"maxItems": 1000, "maxBytes": 256 * 1024, "timeoutMs": 25},
		"destination":   map[string]string{"protocol": "HTTP", "URI": "http://" + listenAt},
	}, nil)
	return err
}

func (c *client) next(ctx context.Context) (event nextEvent, err error) {
	_, answer, err := c.send(ctx, http.MethodGet, "/2020-01-01/extension/event/next", nil, nil)
	if err == nil {
		err = json.Unmarshal(answer, &event)
	}
	return event, err
}

func run(ctx context.Context) error {
	api := os.Getenv("AWS_LAMBDA_RUNTIME_API")
	name := filepath.Base(os.Args[0])
	c := &client{base: "http://" + api}
	if err := c.register(ctx, name); err != nil {
		return err
	}
	var mutex sync.Mutex
	var told []telemetryEvent
	listener, err := net.Listen("tcp", listenAt)
	if err != nil {
		return err
	}
	go http.Serve(listener, http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		var batch []telemetryEvent
		if json.NewDecoder(request.Body).Decode(&batch) == nil {
			mutex.Lock()
			told = append(told, batch...)
			mutex.Unlock()
		}
	}))
	if err := c.subscribe(ctx); err != nil {
		return err
	}
	var invoked []string
	for {
		event, err := c.next(ctx)
		if err != nil {
			return err
		}
		if event.EventType == "INVOKE" {
			fmt.Println(name, "heard of", event.RequestID)
			invoked = append(invoked, event.RequestID)
			continue
		}
		mutex.Lock()
		defer mutex.Unlock()
		host := strings.Split(api, ":")[0]
		collector := &client{base: "http://" + net.JoinHostPort(host, os.Getenv("COLLECTOR_PORT"))}
		_, _, err = collector.send(ctx, http.MethodPost, "/", map[string]any{
			"goExtension": map[string]any{"invoked": invoked, "reason": event.ShutdownReason, "told": told},
		}, nil)
		return err
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-signals
		cancel()
	}()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
