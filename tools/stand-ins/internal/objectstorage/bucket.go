package objectstorage

import (
	"context"
	"fmt"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/tags"

	"groundplan.dev/tools/stand-ins/internal/provider"
)

const (
	bucketArnPrefix = "arn:aws:s3:::"
	longestName     = 63
)

// bucket: `bucket` and `bucket_prefix` force a new one, the length limit and the words of the refusals are the real
// provider's (minio/resource_minio_s3_bucket.go in aminueza/terraform-provider-minio v3.40.1).
func bucket(client *Client) provider.Resource {
	return provider.Resource{
		ForceNew: []string{"bucket", "bucket_prefix"},
		Validate: validateBucket,
		Create:   client.createBucket,
		Read:     client.readBucket,
		Update:   client.updateBucket,
		Delete:   client.deleteBucket,
	}
}

func validateBucket(config provider.Values) []provider.Problem {
	var problems []provider.Problem
	if name := provider.String(config, "bucket"); len(name) > longestName {
		problems = append(problems, provider.Problem{Summary: fmt.Sprintf("expected length of bucket to be in the range (0 - %d), got %s", longestName, name), Attribute: "bucket"})
	}
	if config["bucket"] != nil && config["bucket_prefix"] != nil {
		problems = append(problems, provider.Problem{Summary: "Conflicting configuration arguments", Detail: `"bucket": conflicts with bucket_prefix`, Attribute: "bucket"})
	}
	for _, name := range []string{"bucket_prefix", "quota"} {
		if config[name] != nil {
			problems = append(problems, provider.Problem{Summary: "the stand-in provider does not do this", Detail: name + " is left out of it", Attribute: name})
		}
	}
	if acl := provider.String(config, "acl"); acl != "" && acl != "private" {
		problems = append(problems, provider.Problem{Summary: "the stand-in provider does not do this", Detail: "it knows the private ACL only", Attribute: "acl"})
	}
	return problems
}

func (c *Client) createBucket(ctx context.Context, planned provider.Values) (provider.Values, error) {
	name := provider.String(planned, "bucket")
	if name == "" {
		return nil, provider.Problem{Summary: "the stand-in provider does not do this", Detail: "it makes up no bucket names", Attribute: "bucket"}
	}
	exists, err := c.s3.BucketExists(ctx, name)
	if err != nil {
		return nil, failed("unable to check bucket", name, err)
	}
	if exists {
		return nil, failed("bucket already exists!", name, nil)
	}
	options := minio.MakeBucketOptions{ObjectLocking: provider.Bool(planned, "object_locking")}
	if err := c.s3.MakeBucket(ctx, name, options); err != nil {
		return nil, failed("unable to create bucket", name, err)
	}
	if err := c.writeTags(ctx, name, planned); err != nil {
		return nil, err
	}
	return c.describeBucket(name, planned["tags"]), nil
}

func (c *Client) describeBucket(name string, bucketTags any) provider.Values {
	if bucketTags == nil {
		bucketTags = provider.Values{}
	}
	return provider.Values{
		"id":                 name,
		"bucket":             name,
		"arn":                bucketArnPrefix + name,
		"bucket_domain_name": fmt.Sprintf("%s/%s", c.named, name),
		"tags":               bucketTags,
	}
}

func (c *Client) readBucket(ctx context.Context, state provider.Values) (provider.Values, error) {
	name := provider.String(state, "id")
	exists, err := c.s3.BucketExists(ctx, name)
	if err != nil {
		return nil, failed("error checking bucket existence", name, err)
	}
	if !exists {
		return nil, nil
	}
	bucketTags := state["tags"]
	if !c.skipTagging {
		bucketTags, err = c.readTags(ctx, name)
		if err != nil {
			return nil, failed("error reading bucket tags", name, err)
		}
	}
	return c.describeBucket(name, bucketTags), nil
}

func (c *Client) updateBucket(ctx context.Context, _, planned provider.Values) (provider.Values, error) {
	name := provider.String(planned, "id")
	if err := c.writeTags(ctx, name, planned); err != nil {
		return nil, err
	}
	return c.describeBucket(name, planned["tags"]), nil
}

func (c *Client) deleteBucket(ctx context.Context, state provider.Values) error {
	name := provider.String(state, "id")
	if provider.Bool(state, "force_destroy") {
		if err := c.emptyBucket(ctx, name); err != nil {
			return failed("error deleting object during force destroy", name, err)
		}
	} else if c.hasObjects(ctx, name) {
		return provider.Problem{Summary: fmt.Sprintf("bucket %q is not empty. Set force_destroy = true to delete all objects and the bucket, or manually empty the bucket first", name)}
	}
	if err := c.s3.RemoveBucket(ctx, name); err != nil && !isMissing(err) {
		return failed("unable to remove bucket", name, err)
	}
	return nil
}

func (c *Client) hasObjects(ctx context.Context, name string) bool {
	listing, stop := context.WithCancel(ctx)
	defer stop()
	for object := range c.s3.ListObjects(listing, name, minio.ListObjectsOptions{Recursive: true, WithVersions: true, MaxKeys: 1}) {
		return object.Err == nil
	}
	return false
}

func (c *Client) emptyBucket(ctx context.Context, name string) error {
	for object := range c.s3.ListObjects(ctx, name, minio.ListObjectsOptions{Recursive: true, WithVersions: true}) {
		if isMissing(object.Err) {
			return nil
		}
		if object.Err != nil {
			return object.Err
		}
		if err := c.s3.RemoveObject(ctx, name, object.Key, minio.RemoveObjectOptions{VersionID: object.VersionID, GovernanceBypass: true}); err != nil {
			return err
		}
	}
	return nil
}

func (c *Client) readTags(ctx context.Context, name string) (any, error) {
	result := provider.Values{}
	found, err := c.s3.GetBucketTagging(ctx, name)
	if minio.ToErrorResponse(err).Code == "NoSuchTagSet" {
		return result, nil
	}
	if err != nil {
		return nil, err
	}
	for key, value := range found.ToMap() {
		result[key] = value
	}
	return result, nil
}

func (c *Client) writeTags(ctx context.Context, name string, planned provider.Values) error {
	wanted, configured := planned["tags"].(provider.Values)
	if !configured || c.skipTagging {
		return nil
	}
	texts := make(map[string]string, len(wanted))
	for key := range wanted {
		texts[key] = provider.String(wanted, key)
	}
	if len(texts) == 0 {
		if err := c.s3.RemoveBucketTagging(ctx, name); err != nil {
			return failed("error removing bucket tags", name, err)
		}
		return nil
	}
	bucketTags, err := tags.NewTags(texts, false)
	if err != nil {
		return failed("error creating bucket tags", name, err)
	}
	if err := c.s3.SetBucketTagging(ctx, name, bucketTags); err != nil {
		return failed("error setting bucket tags", name, err)
	}
	return nil
}
