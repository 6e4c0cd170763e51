package cloudflare

import (
	"groundplan.dev/tools/stand-ins/internal/provider"
	"groundplan.dev/tools/stand-ins/internal/schema"
)

// Source is the address of the provider that this one stands in for.
const Source = "registry.terraform.io/cloudflare/cloudflare"

// Definition returns the provider with the schema that the real one has.
func Definition(stored schema.Provider) provider.Definition[*Client] {
	return provider.Definition[*Client]{
		Schema:  stored,
		Connect: Connect,
		Resources: map[string]func(*Client) provider.Resource{
			"cloudflare_dns_record": dnsRecord,
			"cloudflare_zone":       zone,
		},
		DataSources: map[string]func(*Client) provider.DataSource{
			"cloudflare_zone": zoneData,
		},
	}
}
