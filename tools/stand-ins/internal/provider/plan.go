package provider

import (
	"reflect"
	"sort"

	"groundplan.dev/tools/stand-ins/internal/schema"
)

// planned is what a resource will be, as far as its schema's flags and its own table tell.
//
// proposed is Terraform's merge of the configuration and the prior state; prior is nil when the resource is created.
func planned(resource Resource, block schema.Block, config, prior, proposed Values) Values {
	result := make(Values, len(proposed))
	for name := range block.BlockTypes {
		result[name] = proposed[name]
	}
	planAttributes(result, block.Attributes, config, prior, proposed)
	for name, value := range resource.Defaults {
		if config[name] == nil {
			result[name] = value
		}
	}
	for name, equivalent := range resource.Equivalent {
		before, hadText := prior[name].(string)
		after, hasText := result[name].(string)
		if hadText && hasText && equivalent(before, after) {
			result[name] = before
		}
	}
	if prior != nil && resource.Volatile != nil {
		if changed := changedNames(prior, result); len(changed) > 0 {
			for _, name := range resource.Volatile(changed) {
				if config[name] == nil {
					result[name] = Unknown
				}
			}
		}
	}
	return result
}

// planAttributes fills in what the configuration leaves to the provider: unknown at creation, as it was afterwards.
func planAttributes(result Values, attributes map[string]schema.Attribute, config, prior, proposed Values) {
	for name, attribute := range attributes {
		configured := config[name]
		switch {
		case configured == nil && attribute.Computed && prior == nil:
			result[name] = Unknown
		case configured == nil && attribute.Computed:
			result[name] = prior[name]
		default:
			result[name] = planNested(attribute, configured, prior[name], proposed[name])
		}
	}
}

func planNested(attribute schema.Attribute, configured, prior, proposed any) any {
	object, isObject := configured.(Values)
	if attribute.NestedType == nil || attribute.NestedType.NestingMode != "single" || !isObject {
		return proposed
	}
	before, _ := prior.(Values)
	after, _ := proposed.(Values)
	result := make(Values, len(after))
	planAttributes(result, attribute.NestedType.Attributes, object, before, after)
	return result
}

// changedNames returns the names whose values differ, in order.
func changedNames(before, after Values) []string {
	var names []string
	for name, value := range after {
		if !reflect.DeepEqual(before[name], value) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// fill puts what the apply told in the place of what the plan left unknown, and keeps all that was planned: Terraform
// refuses a provider that returns anything else.
func fill(planned, told any) any {
	switch planned := planned.(type) {
	case unknown:
		return told
	case Values:
		toldMembers, _ := told.(Values)
		result := make(Values, len(planned))
		for name, member := range planned {
			result[name] = fill(member, toldMembers[name])
		}
		return result
	default:
		return planned
	}
}

// known returns the values without those that are unknown.
func known(values Values) Values {
	result := make(Values, len(values))
	for name, value := range values {
		switch value := value.(type) {
		case unknown:
			continue
		case Values:
			result[name] = known(value)
		default:
			result[name] = value
		}
	}
	return result
}

// refreshedState is the state after a read: what the service told where it told something, else as it was.
func refreshedState(state, told Values) Values {
	result := make(Values, len(state))
	for name, value := range state {
		result[name] = value
	}
	for name, value := range told {
		result[name] = refreshed(state[name], value)
	}
	return result
}

// refreshed keeps null what was null where the service answers with something empty: services say so of what was never
// set.
func refreshed(prior, told any) any {
	if prior == nil && isEmpty(told) {
		return nil
	}
	switch told := told.(type) {
	case Values:
		before, _ := prior.(Values)
		result := make(Values, len(told))
		for name, value := range told {
			result[name] = refreshed(before[name], value)
		}
		return result
	case []any:
		before, _ := prior.([]any)
		if len(before) != len(told) {
			return told
		}
		result := make([]any, len(told))
		for index, element := range told {
			result[index] = refreshed(before[index], element)
		}
		return result
	default:
		return told
	}
}

func isEmpty(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case string:
		return value == ""
	case bool:
		return !value
	case float64:
		return value == 0
	case []any:
		return len(value) == 0
	case Values:
		for _, member := range value {
			if !isEmpty(member) {
				return false
			}
		}
		return true
	default:
		return false
	}
}
