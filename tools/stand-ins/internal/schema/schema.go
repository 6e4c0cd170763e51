// Package schema reads a provider schema as `terraform providers schema -json` writes it.
package schema

import (
	"encoding/json"
	"fmt"
	"sort"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Provider is everything that one provider declares.
type Provider struct {
	Config      Schema            `json:"provider"`
	Resources   map[string]Schema `json:"resource_schemas"`
	DataSources map[string]Schema `json:"data_source_schemas"`
}

// Schema is one resource, data source or provider configuration.
type Schema struct {
	Version int64 `json:"version"`
	Block   Block `json:"block"`
}

// Block is a set of attributes and of nested blocks, by name.
type Block struct {
	Attributes map[string]Attribute   `json:"attributes"`
	BlockTypes map[string]NestedBlock `json:"block_types"`
}

// Attribute has either a type or, in protocol 6, a nested type.
type Attribute struct {
	Type       json.RawMessage `json:"type"`
	NestedType *NestedType     `json:"nested_type"`
	Required   bool            `json:"required"`
	Optional   bool            `json:"optional"`
	Computed   bool            `json:"computed"`
	Sensitive  bool            `json:"sensitive"`
	Deprecated bool            `json:"deprecated"`
}

// NestedType is an attribute made of attributes.
type NestedType struct {
	Attributes  map[string]Attribute `json:"attributes"`
	NestingMode string               `json:"nesting_mode"`
}

// NestedBlock is a block that may occur in another one.
type NestedBlock struct {
	Block       Block  `json:"block"`
	NestingMode string `json:"nesting_mode"`
	MinItems    int64  `json:"min_items"`
	MaxItems    int64  `json:"max_items"`
}

// Parse returns the schema of the provider with the given source, such as
// `registry.terraform.io/aminueza/minio`.
func Parse(document []byte, source string) (Provider, error) {
	var all struct {
		Providers map[string]Provider `json:"provider_schemas"`
	}
	if err := json.Unmarshal(document, &all); err != nil {
		return Provider{}, err
	}
	provider, found := all.Providers[source]
	if !found {
		return Provider{}, fmt.Errorf("the stored schema has no provider %s", source)
	}
	return provider, nil
}

// Proto returns the schema as the plugin protocol (version 6) carries it.
func (s Schema) Proto() (*tfprotov6.Schema, error) {
	block, err := s.Block.proto()
	if err != nil {
		return nil, err
	}
	block.Version = s.Version
	return &tfprotov6.Schema{Version: s.Version, Block: block}, nil
}

func (b Block) proto() (*tfprotov6.SchemaBlock, error) {
	attributes, err := protoAttributes(b.Attributes)
	if err != nil {
		return nil, err
	}
	block := &tfprotov6.SchemaBlock{Attributes: attributes}
	for _, name := range SortedKeys(b.BlockTypes) {
		nested := b.BlockTypes[name]
		inner, err := nested.Block.proto()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		nesting, known := blockNesting[nested.NestingMode]
		if !known {
			return nil, fmt.Errorf("%s: nesting mode %q is not known", name, nested.NestingMode)
		}
		block.BlockTypes = append(block.BlockTypes, &tfprotov6.SchemaNestedBlock{
			TypeName: name, Block: inner, Nesting: nesting, MinItems: nested.MinItems, MaxItems: nested.MaxItems,
		})
	}
	return block, nil
}

var blockNesting = map[string]tfprotov6.SchemaNestedBlockNestingMode{
	"single": tfprotov6.SchemaNestedBlockNestingModeSingle,
	"list":   tfprotov6.SchemaNestedBlockNestingModeList,
	"set":    tfprotov6.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov6.SchemaNestedBlockNestingModeMap,
}

var attributeNesting = map[string]tfprotov6.SchemaObjectNestingMode{
	"single": tfprotov6.SchemaObjectNestingModeSingle,
	"list":   tfprotov6.SchemaObjectNestingModeList,
	"set":    tfprotov6.SchemaObjectNestingModeSet,
	"map":    tfprotov6.SchemaObjectNestingModeMap,
}

func protoAttributes(attributes map[string]Attribute) ([]*tfprotov6.SchemaAttribute, error) {
	result := make([]*tfprotov6.SchemaAttribute, 0, len(attributes))
	for _, name := range SortedKeys(attributes) {
		attribute := attributes[name]
		proto := &tfprotov6.SchemaAttribute{
			Name: name, Required: attribute.Required, Optional: attribute.Optional, Computed: attribute.Computed,
			Sensitive: attribute.Sensitive, Deprecated: attribute.Deprecated,
		}
		if attribute.NestedType == nil {
			parsed, err := parseType(attribute.Type)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			proto.Type = parsed
		} else {
			inner, err := protoAttributes(attribute.NestedType.Attributes)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			nesting, known := attributeNesting[attribute.NestedType.NestingMode]
			if !known {
				return nil, fmt.Errorf("%s: nesting mode %q is not known", name, attribute.NestedType.NestingMode)
			}
			proto.NestedType = &tfprotov6.SchemaObject{Attributes: inner, Nesting: nesting}
		}
		result = append(result, proto)
	}
	return result, nil
}

var primitiveTypes = map[string]tftypes.Type{
	"string":  tftypes.String,
	"number":  tftypes.Number,
	"bool":    tftypes.Bool,
	"dynamic": tftypes.DynamicPseudoType,
}

// parseType reads a type as cty writes it: `"string"`, `["list", "string"]`, `["object", {…}]`.
func parseType(raw json.RawMessage) (tftypes.Type, error) {
	var name string
	if err := json.Unmarshal(raw, &name); err == nil {
		if primitive, known := primitiveTypes[name]; known {
			return primitive, nil
		}
		return nil, fmt.Errorf("type %q is not known", name)
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil || len(parts) != 2 {
		return nil, fmt.Errorf("%s is not a type", raw)
	}
	if err := json.Unmarshal(parts[0], &name); err != nil {
		return nil, fmt.Errorf("%s is not a type", raw)
	}
	if name == "object" {
		return parseObjectType(parts[1])
	}
	element, err := parseType(parts[1])
	if err != nil {
		return nil, err
	}
	switch name {
	case "list":
		return tftypes.List{ElementType: element}, nil
	case "set":
		return tftypes.Set{ElementType: element}, nil
	case "map":
		return tftypes.Map{ElementType: element}, nil
	default:
		return nil, fmt.Errorf("type %q is not known", name)
	}
}

func parseObjectType(raw json.RawMessage) (tftypes.Type, error) {
	var attributes map[string]json.RawMessage
	if err := json.Unmarshal(raw, &attributes); err != nil {
		return nil, err
	}
	types := make(map[string]tftypes.Type, len(attributes))
	for name, attribute := range attributes {
		parsed, err := parseType(attribute)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		types[name] = parsed
	}
	return tftypes.Object{AttributeTypes: types}, nil
}

// SortedKeys returns the keys of a map in order, for a walk that is the same every time.
func SortedKeys[V any](values map[string]V) []string {
	keys := make([]string, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
