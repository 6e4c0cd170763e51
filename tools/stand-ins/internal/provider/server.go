package provider

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"groundplan.dev/tools/stand-ins/internal/schema"
)

type server[C any] struct {
	unsupported
	definition  Definition[C]
	config      *tfprotov6.Schema
	resources   map[string]*tfprotov6.Schema
	dataSources map[string]*tfprotov6.Schema
	client      C
}

// NewServer returns a protocol 6 server, or an error when the stored schema cannot be served.
func NewServer[C any](definition Definition[C]) (tfprotov6.ProviderServer, error) {
	config, err := definition.Schema.Config.Proto()
	if err != nil {
		return nil, fmt.Errorf("provider: %w", err)
	}
	resources, err := protoSchemas(definition.Schema.Resources, definition.Resources)
	if err != nil {
		return nil, err
	}
	dataSources, err := protoSchemas(definition.Schema.DataSources, definition.DataSources)
	if err != nil {
		return nil, err
	}
	for name := range definition.Resources {
		if err := refuseComputedInBlocks(definition.Schema.Resources[name].Block); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return &server[C]{definition: definition, config: config, resources: resources, dataSources: dataSources}, nil
}

// protoSchemas serves what is implemented and nothing else: a type without an implementation is as unknown to Terraform
// as one without a schema.
func protoSchemas[I any](schemas map[string]schema.Schema, implemented map[string]I) (map[string]*tfprotov6.Schema, error) {
	result := make(map[string]*tfprotov6.Schema, len(implemented))
	for name := range implemented {
		stored, found := schemas[name]
		if !found {
			return nil, fmt.Errorf("the stored schema has no %s", name)
		}
		proto, err := stored.Proto()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		result[name] = proto
	}
	return result, nil
}

// refuseComputedInBlocks guards an assumption of the planning: what a provider computes is never inside a block.
func refuseComputedInBlocks(block schema.Block) error {
	for name, nested := range block.BlockTypes {
		for attribute, declared := range nested.Block.Attributes {
			if declared.Computed {
				return fmt.Errorf("%s.%s is computed inside a block, which this server does not plan", name, attribute)
			}
		}
		if err := refuseComputedInBlocks(nested.Block); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (s *server[C]) GetMetadata(context.Context, *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	response := &tfprotov6.GetMetadataResponse{}
	for name := range s.resources {
		response.Resources = append(response.Resources, tfprotov6.ResourceMetadata{TypeName: name})
	}
	for name := range s.dataSources {
		response.DataSources = append(response.DataSources, tfprotov6.DataSourceMetadata{TypeName: name})
	}
	return response, nil
}

func (s *server[C]) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return &tfprotov6.GetProviderSchemaResponse{
		Provider: s.config, ResourceSchemas: s.resources, DataSourceSchemas: s.dataSources,
	}, nil
}

func (s *server[C]) ValidateProviderConfig(_ context.Context, request *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (s *server[C]) ConfigureProvider(_ context.Context, request *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	config, _, err := decodeObject(request.Config, s.config.ValueType())
	if err != nil {
		return nil, err
	}
	client, err := s.definition.Connect(known(config))
	if err != nil {
		return &tfprotov6.ConfigureProviderResponse{Diagnostics: diagnostics(err)}, nil
	}
	s.client = client
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (s *server[C]) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (s *server[C]) ValidateResourceConfig(_ context.Context, request *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	resource, objectType, err := s.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	config, present, err := decodeObject(request.Config, objectType)
	if err != nil {
		return nil, err
	}
	if !present {
		return &tfprotov6.ValidateResourceConfigResponse{}, nil
	}
	problems := flagProblems(s.definition.Schema.Resources[request.TypeName].Block, config, "")
	if resource.Validate != nil {
		problems = append(problems, resource.Validate(config)...)
	}
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: problemDiagnostics(problems)}, nil
}

func (s *server[C]) ValidateDataResourceConfig(_ context.Context, request *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	proto, found := s.dataSources[request.TypeName]
	if !found {
		return nil, fmt.Errorf("%s is not served", request.TypeName)
	}
	config, _, err := decodeObject(request.Config, proto.ValueType())
	if err != nil {
		return nil, err
	}
	problems := flagProblems(s.definition.Schema.DataSources[request.TypeName].Block, config, "")
	return &tfprotov6.ValidateDataResourceConfigResponse{Diagnostics: problemDiagnostics(problems)}, nil
}

// UpgradeResourceState only reads the state back: stand-ins know one version of each schema.
func (s *server[C]) UpgradeResourceState(_ context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	_, objectType, err := s.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	value, err := request.RawState.Unmarshal(objectType)
	if err != nil {
		return nil, err
	}
	dynamic, err := tfprotov6.NewDynamicValue(objectType, value)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &dynamic}, err
}

func (s *server[C]) ReadResource(ctx context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	resource, objectType, err := s.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	state, present, err := decodeObject(request.CurrentState, objectType)
	if err != nil {
		return nil, err
	}
	response := &tfprotov6.ReadResourceResponse{NewState: request.CurrentState, Private: request.Private}
	if !present {
		return response, nil
	}
	told, err := resource.Read(ctx, state)
	if err != nil {
		response.Diagnostics = diagnostics(err)
		return response, nil
	}
	if told == nil {
		response.NewState, err = encodeNull(objectType)
		return response, err
	}
	response.NewState, err = encodeObject(refreshedState(state, told), objectType)
	return response, err
}

func (s *server[C]) PlanResourceChange(_ context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resource, objectType, err := s.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	proposed, remains, err := decodeObject(request.ProposedNewState, objectType)
	if err != nil {
		return nil, err
	}
	response := &tfprotov6.PlanResourceChangeResponse{PlannedState: request.ProposedNewState, PlannedPrivate: request.PriorPrivate}
	if !remains {
		return response, nil
	}
	config, _, err := decodeObject(request.Config, objectType)
	if err != nil {
		return nil, err
	}
	prior, existed, err := decodeObject(request.PriorState, objectType)
	if err != nil {
		return nil, err
	}
	result := planned(resource, s.definition.Schema.Resources[request.TypeName].Block, config, prior, proposed)
	if existed {
		changed := changedNames(prior, result)
		for _, name := range resource.ForceNew {
			if slices.Contains(changed, name) {
				response.RequiresReplace = append(response.RequiresReplace, tftypes.NewAttributePath().WithAttributeName(name))
			}
		}
	}
	response.PlannedState, err = encodeObject(result, objectType)
	return response, err
}

func (s *server[C]) ApplyResourceChange(ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resource, objectType, err := s.resource(request.TypeName)
	if err != nil {
		return nil, err
	}
	prior, existed, err := decodeObject(request.PriorState, objectType)
	if err != nil {
		return nil, err
	}
	plan, remains, err := decodeObject(request.PlannedState, objectType)
	if err != nil {
		return nil, err
	}
	response := &tfprotov6.ApplyResourceChangeResponse{NewState: request.PriorState, Private: request.PlannedPrivate}
	if !remains {
		if err := resource.Delete(ctx, prior); err != nil {
			response.Diagnostics = diagnostics(err)
			return response, nil
		}
		response.NewState, err = encodeNull(objectType)
		return response, err
	}
	var told Values
	if existed {
		told, err = resource.Update(ctx, prior, known(plan))
	} else {
		told, err = resource.Create(ctx, known(plan))
	}
	if err != nil {
		response.Diagnostics = diagnostics(err)
		return response, nil
	}
	result, _ := fill(plan, told).(Values)
	response.NewState, err = encodeObject(result, objectType)
	return response, err
}

func (s *server[C]) ReadDataSource(ctx context.Context, request *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	proto, found := s.dataSources[request.TypeName]
	if !found {
		return nil, fmt.Errorf("%s is not served", request.TypeName)
	}
	objectType := proto.ValueType()
	config, _, err := decodeObject(request.Config, objectType)
	if err != nil {
		return nil, err
	}
	told, err := s.definition.DataSources[request.TypeName](s.client).Read(ctx, known(config))
	if err != nil {
		return &tfprotov6.ReadDataSourceResponse{Diagnostics: diagnostics(err)}, nil
	}
	open := make(Values)
	planAttributes(open, s.definition.Schema.DataSources[request.TypeName].Block.Attributes, config, nil, config)
	result, _ := fill(open, told).(Values)
	state, err := encodeObject(result, objectType)
	return &tfprotov6.ReadDataSourceResponse{State: state}, err
}

func (s *server[C]) resource(name string) (Resource, tftypes.Type, error) {
	proto, found := s.resources[name]
	if !found {
		return Resource{}, nil, fmt.Errorf("%s is not served", name)
	}
	return s.definition.Resources[name](s.client), proto.ValueType(), nil
}

func diagnostics(err error) []*tfprotov6.Diagnostic {
	diagnostic := &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: err.Error()}
	var problem Problem
	if errors.As(err, &problem) {
		diagnostic.Summary, diagnostic.Detail = problem.Summary, problem.Detail
		if problem.Attribute != "" {
			diagnostic.Attribute = tftypes.NewAttributePath().WithAttributeName(problem.Attribute)
		}
	}
	return []*tfprotov6.Diagnostic{diagnostic}
}

func problemDiagnostics(problems []Problem) []*tfprotov6.Diagnostic {
	var all []*tfprotov6.Diagnostic
	for _, problem := range problems {
		all = append(all, diagnostics(problem)...)
	}
	return all
}
