import { parse, toData } from '@groundplan/syntax';
import fc from 'fast-check';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';

type Data = { [key: string]: Value };
type Value = string | number | boolean | null | Value[] | Data;

/** Mistakes that checks look for, at a path of keys where `*` is any key and `+` a new one. */
const mistakes: readonly (readonly [path: string, value: Value | undefined])[] = [
  ['regions.*.cidr', '10.10.0.0/16'],
  ['regions.*.cidr', '10.0.0.0/8'],
  ['regions.*.cidr', '172.31.0.0/16'],
  ['regions.*.cidr', '8.8.0.0/16'],
  ['regions.*', 'fsn1'],
  ['regions.*', { location: 'ash' }],
  ['regions.*.apps', { web: { count: 1, type: 'cx33' }, api: { count: 80 } }],
  ['region', { location: 'fsn1', cidr: '10.10.3.0/24' }],
  ['arbiter', undefined],
  ['arbiter', { location: 'hel1', cidr: '10.30.0.0/24' }],
  ['arbiter.type', 'cx22'],
  ['dns.ttl', 30],
  ['dns.ttl', 3600],
  ['dns.proxied', true],
  ['dns.zone', 'example.net'],
  ['dns.failover', { by: 'none' }],
  ['load_balancers.*.count', 1],
  ['load_balancers.*.type', 'cx33'],
  ['load_balancers.*.mode', 'bgp'],
  ['load_balancers.*.mode', 'active-standby'],
  ['load_balancers.*.routes', { 'shop.example.org/x': 'app.web' }],
  ['load_balancers.+', { count: 1, routes: { 'h0.example.com': 'app.wbe' } }],
  ['load_balancers.*.bgp', { asn: 1, address: '192.0.2.1/32' }],
  ['apps.*.count', 1],
  ['apps.*.count', 80],
  ['apps.*.type', 'cax11'],
  ['apps.*.slot', 3],
  ['apps.*.drain', '90s'],
  ['apps.*.drain', '2s'],
  ['apps.*.health', { path: 'up', interval: '9s', fall: 5 }],
  ['apps.*.port', 7080],
  ['apps.*.env', { TOKEN: 'gl-0123456789abcdef', A: 'x${secret.B}', B_URL: 'http://a:hunter2@b/' }],
  ['apps.*.env', { A: '${app.nothing.url}', B: '${HOME}', C: '${bucket.x}' }],
  ['apps.*.renamed_from', 'web'],
  ['apps.+', { port: 8081, run: { script: 'a.sh' }, files: { '/a': { content: 'password: hunter2\n' } } }],
  ['databases.*.standby', 0],
  ['databases.*.backup', undefined],
  ['databases.*.backup', 'bucket.nothing'],
  ['databases.*.port', 3000],
  ['databases.*.replication', undefined],
  ['databases.*.replication', { between_regions: 'galera' }],
  ['databases.*.volume', { size: '5GB' }],
  ['shared_storage.*.replicas', { data: 2, arbiter: 0 }],
  ['buckets.*.location', 'ash'],
  ['buckets.*.access', 'public'],
  ['buckets.+', { location: 'nbg1' }],
  ['external.+', { type: 's3', host: 's3.example.net', path: 'x' }],
  ['tunnel', { cipher: 'aes-256-gcm', mtu: 1500 }],
  ['access.ssh_from', ['0.0.0.0/0', '::/0']],
  ['labels', { token: 'gl-0123456789abcdef' }],
  ['terraform', { backend: { s3: { bucket: 'a', key: 'b', secret_key: 'gl-0123456789abcdef' } } }],
];

/** The text of a topology with up to four mistakes, in a style that changes from map to map. */
export function spoiledTopology(): fc.Arbitrary<string> {
  const choices = fc.array(fc.tuple(fc.constantFrom(...mistakes), fc.nat({ max: 9 })), { minLength: 1, maxLength: 4 });
  const styles = fc.array(fc.nat({ max: 7 }), { minLength: 12, maxLength: 12 });
  const lineBreaks = fc.constantFrom('\n', '\n', '\r\n');
  return fc.tuple(arbitraryTopology(), choices, styles, lineBreaks).map(([text, chosen, style, lineBreak]) => {
    const { root } = parse(text).value;
    if (root === undefined) throw new Error('no topology was made');
    const data = structuredClone(toData(root)) as Data;
    for (const [[path, value], which] of chosen) put(data, path.split('.'), value, which);
    return styled(data, style).replaceAll('\n', lineBreak);
  });
}

function put(map: Data, [step = '', ...rest]: readonly string[], value: Value | undefined, which: number): void {
  const keys = Object.keys(map);
  const key = step === '*' ? keys[which % keys.length] : step === '+' ? `new-${which}` : step;
  if (key === undefined) return;
  const inner = map[key];
  if (rest.length > 0) {
    if (isMap(inner)) put(inner, rest, value, which);
    else if (inner === undefined && rest[0] === '+') map[key] = { [`new-${which}`]: value ?? null };
  } else if (value === undefined) delete map[key];
  else map[key] = value;
}

/** YAML whose style is drawn from `style`, one number after the other, round and round. */
function styled(data: Data, style: readonly number[]): string {
  let drawn = 0;
  const draw = () => style[drawn++ % style.length] ?? 0;

  const flow = (value: Value): string => {
    if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
    if (!isMap(value)) return scalar(value);
    const entries = Object.entries(value).map(([key, inner]) => `${scalar(key)}: ${flow(inner)}`);
    return entries.length === 0
      ? '{}'
      : draw() === 0
        ? `{\n  ${entries.join(',\n  ')},\n  }`
        : `{ ${entries.join(', ')} }`;
  };
  const scalar = (value: Exclude<Value, Value[] | Data>): string => {
    const isPlain = typeof value !== 'string' || /^[a-z]+[a-z0-9.-]*$/.test(value);
    if (isPlain && value !== 'null' && value !== 'true' && value !== 'no' && draw() > 0) return String(value);
    if (typeof value !== 'string') return String(value);
    return /^[^\n'\\\t]*$/.test(value) && draw() > 5 ? `'${value}'` : JSON.stringify(value);
  };
  const block = (map: Data, indentation: string): string =>
    Object.entries(map)
      .map(([key, value]) => {
        const comment = draw() === 0 ? `${indentation}# about ${key}\n` : '';
        const gap = draw() === 0 ? '\n' : '';
        const deeper = `${indentation}${' '.repeat(1 + (draw() % 4))}`;
        if (isMap(value) && Object.keys(value).length > 0 && draw() > 2) {
          return `${gap}${comment}${indentation}${scalar(key)}:${draw() === 0 ? '   # a map' : ''}\n${block(value, deeper)}`;
        }
        if (Array.isArray(value) && value.length > 0 && draw() > 4) {
          return `${comment}${indentation}${scalar(key)}:\n${value.map((item) => `${deeper}- ${flow(item).replaceAll('\n', `\n${deeper}`)}`).join('\n')}`;
        }
        if (typeof value === 'string' && /^[^\s][\x20-\x7e\n]*\n$/.test(value) && draw() > 2) {
          return `${comment}${indentation}${scalar(key)}: |\n${value.replace(/^(?=.)/gm, deeper).trimEnd()}`;
        }
        return `${gap}${comment}${indentation}${scalar(key)}: ${flow(value).replaceAll('\n', `\n${indentation}`)}${draw() === 0 ? '   # why' : ''}`;
      })
      .join('\n');

  return `${block(data, '')}${draw() === 0 ? '' : '\n'}`;
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
