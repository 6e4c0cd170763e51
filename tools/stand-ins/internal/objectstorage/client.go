// Package objectstorage is the stand-in for the MinIO provider: buckets, their versioning, policy and CORS rules, by real
// S3 calls to a server on this machine.
package objectstorage

import (
	"fmt"
	"os"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"groundplan.dev/tools/stand-ins/internal/loopback"
	"groundplan.dev/tools/stand-ins/internal/provider"
)

const (
	// endpointVariable sends every server that a configuration names to one address on this machine.
	endpointVariable = "GROUNDPLAN_S3_ENDPOINT"
	// regionVariable is the region that the server at that address signs for.
	regionVariable = "GROUNDPLAN_S3_REGION"
	// defaultRegion is the real provider's.
	defaultRegion = "us-east-1"
)

// Client is a connection to the server, and what the configuration calls that server.
type Client struct {
	s3          *minio.Client
	named       string
	skipTagging bool
}

// Connect reads the provider's configuration. It refuses any server that is not on this machine, unless
// GROUNDPLAN_S3_ENDPOINT says which one stands for it.
func Connect(config provider.Values) (*Client, error) {
	scheme := "http"
	if provider.Bool(config, "minio_ssl") {
		scheme = "https"
	}
	named := fmt.Sprintf("%s://%s", scheme, provider.String(config, "minio_server"))
	address := os.Getenv(endpointVariable)
	if address == "" {
		address = named
	}
	endpoint, err := loopback.URL(address)
	if err != nil {
		return nil, provider.Problem{Summary: "no S3 server on this machine", Detail: fmt.Sprintf("%s (%s is not set or not usable)", err, endpointVariable), Attribute: "minio_server"}
	}
	if version := provider.String(config, "minio_api_version"); version != "" && version != "v4" {
		return nil, provider.Problem{Summary: "unsupported S3 API signature version", Detail: version, Attribute: "minio_api_version"}
	}
	client, err := minio.New(endpoint.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(either(config, "minio_user", "minio_access_key"), either(config, "minio_password", "minio_secret_key"), provider.String(config, "minio_session_token")),
		Region: region(config),
	})
	if err != nil {
		return nil, err
	}
	return &Client{s3: client, named: named, skipTagging: provider.Bool(config, "skip_bucket_tagging")}, nil
}

func region(config provider.Values) string {
	for _, candidate := range []string{os.Getenv(regionVariable), provider.String(config, "minio_region")} {
		if candidate != "" {
			return candidate
		}
	}
	return defaultRegion
}

func either(config provider.Values, name, deprecated string) string {
	if value := provider.String(config, name); value != "" {
		return value
	}
	return provider.String(config, deprecated)
}

// failed words an error as the real provider does: what could not be done, to which bucket, and what the server said.
func failed(action, bucket string, err error) error {
	return provider.Problem{Summary: fmt.Sprintf("[FATAL] %s (%s): %s", action, bucket, err)}
}

func isMissing(err error, codes ...string) bool {
	code := minio.ToErrorResponse(err).Code
	for _, missing := range append(codes, "NoSuchBucket") {
		if code == missing {
			return true
		}
	}
	return false
}
