package objectstorage

import (
	"context"
	"encoding/json"
	"strings"

	awspolicy "github.com/hashicorp/awspolicyequivalence"

	"groundplan.dev/tools/stand-ins/internal/provider"
)

// policy: what forces a new one and that equivalent documents are no change are the real provider's
// (minio/resource_minio_s3_bucket_policy.go).
func policy(client *Client) provider.Resource {
	return provider.Resource{
		ForceNew:   []string{"bucket"},
		Equivalent: map[string]func(before, after string) bool{"policy": equivalentPolicies},
		Validate:   validatePolicy,
		Create:     client.writePolicy,
		Read:       client.readPolicy,
		Update: func(ctx context.Context, _, planned provider.Values) (provider.Values, error) {
			return client.writePolicy(ctx, planned)
		},
		Delete: client.deletePolicy,
	}
}

func equivalentPolicies(before, after string) bool {
	equivalent, err := awspolicy.PoliciesAreEquivalent(before, after)
	return err == nil && equivalent
}

func validatePolicy(config provider.Values) []provider.Problem {
	document, isKnown := config["policy"].(string)
	if isKnown && !json.Valid([]byte(document)) {
		return []provider.Problem{{Summary: `"policy" contains an invalid JSON policy`, Attribute: "policy"}}
	}
	return nil
}

func (c *Client) writePolicy(ctx context.Context, planned provider.Values) (provider.Values, error) {
	name := provider.String(planned, "bucket")
	if err := c.s3.SetBucketPolicy(ctx, name, provider.String(planned, "policy")); err != nil {
		return nil, failed("error putting bucket policy", name, err)
	}
	return provider.Values{"id": name}, nil
}

func (c *Client) readPolicy(ctx context.Context, state provider.Values) (provider.Values, error) {
	name := provider.String(state, "id")
	document, err := c.s3.GetBucketPolicy(ctx, name)
	if isMissing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, failed("failed to load bucket policy", name, err)
	}
	if strings.TrimSpace(document) == "" {
		return nil, nil
	}
	if stored := provider.String(state, "policy"); equivalentPolicies(stored, document) {
		document = stored
	}
	return provider.Values{"bucket": name, "policy": document}, nil
}

func (c *Client) deletePolicy(ctx context.Context, state provider.Values) error {
	name := provider.String(state, "id")
	if err := c.s3.SetBucketPolicy(ctx, name, ""); err != nil && !isMissing(err, "NoSuchBucketPolicy") {
		return failed("error deleting bucket", name, err)
	}
	return nil
}
