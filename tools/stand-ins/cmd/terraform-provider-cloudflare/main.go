// A stand-in for the Cloudflare provider, for tests: see README.md two folders up.
package main

import (
	_ "embed"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"groundplan.dev/tools/stand-ins/internal/cloudflare"
	"groundplan.dev/tools/stand-ins/internal/provider"
	"groundplan.dev/tools/stand-ins/internal/schema"
)

// Copied from packages/providers/schemas by the build (scripts/tools.mjs).
//
//go:embed generated/schema.json
var document []byte

func main() {
	stored, err := schema.Parse(document, cloudflare.Source)
	if err != nil {
		log.Fatal(err)
	}
	server, err := provider.NewServer(cloudflare.Definition(stored))
	if err != nil {
		log.Fatal(err)
	}
	if err := tf6server.Serve(cloudflare.Source, func() tfprotov6.ProviderServer { return server }); err != nil {
		log.Fatal(err)
	}
}
