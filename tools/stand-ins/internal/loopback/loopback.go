// Package loopback keeps the stand-ins from ever talking to anything but this machine.
package loopback

import (
	"fmt"
	"net/netip"
	"net/url"
)

// URL parses an http address and refuses one whose host is not the loopback interface.
func URL(address string) (*url.URL, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%q is not an address: %w", address, err)
	}
	if parsed.Scheme != "http" || parsed.Port() == "" || !isLoopback(parsed.Hostname()) {
		return nil, fmt.Errorf("%q is not http://127.0.0.1:PORT: a stand-in provider talks to this machine only", address)
	}
	return parsed, nil
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}
