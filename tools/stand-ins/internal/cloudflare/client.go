// Package cloudflare is the stand-in for the Cloudflare provider: DNS records and zones by real calls of the v4 API, to a
// server on this machine.
package cloudflare

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"groundplan.dev/tools/stand-ins/internal/loopback"
	"groundplan.dev/tools/stand-ins/internal/provider"
)

const (
	// The real provider honours these two as well.
	baseURLVariable = "CLOUDFLARE_BASE_URL"
	tokenVariable   = "CLOUDFLARE_API_TOKEN"

	requestTimeout = 30 * time.Second
)

// Client calls the API with one token.
type Client struct {
	http  *http.Client
	base  string
	token string
}

// Connect reads the provider's configuration. It refuses to start without an address on this machine.
func Connect(config provider.Values) (*Client, error) {
	address := provider.String(config, "base_url")
	if address == "" {
		address = os.Getenv(baseURLVariable)
	}
	base, err := loopback.URL(address)
	if err != nil {
		return nil, provider.Problem{Summary: "no Cloudflare API on this machine", Detail: fmt.Sprintf("%s (base_url or %s)", err, baseURLVariable)}
	}
	for _, name := range []string{"api_key", "email", "api_user_service_key"} {
		if config[name] != nil {
			return nil, provider.Problem{Summary: "the stand-in provider does not do this", Detail: "it knows API tokens only", Attribute: name}
		}
	}
	token := provider.String(config, "api_token")
	if token == "" {
		token = os.Getenv(tokenVariable)
	}
	return &Client{http: &http.Client{Timeout: requestTimeout}, base: strings.TrimSuffix(base.String(), "/"), token: token}, nil
}

// responseError is an answer other than 2xx.
type responseError struct {
	method, url, status string
	code                int
	body                string
}

func (e responseError) Error() string {
	return fmt.Sprintf("%s %q: %s %s", e.method, e.url, e.status, e.body)
}

// call sends a request and returns the result inside Cloudflare's envelope.
func (c *Client) call(ctx context.Context, method, path string, body provider.Values) (json.RawMessage, error) {
	var content io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		content = bytes.NewReader(encoded)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.base+path, content)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return nil, responseError{method, c.base + path, response.Status, response.StatusCode, string(answer)}
	}
	var envelope struct {
		Result json.RawMessage `json:"result"`
	}
	return envelope.Result, json.Unmarshal(answer, &envelope)
}

// callObject is call for an answer with one object.
func (c *Client) callObject(ctx context.Context, method, path string, body provider.Values) (provider.Values, error) {
	result, err := c.call(ctx, method, path, body)
	if err != nil {
		return nil, err
	}
	var object provider.Values
	return object, json.Unmarshal(result, &object)
}

// readObject is callObject for a GET; it returns nil when there is no such thing.
func (c *Client) readObject(ctx context.Context, path string) (provider.Values, error) {
	object, err := c.callObject(ctx, http.MethodGet, path, nil)
	if refused, isResponse := err.(responseError); isResponse && refused.code == http.StatusNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, failed(err)
	}
	return object, nil
}

// failed words an error as the real provider does.
func failed(err error) error {
	return provider.Problem{Summary: "failed to make http request", Detail: err.Error()}
}

// configured copies what a request may carry: the values that are set, by the names that the API knows.
func configured(planned provider.Values, names []string) provider.Values {
	body := make(provider.Values)
	for _, name := range names {
		if value := withoutNulls(planned[name]); value != nil {
			body[name] = value
		}
	}
	return body
}

func withoutNulls(value any) any {
	members, isObject := value.(provider.Values)
	if !isObject {
		return value
	}
	result := make(provider.Values, len(members))
	for name, member := range members {
		if member = withoutNulls(member); member != nil {
			result[name] = member
		}
	}
	return result
}
