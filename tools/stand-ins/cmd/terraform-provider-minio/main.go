// A stand-in for the MinIO provider, for tests: see README.md two folders up.
package main

import (
	"context"
	_ "embed"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-mux/tf6to5server"

	"groundplan.dev/tools/stand-ins/internal/objectstorage"
	"groundplan.dev/tools/stand-ins/internal/provider"
	"groundplan.dev/tools/stand-ins/internal/schema"
)

// Copied from packages/providers/schemas by the build (scripts/tools.mjs).
//
//go:embed generated/schema.json
var document []byte

func main() {
	stored, err := schema.Parse(document, objectstorage.Source)
	if err != nil {
		log.Fatal(err)
	}
	server, err := provider.NewServer(objectstorage.Definition(stored))
	if err != nil {
		log.Fatal(err)
	}
	// The real provider speaks protocol 5.
	downgraded, err := tf6to5server.DowngradeServer(context.Background(), func() tfprotov6.ProviderServer { return server })
	if err != nil {
		log.Fatal(err)
	}
	if err := tf5server.Serve(objectstorage.Source, func() tfprotov5.ProviderServer { return downgraded }); err != nil {
		log.Fatal(err)
	}
}
