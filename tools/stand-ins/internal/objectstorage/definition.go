package objectstorage

import (
	"groundplan.dev/tools/stand-ins/internal/provider"
	"groundplan.dev/tools/stand-ins/internal/schema"
)

// Source is the address of the provider that this one stands in for.
const Source = "registry.terraform.io/aminueza/minio"

// Definition returns the provider with the schema that the real one has.
func Definition(stored schema.Provider) provider.Definition[*Client] {
	return provider.Definition[*Client]{
		Schema:  stored,
		Connect: Connect,
		Resources: map[string]func(*Client) provider.Resource{
			"minio_s3_bucket":            bucket,
			"minio_s3_bucket_cors":       corsRules,
			"minio_s3_bucket_policy":     policy,
			"minio_s3_bucket_versioning": versioning,
		},
	}
}
