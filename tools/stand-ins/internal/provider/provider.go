// Package provider serves a stored provider schema over the plugin protocol. It plans by the schema's flags and a small
// table for each resource, and leaves the real work to that resource's functions.
package provider

import (
	"context"
	"fmt"

	"groundplan.dev/tools/stand-ins/internal/schema"
)

// Definition is a provider: its schema and what its resources do. C is what Connect makes, usually a client.
type Definition[C any] struct {
	Schema schema.Provider
	// Connect is given the provider's configuration. Values that are not known yet are absent.
	Connect     func(config Values) (C, error)
	Resources   map[string]func(client C) Resource
	DataSources map[string]func(client C) DataSource
}

// Resource is what the stored schema does not say about a resource.
type Resource struct {
	// ForceNew names the attributes and blocks whose change replaces the resource.
	ForceNew []string
	// Defaults holds the values of optional and computed attributes that the configuration leaves out.
	Defaults Values
	// Equivalent tells, for an attribute, that two texts mean the same, so that the difference is no change.
	Equivalent map[string]func(before, after string) bool
	// Volatile names the computed attributes that an update with these changes leaves unknown until it is applied.
	Volatile func(changed []string) []string
	// Validate returns what is wrong with a configuration beyond what the schema says. Values may be Unknown.
	Validate func(config Values) []Problem

	// Create and Update return what was left unknown; everything else stays as planned.
	Create func(ctx context.Context, planned Values) (Values, error)
	Update func(ctx context.Context, prior, planned Values) (Values, error)
	// Read returns what the service says now; names that are absent stay as they were. Nil means that it is gone.
	Read   func(ctx context.Context, state Values) (Values, error)
	Delete func(ctx context.Context, state Values) error
}

// DataSource is read at plan time as soon as its configuration is known.
type DataSource struct {
	Read func(ctx context.Context, config Values) (Values, error)
}

// Problem is an error for the user, about one attribute where Attribute is set.
type Problem struct {
	Summary   string
	Detail    string
	Attribute string
}

func (p Problem) Error() string {
	if p.Detail == "" {
		return p.Summary
	}
	return fmt.Sprintf("%s: %s", p.Summary, p.Detail)
}
