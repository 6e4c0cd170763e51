package provider

import (
	"fmt"
	"math/big"
	"sort"
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Values holds an object's attributes and blocks by name as plain Go values: nil, string, float64, bool, []any,
// map[string]any, or Unknown. Elements of a set are in a fixed order, so that equal sets are equal slices.
type Values = map[string]any

type unknown struct{}

// Unknown stands for a value that only the apply will tell.
var Unknown = unknown{}

// String returns the attribute's text, or "" when it is null, unknown or absent.
func String(values Values, name string) string {
	text, _ := values[name].(string)
	return text
}

// Bool returns the attribute's value, or false when it is null, unknown or absent.
func Bool(values Values, name string) bool {
	value, _ := values[name].(bool)
	return value
}

// Strings returns the texts of a list or set of strings.
func Strings(values Values, name string) []string {
	elements, _ := values[name].([]any)
	texts := make([]string, 0, len(elements))
	for _, element := range elements {
		if text, isText := element.(string); isText {
			texts = append(texts, text)
		}
	}
	return texts
}

// Blocks returns the blocks of one type.
func Blocks(values Values, name string) []Values {
	return blocksOf(values[name])
}

// decodeObject reads what Terraform sent; the second result is false when it is null.
func decodeObject(dynamic *tfprotov6.DynamicValue, objectType tftypes.Type) (Values, bool, error) {
	value, err := dynamic.Unmarshal(objectType)
	if err != nil {
		return nil, false, err
	}
	decoded, err := decode(value)
	if err != nil {
		return nil, false, err
	}
	object, present := decoded.(Values)
	return object, present, nil
}

func encodeObject(values Values, objectType tftypes.Type) (*tfprotov6.DynamicValue, error) {
	encoded, err := encode(objectType, values)
	if err != nil {
		return nil, err
	}
	dynamic, err := tfprotov6.NewDynamicValue(objectType, encoded)
	return &dynamic, err
}

func encodeNull(objectType tftypes.Type) (*tfprotov6.DynamicValue, error) {
	dynamic, err := tfprotov6.NewDynamicValue(objectType, tftypes.NewValue(objectType, nil))
	return &dynamic, err
}

func decode(value tftypes.Value) (any, error) {
	if !value.IsKnown() {
		return Unknown, nil
	}
	if value.IsNull() {
		return nil, nil
	}
	switch valueType := value.Type(); {
	case valueType.Is(tftypes.String):
		var text string
		err := value.As(&text)
		return text, err
	case valueType.Is(tftypes.Bool):
		var truth bool
		err := value.As(&truth)
		return truth, err
	case valueType.Is(tftypes.Number):
		var number big.Float
		err := value.As(&number)
		float, _ := number.Float64()
		return float, err
	case valueType.Is(tftypes.Map{}), valueType.Is(tftypes.Object{}):
		return decodeMembers(value)
	default:
		return decodeElements(value)
	}
}

func decodeMembers(value tftypes.Value) (any, error) {
	var members map[string]tftypes.Value
	if err := value.As(&members); err != nil {
		return nil, err
	}
	result := make(Values, len(members))
	for name, member := range members {
		decoded, err := decode(member)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		result[name] = decoded
	}
	return result, nil
}

func decodeElements(value tftypes.Value) (any, error) {
	var elements []tftypes.Value
	if err := value.As(&elements); err != nil {
		return nil, err
	}
	result := make([]any, 0, len(elements))
	for index, element := range elements {
		decoded, err := decode(element)
		if err != nil {
			return nil, fmt.Errorf("[%d]: %w", index, err)
		}
		result = append(result, decoded)
	}
	if value.Type().Is(tftypes.Set{}) {
		sortElements(result)
	}
	return result, nil
}

func sortElements(elements []any) {
	sort.SliceStable(elements, func(i, j int) bool {
		return fmt.Sprintf("%#v", elements[i]) < fmt.Sprintf("%#v", elements[j])
	})
}

// encode makes a value of the given type; members that are absent are null, members that the type lacks are dropped.
func encode(valueType tftypes.Type, value any) (tftypes.Value, error) {
	switch value := value.(type) {
	case nil:
		return tftypes.NewValue(valueType, nil), nil
	case unknown:
		return tftypes.NewValue(valueType, tftypes.UnknownValue), nil
	case string:
		return encodePrimitive(valueType, tftypes.String, value)
	case bool:
		return encodePrimitive(valueType, tftypes.Bool, value)
	case float64:
		number, err := exactNumber(value)
		if err != nil {
			return tftypes.Value{}, err
		}
		return encodePrimitive(valueType, tftypes.Number, number)
	case []any:
		return encodeElements(valueType, value)
	case Values:
		return encodeMembers(valueType, value)
	default:
		return tftypes.Value{}, fmt.Errorf("%T cannot be sent to Terraform", value)
	}
}

// exactNumber reads the shortest decimal of a float as Terraform reads a number in a configuration: the two are equal
// only when both come from decimal digits.
func exactNumber(value float64) (*big.Float, error) {
	digits := strconv.FormatFloat(value, 'g', -1, 64)
	number, _, err := big.ParseFloat(digits, 10, 512, big.ToNearestEven)
	return number, err
}

func encodePrimitive(valueType tftypes.Type, primitive tftypes.Type, value any) (tftypes.Value, error) {
	if !valueType.Is(primitive) && !valueType.Is(tftypes.DynamicPseudoType) {
		return tftypes.Value{}, fmt.Errorf("expected %s, got %v", valueType, value)
	}
	return tftypes.NewValue(primitive, value), nil
}

func encodeElements(valueType tftypes.Type, elements []any) (tftypes.Value, error) {
	var elementType tftypes.Type
	switch collection := valueType.(type) {
	case tftypes.List:
		elementType = collection.ElementType
	case tftypes.Set:
		elementType = collection.ElementType
	default:
		return tftypes.Value{}, fmt.Errorf("expected %s, got a list", valueType)
	}
	encoded := make([]tftypes.Value, 0, len(elements))
	for index, element := range elements {
		value, err := encode(elementType, element)
		if err != nil {
			return tftypes.Value{}, fmt.Errorf("[%d]: %w", index, err)
		}
		encoded = append(encoded, value)
	}
	return tftypes.NewValue(valueType, encoded), nil
}

func encodeMembers(valueType tftypes.Type, members Values) (tftypes.Value, error) {
	encoded := make(map[string]tftypes.Value, len(members))
	switch collection := valueType.(type) {
	case tftypes.Object:
		for name, memberType := range collection.AttributeTypes {
			value, err := encode(memberType, members[name])
			if err != nil {
				return tftypes.Value{}, fmt.Errorf("%s: %w", name, err)
			}
			encoded[name] = value
		}
	case tftypes.Map:
		for name, member := range members {
			value, err := encode(collection.ElementType, member)
			if err != nil {
				return tftypes.Value{}, fmt.Errorf("%s: %w", name, err)
			}
			encoded[name] = value
		}
	default:
		return tftypes.Value{}, fmt.Errorf("expected %s, got an object", valueType)
	}
	return tftypes.NewValue(valueType, encoded), nil
}
