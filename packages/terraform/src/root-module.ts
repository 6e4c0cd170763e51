import type { Catalog } from '@groundplan/catalog';
import type { Model } from '@groundplan/model';
import type {
  Arguments,
  DataConfigs,
  DataType,
  Emitter,
  Meta,
  ResourceConfigs,
  ResourceType,
  Value,
  Variable,
} from './emitter/index.js';
import type { Place } from './trace.js';

/** What each family of resources writes into: nothing gets an address without the place in the topology that it comes from. */
export interface RootModule extends Pick<Emitter, 'settings' | 'provider'> {
  readonly model: Model;
  readonly catalog: Catalog;
  resource<T extends ResourceType>(
    place: Place,
    type: T,
    name: string,
    config: Arguments<ResourceConfigs[T]>,
    meta?: Meta,
  ): void;
  data<T extends DataType>(place: Place, type: T, name: string, config: Arguments<DataConfigs[T]>): void;
  variable(place: Place, name: string, variable: Variable): void;
  local(place: Place, name: string, value: Value): void;
  output(place: Place, name: string, output: { readonly description: string; readonly value: Value }): void;
}

/** Notes the place of every address in `places` and passes everything on to `emitter`. */
export function openRootModule(
  model: Model,
  catalog: Catalog,
  emitter: Emitter,
  places: Map<string, Place>,
): RootModule {
  return {
    model,
    catalog,
    settings: emitter.settings,
    provider: emitter.provider,
    resource(place, type, name, config, meta) {
      places.set(`${type}.${name}`, place);
      emitter.resource(type, name, config, meta);
    },
    data(place, type, name, config) {
      places.set(`data.${type}.${name}`, place);
      emitter.data(type, name, config);
    },
    variable(place, name, variable) {
      places.set(`var.${name}`, place);
      emitter.variable(name, variable);
    },
    local(place, name, value) {
      places.set(`local.${name}`, place);
      emitter.local(name, value);
    },
    output(place, name, output) {
      places.set(`output.${name}`, place);
      emitter.output(name, output);
    },
  };
}
