package provider

import (
	"fmt"

	"groundplan.dev/tools/stand-ins/internal/schema"
)

// flagProblems returns what a configuration does against the schema's flags as far as Terraform leaves that to the
// provider: an attribute set that only the provider may set, and null for one that is required.
func flagProblems(block schema.Block, config Values, prefix string) []Problem {
	problems := attributeProblems(block.Attributes, config, prefix)
	for _, name := range schema.SortedKeys(block.BlockTypes) {
		for index, nested := range blocksOf(config[name]) {
			path := fmt.Sprintf("%s%s.%d.", prefix, name, index)
			problems = append(problems, flagProblems(block.BlockTypes[name].Block, nested, path)...)
		}
	}
	return problems
}

func attributeProblems(attributes map[string]schema.Attribute, config Values, prefix string) []Problem {
	var problems []Problem
	for _, name := range schema.SortedKeys(attributes) {
		attribute, value := attributes[name], config[name]
		switch {
		case value == nil && attribute.Required:
			problems = append(problems, Problem{
				Summary: "Missing Configuration for Required Attribute",
				Detail:  fmt.Sprintf("Must set a configuration value for the %s%s attribute as the provider has marked it as required.", prefix, name),
			})
		case value != nil && !attribute.Required && !attribute.Optional:
			problems = append(problems, Problem{
				Summary: "Value for unconfigurable attribute",
				Detail:  fmt.Sprintf("Can't configure a value for %q: its value will be decided automatically based on the result of applying this configuration.", prefix+name),
			})
		case attribute.NestedType != nil:
			for _, nested := range blocksOf(value) {
				problems = append(problems, attributeProblems(attribute.NestedType.Attributes, nested, prefix+name+".")...)
			}
		}
	}
	return problems
}

// blocksOf returns the objects of a block or a nested attribute, of whichever nesting.
func blocksOf(value any) []Values {
	switch value := value.(type) {
	case Values:
		return []Values{value}
	case []any:
		objects := make([]Values, 0, len(value))
		for _, element := range value {
			objects = append(objects, blocksOf(element)...)
		}
		return objects
	default:
		return nil
	}
}
