package cloudflare

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"groundplan.dev/tools/stand-ins/internal/provider"
)

// What the API takes in a record.
var recordFields = []string{"name", "type", "content", "ttl", "proxied", "priority", "comment", "tags", "data", "settings", "private_routing"}

// The real provider compares them without regard to case (internal/services/dns_record/schema.go of v5.22.0).
var recordTypes = []string{
	"A", "AAAA", "CNAME", "MX", "NS", "OPENPGPKEY", "PTR", "TXT", "CAA", "CERT", "DNSKEY", "DS", "HTTPS", "LOC", "NAPTR",
	"SMIMEA", "SRV", "SSHFP", "SVCB", "TLSA", "URI",
}

// dnsRecord: what forces a new one (schema.go), the default of `proxied`, which computed values an update leaves as they
// are (custom.go), and the refusals are the real provider's, in internal/services/dns_record of v5.22.0.
func dnsRecord(client *Client) provider.Resource {
	return provider.Resource{
		ForceNew: []string{"zone_id", "type"},
		Defaults: provider.Values{"proxied": false},
		Volatile: volatileOfRecord,
		Validate: validateRecord,
		Create:   client.createRecord,
		Read:     client.readRecord,
		Update:   client.updateRecord,
		Delete:   client.deleteRecord,
	}
}

func volatileOfRecord(changed []string) []string {
	volatile := []string{"modified_on"}
	if slices.Contains(changed, "comment") {
		volatile = append(volatile, "comment_modified_on")
	}
	if slices.Contains(changed, "tags") {
		volatile = append(volatile, "tags_modified_on")
	}
	return volatile
}

func validateRecord(config provider.Values) []provider.Problem {
	var problems []provider.Problem
	recordType, isKnown := config["type"].(string)
	if isKnown && !slices.Contains(recordTypes, strings.ToUpper(recordType)) {
		problems = append(problems, provider.Problem{
			Summary:   "Invalid Attribute Value Match",
			Detail:    fmt.Sprintf("Attribute type value must be one of: %q, got: %q", recordTypes, recordType),
			Attribute: "type",
		})
	}
	if config["content"] != nil && config["data"] != nil {
		problems = append(problems, provider.Problem{
			Summary:   "Invalid Attribute Combination",
			Detail:    `Attribute "data" cannot be specified when "content" is specified`,
			Attribute: "content",
		})
	}
	if priority, isKnown := config["priority"].(float64); isKnown && (priority < 0 || priority > 65535) {
		problems = append(problems, provider.Problem{
			Summary:   "Invalid Attribute Value",
			Detail:    fmt.Sprintf("Attribute priority value must be between 0.000000 and 65535.000000, got: %f", priority),
			Attribute: "priority",
		})
	}
	return problems
}

func recordsPath(values provider.Values) string {
	return fmt.Sprintf("/zones/%s/dns_records", provider.String(values, "zone_id"))
}

func recordPath(values provider.Values) string {
	return fmt.Sprintf("%s/%s", recordsPath(values), provider.String(values, "id"))
}

func (c *Client) createRecord(ctx context.Context, planned provider.Values) (provider.Values, error) {
	if ttl, _ := planned["ttl"].(float64); provider.Bool(planned, "proxied") && ttl != 1 {
		return nil, provider.Problem{
			Summary: "ttl must be set to 1 when `proxied` is true",
			Detail:  "When a DNS record is marked as `proxied` the TTL must be 1 as Cloudflare will control the TTL internally.",
		}
	}
	record, err := c.callObject(ctx, http.MethodPost, recordsPath(planned), configured(planned, recordFields))
	if err != nil {
		return nil, failed(err)
	}
	return describeRecord(record)
}

func (c *Client) updateRecord(ctx context.Context, _, planned provider.Values) (provider.Values, error) {
	record, err := c.callObject(ctx, http.MethodPut, recordPath(planned), configured(planned, recordFields))
	if err != nil {
		return nil, failed(err)
	}
	return describeRecord(record)
}

func (c *Client) readRecord(ctx context.Context, state provider.Values) (provider.Values, error) {
	record, err := c.readObject(ctx, recordPath(state))
	if record == nil || err != nil {
		return nil, err
	}
	described, err := describeRecord(record)
	if err != nil {
		return nil, err
	}
	// The API answers with the full name, whichever form the record was given.
	if before := provider.String(state, "name"); isSameName(before, provider.String(described, "name")) {
		described["name"] = before
	}
	return described, nil
}

func isSameName(configured, full string) bool {
	return configured == "@" || configured == full || strings.HasPrefix(full, configured+".")
}

// describeRecord is the API's record as the provider's schema has it, where `meta` is a JSON text.
func describeRecord(record provider.Values) (provider.Values, error) {
	if meta, isObject := record["meta"].(provider.Values); isObject {
		text, err := json.Marshal(meta)
		if err != nil {
			return nil, err
		}
		record["meta"] = string(text)
	}
	return record, nil
}

func (c *Client) deleteRecord(ctx context.Context, state provider.Values) error {
	if _, err := c.call(ctx, http.MethodDelete, recordPath(state), nil); err != nil {
		return failed(err)
	}
	return nil
}
