package objectstorage

import (
	"context"
	"fmt"

	"github.com/minio/minio-go/v7"

	"groundplan.dev/tools/stand-ins/internal/provider"
)

// versioning: what forces a new one, which states there are and that a delete suspends are the real provider's
// (minio/resource_minio_s3_bucket_versioning.go).
func versioning(client *Client) provider.Resource {
	return provider.Resource{
		ForceNew: []string{"bucket"},
		Validate: validateVersioning,
		Create:   client.writeVersioning,
		Read:     client.readVersioning,
		Update: func(ctx context.Context, _, planned provider.Values) (provider.Values, error) {
			return client.writeVersioning(ctx, planned)
		},
		Delete: client.suspendVersioning,
	}
}

func validateVersioning(config provider.Values) []provider.Problem {
	for _, block := range provider.Blocks(config, "versioning_configuration") {
		status, isKnown := block["status"].(string)
		if isKnown && status != minio.Enabled && status != minio.Suspended {
			return []provider.Problem{{
				Summary:   fmt.Sprintf("expected versioning_configuration.0.status to be one of [%q %q], got %s", minio.Enabled, minio.Suspended, status),
				Attribute: "versioning_configuration",
			}}
		}
	}
	return nil
}

func (c *Client) writeVersioning(ctx context.Context, planned provider.Values) (provider.Values, error) {
	name := provider.String(planned, "bucket")
	for _, block := range provider.Blocks(planned, "versioning_configuration") {
		wanted := minio.BucketVersioningConfiguration{Status: provider.String(block, "status"), ExcludeFolders: provider.Bool(block, "exclude_folders")}
		for _, prefix := range provider.Strings(block, "excluded_prefixes") {
			wanted.ExcludedPrefixes = append(wanted.ExcludedPrefixes, minio.ExcludedPrefix{Prefix: prefix})
		}
		if err := c.s3.SetBucketVersioning(ctx, name, wanted); err != nil {
			return nil, failed("error putting bucket versioning configuration", name, err)
		}
	}
	return provider.Values{"id": name}, nil
}

func (c *Client) readVersioning(ctx context.Context, state provider.Values) (provider.Values, error) {
	name := provider.String(state, "id")
	found, err := c.s3.GetBucketVersioning(ctx, name)
	if isMissing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, failed("failed to load bucket versioning", name, err)
	}
	prefixes := make([]any, 0, len(found.ExcludedPrefixes))
	for _, excluded := range found.ExcludedPrefixes {
		prefixes = append(prefixes, excluded.Prefix)
	}
	block := provider.Values{"status": found.Status, "exclude_folders": found.ExcludeFolders, "excluded_prefixes": prefixes}
	return provider.Values{"bucket": name, "versioning_configuration": []any{block}}, nil
}

func (c *Client) suspendVersioning(ctx context.Context, state provider.Values) error {
	name := provider.String(state, "id")
	if err := c.s3.SuspendVersioning(ctx, name); err != nil && !isMissing(err) {
		return failed("error suspending bucket versioning", name, err)
	}
	return nil
}
