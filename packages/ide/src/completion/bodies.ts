import { fieldSchema, genericPath, type SchemaNode } from '@groundplan/model/language';
import { entities, entityAt } from '../facts/entities.js';
import { kindOfSection } from '../tree/sections.js';
import { backupBody } from './backup-body.js';
import {
  type Body,
  choice,
  chosenFrom,
  list,
  type Made,
  type MapBody,
  map,
  named,
  numberSlot,
  plain,
  raw,
  type Scalar,
  slot,
  text,
} from './body.js';
import { type Context, isWrittenAt } from './context.js';
import { newName } from './new-name.js';
import { twoRegions } from './new-regions.js';
import { accepts, missingKeys, typesOf } from './schema.js';
import { waysOf, withArbiter } from './values/choices.js';
import { isLocation } from './values/locations.js';
import { appPorts, databasePort, freeSlots, ranges } from './values/numbers.js';
import { routableApps } from './values/routable-apps.js';
import { scalars } from './values/scalars.js';

/** What a new key is given to begin with; undefined when it is to be chosen from what is proposed then. */
export function bodyFor(context: Context, path: readonly string[]): Made | undefined {
  const schema = fieldSchema(path);
  if (schema === undefined) return undefined;
  const generic = genericPath(path).join('.');
  const section = sectionBody(context, path, generic, path.length === 1);
  if (section !== undefined || needsBackup.test(generic)) return section;
  const field = fieldBody(context, path, generic);
  return field === undefined ? byType(context, path, schema) : { body: field };
}

/** What keeps data is not begun where its backups can go nowhere. */
const needsBackup = /^(databases|shared_storage)(\.\*)?$/;

/** The same, with the first of what is proposed where that is to be chosen. */
export function finishedBodyFor(context: Context, path: readonly string[]): Body | undefined {
  const made = bodyFor(context, path);
  if (made !== undefined) return made.body;
  const [first] = scalarsAt(context, path);
  if (first?.body.kind !== 'scalar' || first.body.raw) return first?.body;
  const words = chosen(context, path, plain(first.body));
  return words.parts.some((part) => typeof part !== 'string') ? words : slot(plain(words));
}

/** The sections of the file, and the entities in them; `isNew` when the section itself is not there yet. */
function sectionBody(context: Context, path: readonly string[], generic: string, isNew: boolean): Made | undefined {
  switch (generic) {
    case 'regions':
      return regionsBody(context);
    case 'load_balancers':
    case 'apps':
    case 'databases':
    case 'shared_storage':
    case 'buckets':
    case 'external': {
      const name = newName(context, generic);
      const made = sectionBody(context, [generic, name], `${generic}.*`, isNew);
      return made === undefined ? undefined : { ...made, body: named(name, made.body) };
    }
    case 'load_balancers.*':
      return { body: map({ routes: routesBody(context, path[1]) }) };
    case 'apps.*':
      return {
        body: map({
          port: numberSlot(appPorts(context, path)[0] ?? 3000),
          run: map({ container: slot('ghcr.io/acme/shop:1.4.2') }),
        }),
      };
    case 'databases.*':
      return databaseBody(context, path, isNew);
    case 'shared_storage.*': {
      const backup = backupBody(context, path, isNew);
      return backup && { ...backup, body: map({ volume: map({ size: slot('50GB') }), backup: backup.body }) };
    }
    case 'buckets.*':
      return { body: map({ location: chosen(context, [...path, 'location'], 'fsn1') }) };
    case 'external.*':
      return {
        body: map({
          type: text('sftp'),
          host: slot('backup.example.net'),
          user: slot('shop'),
          path: slot('/backups/shop'),
        }),
      };
    case 'databases.*.backup':
    case 'shared_storage.*.backup':
      return backupBody(context, path, false);
    case 'databases.*.replication': {
      const [way = 'none', ...others] = waysOf(context, engineAt(context, path));
      const additionalEdits = way === 'galera' ? withArbiter(context) : [];
      return { body: map({ between_regions: choice(way, ...others) }), additionalEdits };
    }
    default:
      return undefined;
  }
}

/** Two regions, and the arbiter that they need. */
function regionsBody(context: Context): Made | undefined {
  const found = twoRegions(context);
  if (found === undefined) return undefined;
  const [first, second, arbiter] = found;
  const needsArbiter = arbiter !== undefined && !isWrittenAt(context, [], 'arbiter');
  return {
    body: {
      kind: 'map',
      entries: [first, second].map(({ name, location }) => [slot(name), map({ location: text(location) })]),
    },
    ...(needsArbiter ? { companions: [['arbiter', map({ location: slot(arbiter.location) })]] } : {}),
  };
}

/**
 * A database with a volume and a backup. In one region its engine is to be chosen; in several it is the one that loses no write
 * between them, since with every other a person should know what they lose.
 */
function databaseBody(context: Context, path: readonly string[], isNew: boolean): Made | undefined {
  const backup = backupBody(context, path, isNew);
  if (backup === undefined) return undefined;
  const isSpread = context.model.regions.length > 1;
  const usual = isSpread ? 'mariadb' : 'postgresql';
  const port = databasePort(context, path[1], usual);
  const hasOwnPort = port !== (isSpread ? 3306 : 5432);
  const body = map({
    engine: isSpread || hasOwnPort ? text(usual) : chosen(context, [...path, 'engine'], usual),
    port: hasOwnPort ? raw(port) : undefined,
    volume: map({ size: slot('50GB') }),
    replication: isSpread ? map({ between_regions: text('galera') }) : undefined,
    backup: backup.body,
  });
  const additionalEdits = [...(backup.additionalEdits ?? []), ...(isSpread ? withArbiter(context) : [])];
  return { ...backup, additionalEdits, body };
}

function engineAt({ model }: Context, path: readonly string[]): string {
  const entity = entityAt(model, path.slice(0, 2));
  return entity?.kind === 'database' ? entity.engine.value : 'postgresql';
}

/** A route of a host in the zone to an app, where there are both. */
function routesBody({ model }: Context, balancer: string | undefined): MapBody {
  const [app, ...others] = routableApps(model);
  const zone = model.dns?.zone.origin.kind === 'written' ? model.dns.zone.value : undefined;
  if (app === undefined || zone === undefined) return map({});
  const taken = model.loadBalancers.filter(({ name }) => name !== balancer).flatMap(({ routes }) => routes);
  const host = ['www', 'app', 'shop', 'api'].find((each) => !taken.some((route) => route.host === `${each}.${zone}`));
  if (host === undefined) return map({});
  return { kind: 'map', entries: [[text({ slot: host }, `.${zone}`), chosenFrom(app, others)]] };
}

/** What is proposed for a field and needs nothing else, `usual` first where it is among it; `usual` alone where it is not. */
function chosen(context: Context, path: readonly string[], usual: string): Scalar {
  const words = scalarsAt(context, path).flatMap(({ body, rank = 5, companions = [], additionalEdits = [] }) => {
    const isFree = rank < 7 && companions.length === 0 && additionalEdits.length === 0;
    return isFree && body.kind === 'scalar' && !body.raw ? [plain(body)] : [];
  });
  const [first = usual] = words.includes(usual) ? [usual] : words;
  return choice(first, ...words.filter((word) => word !== first));
}

/** Fields whose beginning is not told by their type. */
function fieldBody(context: Context, path: readonly string[], generic: string): Body | undefined {
  const { model, options } = context;
  switch (generic) {
    case 'name': {
      const { folderName } = options;
      return accepts(fieldSchema(path) ?? {}, folderName) && folderName !== undefined ? slot(folderName) : undefined;
    }
    case 'regions.*':
    case 'arbiter':
      return map({ location: chosen(context, [...path, 'location'], 'fsn1') });
    case 'dns':
      return map({ provider: chosen(context, [...path, 'provider'], 'cloudflare'), zone: slot('example.com') });
    case 'access':
      return map({ ssh_keys: list(publicKey(context)), ssh_from: list(slot('198.51.100.0/24')) });
    case 'access.ssh_keys':
      return list(publicKey(context));
    case 'access.ssh_from':
      return list(slot('198.51.100.0/24'));
    case 'labels':
      return named('team', slot('shop-team'));
    case 'tunnel':
      return map({ key_rotation: slot('180d') });
    case 'secrets':
      return map({ file: slot('secrets.age') });
    case 'alerts':
      return map({ webhook: slot('secret.ALERT_WEBHOOK') });
    case 'alerts.webhook':
      return slot('secret.ALERT_WEBHOOK');
    case 'alerts.smtp':
      return map({
        host: slot('smtp.example.com'),
        user: slot('alerts@example.com'),
        password: slot('secret.SMTP_PASSWORD'),
      });
    case 'terraform':
      return map({ backend: backendBody() });
    case 'terraform.backend':
      return backendBody();
    case 'load_balancers.*.tls':
      return map({ mode: text('acme'), email: slot('ops@example.com') });
    case 'load_balancers.*.routes':
      return routesBody(context, path[1]);
    case 'load_balancers.*.bgp':
      return map({
        asn: numberSlot(64_512),
        address: slot('203.0.113.10/32'),
        peers: list(map({ address: slot('192.0.2.1'), asn: numberSlot(64_496) })),
      });
    case 'apps.*.run':
      return map({ container: slot('ghcr.io/acme/shop:1.4.2') });
    case 'apps.*.port':
      return numberSlot(appPorts(context, path)[0] ?? 3000);
    case 'apps.*.health':
      return map({ path: slot('/healthz') });
    case 'apps.*.release':
      return map({ before: slot('./bin/migrate') });
    case 'apps.*.env': {
      const url = model.databases[0] && `\${database.${model.databases[0].name}.url}`;
      return url === undefined ? named('NAME', slot('value')) : named('DATABASE_URL', slot(url));
    }
    case 'apps.*.mounts': {
      const [storage, ...others] = model.storages.map(({ name }) => `storage.${name}`);
      return storage === undefined ? map({}) : named('/srv/shared', chosenFrom(storage, others));
    }
    case 'apps.*.files':
      return named('/etc/app/settings.ini', map({ content: slot('workers = 4') }));
    case 'databases.*.port':
      return numberSlot(databasePort(context, path[1], engineAt(context, path)));
    case 'databases.*.volume':
    case 'shared_storage.*.volume':
      return map({ size: slot('50GB') });
    case 'shared_storage.*.replicas':
      return map({ data: numberSlot(2), arbiter: numberSlot(1) });
    case 'shared_storage.*.backup.keep':
      return map({ daily: numberSlot(7), weekly: numberSlot(4) });
    case 'shared_storage.*.geo_replication': {
      const [from, to] = model.regions;
      return from && to && map({ from: slot(from.name), to: list(slot(to.name)) });
    }
    case 'dns.failover':
      return map({ interval: slot('5s') });
    case 'regions.*.load_balancers':
    case 'regions.*.apps':
    case 'regions.*.databases': {
      const kind = kindOfSection(path[2] ?? '');
      const entity = entities(model).find((each) => each.kind === kind);
      return (
        entity && { kind: 'map', entries: [[slot(entity.name), overrideBody(context, path[2] ?? '', entity.name)]] }
      );
    }
    case 'regions.*.load_balancers.*':
    case 'regions.*.apps.*':
    case 'regions.*.databases.*':
      return overrideBody(context, path[2] ?? '', path[3] ?? '');
    default:
      return path.at(-1) === 'cidr' || path.at(-1) === 'slot' ? proposedBody(context, path) : undefined;
  }
}

/** A key that is there, where the samples have theirs or beside the topology; else the place where one belongs. */
function publicKey({ options }: Context): Scalar {
  const [first, ...others] = ['keys', ''].flatMap((folder) =>
    [...(options.listFiles?.(folder) ?? [])]
      .filter((name) => name.endsWith('.pub'))
      .sort()
      .map((name) => (folder === '' ? name : `${folder}/${name}`)),
  );
  return chosenFrom(first ?? 'keys/ops.pub', others);
}

function backendBody(): MapBody {
  return map({
    s3: map({
      bucket: slot('shop-state'),
      key: slot('shop.tfstate'),
      region: slot('nbg1'),
      endpoint: slot('https://nbg1.your-objectstorage.com'),
    }),
  });
}

/** What a region most likely says of an entity: another number of servers. */
function overrideBody({ model }: Context, section: string, name: string): MapBody {
  const entity = entityAt(model, [section, name]);
  if (entity?.kind === 'database') return map({ standby: numberSlot(entity.standby[0]?.count.value ?? 1) });
  const count = entity !== undefined && 'inRegions' in entity ? entity.inRegions[0]?.count.value : undefined;
  return map({ count: numberSlot(count ?? 2) });
}

function proposedBody(context: Context, path: readonly string[]): Body | undefined {
  if (path.at(-1) === 'slot') {
    const [free] = freeSlots(context, path, 1);
    return free === undefined ? undefined : numberSlot(free);
  }
  const [range] = ranges(context, path);
  return range && slot(range.label);
}

/** What is told by the type of a field: its default or its example, the required keys of a map. */
function byType(context: Context, path: readonly string[], schema: SchemaNode): Made | undefined {
  const types = typesOf(schema);
  if (types.includes('object') && !types.includes('string')) {
    const required = missingKeys(schema, {});
    if (required.length === 0) return { body: map({}) };
    const made = required.map((key) => [key, finishedBodyFor(context, [...path, key])] as const);
    return made.every(([, body]) => body !== undefined) ? { body: map(Object.fromEntries(made)) } : undefined;
  }
  if (types.includes('array')) {
    const item = bodyFor(context, [...path, '0']);
    if (item !== undefined) return { body: list(item.body) };
    const [first] = scalarsAt(context, [...path, '0']);
    return first?.body.kind === 'scalar' ? { body: list(slot(plain(first.body))) } : undefined;
  }
  if (isChosen(context, path)) return undefined;
  const usual = schema.default ?? schema.examples?.[0];
  if (typeof usual === 'string') return { body: slot(usual) };
  return typeof usual === 'number' ? { body: numberSlot(usual) } : undefined;
}

function scalarsAt(context: Context, path: readonly string[]) {
  const schema = fieldSchema(path);
  return schema === undefined ? [] : scalars({ ...context, typed: '' }, path, genericPath(path).join('.'), schema);
}

/** Whether a list of proposals helps more than an example would: what is proposed is all that the field may be. */
function isChosen(context: Context, path: readonly string[]): boolean {
  const schema = fieldSchema(path);
  const note = schema?.['x-groundplan'];
  if (schema?.enum !== undefined || note?.reference !== undefined || note?.catalog !== undefined) return true;
  if (isLocation(genericPath(path).join('.'))) return true;
  return typesOf(schema ?? {}).includes('boolean') || isListedFile(context, path);
}

function isListedFile({ options }: Context, path: readonly string[]): boolean {
  return options.listFiles !== undefined && ['script', 'from'].includes(path.at(-1) ?? '');
}
