import { loopbackPort, type Model, type Reference } from '@groundplan/model';
import { entityNamed } from './entities.js';
import { code, listed } from './words.js';

/** What `${database.main.url}` and its like stand for on the host, in Markdown; undefined for what is not declared. */
export function outputWords(model: Model, { kind, name, output, from }: Reference): string | undefined {
  if (output === undefined) return undefined;
  const entity = entityNamed(model, kind, name);
  switch (entity?.kind) {
    case 'app': {
      const port = loopbackPort(entity.firstName, entity.slot?.value);
      return chosen(output, {
        url: `${code(`http://127.0.0.1:${port}`)}: HAProxy on the host itself, which passes on to a healthy server of the app.`,
        host: `${code('127.0.0.1')}: HAProxy on the host itself, which passes on to a healthy server of the app.`,
        port: `${code(String(port))}: HAProxy's port for this app on loopback.`,
      });
    }
    case 'database': {
      const scheme = entity.engine.value === 'mariadb' ? 'mysql' : 'postgresql';
      const follows = 'HAProxy on the host itself, which follows the primary, so that it never changes';
      return chosen(output, {
        url: `${code(`${scheme}://…@127.0.0.1:${entity.port.value}/…`)} with its user, password and name: ${follows}.`,
        host: `${code('127.0.0.1')}: ${follows}.`,
        port: `${code(String(entity.port.value))}: ${follows}.`,
        name: 'The name of the database in the cluster.',
        user: "The name of the program's user in the cluster.",
      });
    }
    case 'bucket': {
      const endpoint = `${entity.location.value}.your-objectstorage.com`;
      return chosen(output, {
        name: `${code(entity.bucketName.value)}: the name at Hetzner.`,
        host: `${code(`${entity.bucketName.value}.${endpoint}`)}: where the objects are reached.`,
        endpoint: `${code(`https://${endpoint}`)}: the S3 endpoint of the location.`,
        access_key: 'The access key for the apps, one of the secrets.',
        secret_key: 'The secret key for the apps, one of the secrets.',
      });
    }
    case 'storage': {
      const mounts = model.apps.filter((app) => from === `app.${app.name}`).flatMap((app) => app.mounts);
      const paths = mounts.filter(({ storage }) => storage.name === name).map(({ path }) => code(path));
      return chosen(output, {
        path:
          paths.length === 0
            ? 'Where the app mounts it, which it does not yet.'
            : `${listed(paths)}: where the app mounts it.`,
      });
    }
    default:
      return undefined;
  }
}

/** `${region.name}` and `${region.location}`: of the region of the host that is configured. */
export function hereWords(model: Model, output: 'name' | 'location'): string {
  const values = model.regions.map((region) => (output === 'name' ? region.name : region.location.value));
  const what = output === 'name' ? 'The name' : 'The location';
  const here = values.length === 0 ? '' : `: ${listed(values.map(code))}`;
  return `${what} of the region that the host is in${here}.`;
}

function chosen(output: string, words: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(words, output) ? words[output] : undefined;
}
