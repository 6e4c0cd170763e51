import {
  type TerraformElement,
  TerraformLocal,
  TerraformOutput,
  type TerraformProvider,
  TerraformStack,
  TerraformVariable,
} from 'cdktn';
import { Construct } from 'constructs';
import {
  type Arguments,
  type DataConfigs,
  dataBindings,
  type ProviderConfigs,
  providerBindings,
  type ResourceConfigs,
  resourceBindings,
} from './bindings.js';
import { withSettings } from './environment.js';
import { renderConfiguration } from './json.js';
import { createRawText } from './raw-text.js';
import { synthesise } from './synthesise.js';
import { type Expression, escapeTemplate, isExpression, isTemplate, type Template, type Value } from './value.js';

export type ResourceType = keyof ResourceConfigs;
export type DataType = keyof DataConfigs;
export type ProviderName = keyof ProviderConfigs;

/** What may be said of a resource beside its arguments. */
export interface Meta {
  /** Addresses, such as `hcloud_network.falkenstein`. */
  readonly dependsOn?: readonly string[];
  /** Attributes that the running system, or an operator, may change: names as in the provider's schema. */
  readonly ignoreChanges?: readonly string[];
  /** The alias of its provider's configuration; the one without an alias by default. */
  readonly provider?: string;
  /** How many there are, where that is for Terraform to find out: the resource then is a list of that length. */
  readonly count?: Expression;
  readonly preconditions?: readonly { readonly condition: Expression; readonly errorMessage: string | Template }[];
  /** Of a `terraform_data`: another value makes it anew, which runs its provisioners. */
  readonly triggersReplace?: Value;
  /** How its provisioners reach the machine that they are for. */
  readonly connection?: Value;
  /** What is done once it is made, in this order. */
  readonly provisioners?: readonly { readonly kind: 'file' | 'remote-exec'; readonly arguments: Value }[];
}

export interface Variable {
  readonly type: 'string' | 'set(string)' | 'map(string)';
  readonly description: string;
  /** A variable without a default must be given. */
  readonly default?: Value;
  /** Its value is in no state and in no plan file; only provider blocks and provisioners may read it. */
  readonly ephemeral?: true;
}

/** Writes one root module of Terraform. Names are taken as they are; a name that is used twice, or that is none, is refused. */
export interface Emitter {
  settings(settings: {
    readonly requiredVersion: string;
    readonly backend: { readonly type: string; readonly arguments: Value };
  }): void;
  provider<N extends ProviderName>(name: N, config: Arguments<ProviderConfigs[N]>): void;
  variable(name: string, variable: Variable): void;
  local(name: string, value: Value): void;
  data<T extends DataType>(type: T, name: string, config: Arguments<DataConfigs[T]>): void;
  resource<T extends ResourceType>(type: T, name: string, config: Arguments<ResourceConfigs[T]>, meta?: Meta): void;
  output(name: string, output: { readonly description: string; readonly value: Value }): void;
  /** The bytes of main.tf.json. Refuses a resource whose provider is not configured. */
  finish(): string;
}

/** An attribute of a resource. */
export function attribute(type: ResourceType, name: string, path: string): Expression {
  return { kind: 'expression', text: `${type}.${name}.${path}` };
}

/** Terraform's rule for names; cdktn lets others pass, and joins those that differ in other characters only. */
const nameRule = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Makes an emitter, hands it to `write` and returns the bytes of main.tf.json. Nothing is read from or written to a disk. */
export function emit(write: (emitter: Emitter) => void): string {
  return withSettings(() => {
    const emitter = createEmitter();
    write(emitter);
    return emitter.finish();
  });
}

function createEmitter(): Emitter {
  const stack = new TerraformStack(new Construct(undefined as never, ''), 'groundplan');
  const raw = createRawText();
  const elements: TerraformElement[] = [];
  const taken = new Set<string>();
  const providers = new Map<string, TerraformProvider>();
  const providersNeeded = new Map<string, string>();
  let settings: { readonly required_version: string; readonly backend: Record<string, unknown> } | undefined;

  /** A value as cdktn takes it, with every text and expression as it must stand in the output. */
  function lower(value: unknown): unknown {
    if (typeof value === 'string') return raw.protect(escapeTemplate(value));
    if (isExpression(value)) return raw.protect(`\${${value.text}}`);
    if (isTemplate(value)) {
      const parts = value.parts.map((part) => (typeof part === 'string' ? escapeTemplate(part) : `\${${part.text}}`));
      return raw.protect(parts.join(''));
    }
    if (Array.isArray(value)) return value.map(lower);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [raw.protect(escapeTemplate(key)), lower(item)]),
    );
  }

  function claim(address: string, name: string): string {
    if (!nameRule.test(name)) throw new Error(`"${name}" is no name for Terraform`);
    if (taken.has(address)) throw new Error(`${address} is emitted twice`);
    taken.add(address);
    return address;
  }

  function named<E extends TerraformElement>(element: E, name: string): E {
    element.overrideLogicalId(raw.protect(name));
    elements.push(element);
    return element;
  }

  function lifecycle({ ignoreChanges, preconditions }: Meta): Record<string, unknown> | undefined {
    if (!ignoreChanges && !preconditions) return undefined;
    return {
      ...(ignoreChanges && { ignoreChanges }),
      ...(preconditions && { precondition: preconditions.map((precondition) => lower(precondition)) }),
    };
  }

  function providerOf(type: string, alias: string | undefined, address: string): TerraformProvider | undefined {
    const name = type.slice(0, type.indexOf('_'));
    if (name === 'terraform') return undefined;
    const key = alias === undefined ? name : `${name}.${alias}`;
    providersNeeded.set(key, address);
    return alias === undefined ? undefined : providers.get(key);
  }

  return {
    settings({ requiredVersion, backend }) {
      // Not by cdktn, whose backends are constructs for each type, the local one with an absolute path.
      settings = { required_version: requiredVersion, backend: { [backend.type]: lower(backend.arguments) } };
    },
    provider(name, config) {
      const alias = (config as { alias?: string }).alias;
      const key = alias === undefined ? name : `${name}.${alias}`;
      claim(`provider.${key}`, alias ?? name);
      const provider = new providerBindings[name](stack, `provider.${key}`, lower(config) as never);
      providers.set(key, provider);
      elements.push(provider);
    },
    variable(name, { type, description, default: value, ephemeral }) {
      const id = claim(`var.${name}`, name);
      const config = { type, description: lower(description) as string, nullable: false };
      const variable = named(new TerraformVariable(stack, id, config), name);
      // As overrides: cdktn has no `ephemeral`, and would change the keys of a default.
      if (ephemeral) variable.addOverride('ephemeral', true);
      if (value !== undefined) variable.addOverride('default', lower(value));
    },
    local(name, value) {
      named(new TerraformLocal(stack, claim(`local.${name}`, name), lower(value)), name);
    },
    data(type, name, config) {
      const id = claim(`data.${type}.${name}`, name);
      providerOf(type, undefined, id);
      named(new dataBindings[type](stack, id, lower(config) as never), name);
    },
    resource(type, name, config, meta = {}) {
      const id = claim(`${type}.${name}`, name);
      const provider = providerOf(type, meta.provider, id);
      const full = { ...(lower(config) as object), provider, lifecycle: lifecycle(meta) };
      const resource = named(new resourceBindings[type](stack, id, full as never), name);
      // As overrides: cdktn would make a token of each, and keeps tokens for the life of the process.
      if (meta.count !== undefined) resource.addOverride('count', lower(meta.count));
      if (meta.dependsOn !== undefined) resource.addOverride('depends_on', meta.dependsOn.map(raw.protect));
      if (meta.triggersReplace !== undefined) resource.addOverride('triggers_replace', lower(meta.triggersReplace));
      if (meta.connection !== undefined) resource.addOverride('connection', lower(meta.connection));
      if (meta.provisioners !== undefined) {
        const blocks = meta.provisioners.map(({ kind, arguments: inside }) => ({ [kind]: lower(inside) }));
        resource.addOverride('provisioner', blocks);
      }
    },
    output(name, { description, value }) {
      const config = { description: lower(description) as string, value: lower(value) };
      named(new TerraformOutput(stack, claim(`output.${name}`, name), config), name);
    },
    finish() {
      for (const [provider, address] of providersNeeded) {
        if (!providers.has(provider))
          throw new Error(`${address} needs the provider ${provider}, which is not configured`);
      }
      // Without a backend in it, Terraform would take whichever it was told last.
      if (settings === undefined) throw new Error('no backend is declared');
      const synthesised = synthesise(stack, elements);
      const terraform = { ...(synthesised.terraform as object), ...settings };
      return renderConfiguration({ ...synthesised, terraform }, raw);
    },
  };
}
