import {
  type App,
  loopbackPort,
  type Model,
  type Reference,
  type Region,
  type Template,
  type TemplatePart,
} from '@groundplan/model';
import { objectStorageHost } from '../object-storage.js';
import { appPassword, objectStorage } from '../secret-names.js';
import { sqlName } from '../sql-name.js';
import type { Text } from '../text.js';

/** Where a value is needed: references mean different things on different hosts. */
export interface Here {
  readonly model: Model;
  readonly app: App;
  readonly region: Region;
}

/** A template with its references put in; a secret stays a placeholder. */
export function resolved(here: Here, template: Template): Text {
  return template.parts.flatMap((part) => partOf(here, part));
}

function partOf(here: Here, part: TemplatePart): Text {
  switch (part.kind) {
    case 'text':
      return [part.text];
    case 'here':
      return [part.output === 'name' ? here.region.name : here.region.location.value];
    case 'reference':
      return referred(here, part.reference);
  }
}

function referred(here: Here, reference: Reference): Text {
  const { model, app } = here;
  const { name, output } = reference;
  switch (reference.kind) {
    case 'secret':
      return [{ secret: name }];
    case 'database':
      return databaseOutput(here, name, output);
    case 'app': {
      const other = model.apps.find((each) => each.name === name);
      if (other === undefined) return [];
      const port = loopbackPort(other.firstName, other.slot?.value);
      return pick(output, { url: [`http://127.0.0.1:${port}`], host: ['127.0.0.1'], port: [String(port)] });
    }
    case 'bucket':
      return bucketOutput(model, name, output);
    case 'storage':
      return [app.mounts.find(({ storage }) => storage.name === name)?.path ?? ''];
    default:
      return [];
  }
}

/** Always on loopback: the host's own HAProxy knows where the primary is. */
function databaseOutput({ model }: Here, name: string, output: string | undefined): Text {
  const database = model.databases.find((each) => each.name === name);
  if (database === undefined) return [];
  const scheme = database.engine.value === 'postgresql' ? 'postgresql' : 'mysql';
  const inside = sqlName(database);
  const port = String(database.port.value);
  return pick(output, {
    url: [`${scheme}://${inside}:`, appPassword(database), `@127.0.0.1:${port}/${inside}`],
    host: ['127.0.0.1'],
    port: [port],
    name: [inside],
    user: [inside],
  });
}

function bucketOutput(model: Model, name: string, output: string | undefined): Text {
  const bucket = model.buckets.find((each) => each.name === name);
  if (bucket === undefined) return [];
  const host = objectStorageHost(bucket.location.value);
  return pick(output, {
    name: [bucket.bucketName.value],
    host: [`${bucket.bucketName.value}.${host}`],
    endpoint: [`https://${host}`],
    access_key: [objectStorage.accessKey],
    secret_key: [objectStorage.secretKey],
  });
}

function pick(output: string | undefined, values: Readonly<Record<string, Text>>): Text {
  return (output === undefined ? undefined : values[output]) ?? [];
}
