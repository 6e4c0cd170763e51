package cloudflare

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"groundplan.dev/tools/stand-ins/internal/provider"
)

// What an update leaves unknown: everything computed but the id, as the real provider's framework does.
var computedOfZone = []string{
	"activated_on", "cname_suffix", "created_on", "development_mode", "meta", "modified_on", "name_servers",
	"original_dnshost", "original_name_servers", "original_registrar", "owner", "permissions", "plan", "status", "tenant",
	"tenant_unit", "vanity_name_servers", "verification_key",
}

// zone: what forces a new one and the defaults are the real provider's (internal/services/zone/schema.go of v5.22.0).
func zone(client *Client) provider.Resource {
	return provider.Resource{
		ForceNew: []string{"name", "account"},
		Defaults: provider.Values{"paused": false, "type": "full"},
		Volatile: func([]string) []string { return computedOfZone },
		Create: func(ctx context.Context, planned provider.Values) (provider.Values, error) {
			return client.writeZone(ctx, http.MethodPost, "/zones", configured(planned, []string{"name", "account", "type"}))
		},
		Read: func(ctx context.Context, state provider.Values) (provider.Values, error) {
			return client.readObject(ctx, zonePath(provider.String(state, "id")))
		},
		Update: func(ctx context.Context, _, planned provider.Values) (provider.Values, error) {
			changes := configured(planned, []string{"paused", "type", "vanity_name_servers"})
			return client.writeZone(ctx, http.MethodPatch, zonePath(provider.String(planned, "id")), changes)
		},
		Delete: func(ctx context.Context, state provider.Values) error {
			if _, err := client.call(ctx, http.MethodDelete, zonePath(provider.String(state, "id")), nil); err != nil {
				return failed(err)
			}
			return nil
		},
	}
}

func zonePath(id string) string {
	return "/zones/" + id
}

func (c *Client) writeZone(ctx context.Context, method, path string, body provider.Values) (provider.Values, error) {
	object, err := c.callObject(ctx, method, path, body)
	if err != nil {
		return nil, failed(err)
	}
	return object, nil
}

// zoneData finds a zone by its id, or by a filter that must fit exactly one.
func zoneData(client *Client) provider.DataSource {
	return provider.DataSource{Read: func(ctx context.Context, config provider.Values) (provider.Values, error) {
		id := provider.String(config, "zone_id")
		if filter, isSet := config["filter"].(provider.Values); isSet {
			found, err := client.findZone(ctx, filter)
			if err != nil {
				return nil, err
			}
			id = found
		}
		if id == "" {
			return nil, provider.Problem{Summary: "Invalid zone configuration: empty or null zone ID", Detail: "zone_id resolved to an empty or null value."}
		}
		object, err := client.callObject(ctx, http.MethodGet, zonePath(id), nil)
		if err != nil {
			return nil, failed(err)
		}
		object["zone_id"] = id
		return object, nil
	}}
}

func (c *Client) findZone(ctx context.Context, filter provider.Values) (string, error) {
	query := url.Values{}
	for _, name := range []string{"name", "status", "match", "order", "direction"} {
		if value := provider.String(filter, name); value != "" {
			query.Set(name, value)
		}
	}
	if account, isSet := filter["account"].(provider.Values); isSet {
		for _, name := range []string{"id", "name"} {
			if value := provider.String(account, name); value != "" {
				query.Set("account."+name, value)
			}
		}
	}
	result, err := c.call(ctx, http.MethodGet, "/zones?"+query.Encode(), nil)
	if err != nil {
		return "", failed(err)
	}
	var zones []struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(result, &zones); err != nil {
		return "", err
	}
	if len(zones) != 1 {
		return "", provider.Problem{Summary: "failed to find exactly one result", Detail: fmt.Sprintf("%d found", len(zones))}
	}
	return zones[0].ID, nil
}
