package objectstorage

import (
	"context"

	"github.com/minio/minio-go/v7/pkg/cors"

	"groundplan.dev/tools/stand-ins/internal/provider"
)

// corsRules: what forces a new one is the real provider's (minio/resource_minio_s3_bucket_cors.go).
func corsRules(client *Client) provider.Resource {
	return provider.Resource{
		ForceNew: []string{"bucket"},
		Create:   client.writeCors,
		Read:     client.readCors,
		Update: func(ctx context.Context, _, planned provider.Values) (provider.Values, error) {
			return client.writeCors(ctx, planned)
		},
		Delete: client.deleteCors,
	}
}

func (c *Client) writeCors(ctx context.Context, planned provider.Values) (provider.Values, error) {
	name := provider.String(planned, "bucket")
	config := &cors.Config{}
	for _, block := range provider.Blocks(planned, "cors_rule") {
		seconds, _ := block["max_age_seconds"].(float64)
		config.CORSRules = append(config.CORSRules, cors.Rule{
			ID:            provider.String(block, "id"),
			AllowedHeader: provider.Strings(block, "allowed_headers"),
			AllowedMethod: provider.Strings(block, "allowed_methods"),
			AllowedOrigin: provider.Strings(block, "allowed_origins"),
			ExposeHeader:  provider.Strings(block, "expose_headers"),
			MaxAgeSeconds: int(seconds),
		})
	}
	if err := c.s3.SetBucketCors(ctx, name, config); err != nil {
		return nil, failed("creating CORS configuration", name, err)
	}
	return provider.Values{"id": name}, nil
}

func (c *Client) readCors(ctx context.Context, state provider.Values) (provider.Values, error) {
	name := provider.String(state, "id")
	config, err := c.s3.GetBucketCors(ctx, name)
	if isMissing(err, "NoSuchCORSConfiguration") {
		return nil, nil
	}
	if err != nil {
		return nil, failed("reading CORS configuration", name, err)
	}
	if config == nil || len(config.CORSRules) == 0 {
		return nil, nil
	}
	rules := make([]any, 0, len(config.CORSRules))
	for _, rule := range config.CORSRules {
		rules = append(rules, provider.Values{
			"id":              rule.ID,
			"allowed_headers": list(rule.AllowedHeader),
			"allowed_methods": list(rule.AllowedMethod),
			"allowed_origins": list(rule.AllowedOrigin),
			"expose_headers":  list(rule.ExposeHeader),
			"max_age_seconds": float64(rule.MaxAgeSeconds),
		})
	}
	return provider.Values{"bucket": name, "cors_rule": rules}, nil
}

func (c *Client) deleteCors(ctx context.Context, state provider.Values) error {
	name := provider.String(state, "id")
	// The real provider writes an empty configuration rather than removing it.
	if err := c.s3.SetBucketCors(ctx, name, &cors.Config{}); err != nil && !isMissing(err, "NoSuchCORSConfiguration") {
		return failed("deleting CORS configuration", name, err)
	}
	return nil
}

func list(texts []string) []any {
	elements := make([]any, 0, len(texts))
	for _, text := range texts {
		elements = append(elements, text)
	}
	return elements
}
