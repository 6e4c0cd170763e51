import type { Beside, Data } from '../topology-with.js';

/** What a field takes and what it does not, with the code of the diagnostic for that. */
export interface FieldCase {
  readonly right: readonly Data[];
  readonly wrong: readonly (readonly [Data, string])[];
  readonly beside?: Beside;
}

export const notText = [5, 'schema/type'] as const;
export const notMap = [['x'], 'schema/type'] as const;
export const notList = ['x', 'schema/type'] as const;
export const notTruth = ['yes', 'schema/type'] as const;

export const location: FieldCase = {
  right: ['fsn1', 'nbg1', 'hel1', 'ash', 'hil', 'sin'],
  wrong: [notText, ['fsn', 'schema/enum'], [null, 'schema/type']],
};
export const regionCidr: FieldCase = {
  right: ['10.10.0.0/16', '192.168.128.0/17', '172.16.192.0/18'],
  wrong: [
    notText,
    ['10.10.0.0', 'schema/format'],
    ['10.256.0.0/16', 'schema/format'],
    ['10.10.0.1/16', 'schema/format'],
    ['10.10.64.0/17', 'schema/format'],
    ['10.0.0.0/8', 'region/cidr-size'],
    ['10.10.0.0/24', 'region/cidr-size'],
  ],
};
export const serverType: FieldCase = {
  right: ['cx23', 'ccx13', 'cax11'],
  wrong: [notText, ['large', 'schema/format'], ['CX23', 'schema/format']],
};
export const balancerCount: FieldCase = {
  right: [1, 10],
  wrong: [
    ['2', 'schema/type'],
    [0, 'schema/range'],
    [11, 'schema/range'],
  ],
};
export const appCount: FieldCase = {
  right: [0, 80],
  wrong: [
    [1.5, 'schema/type'],
    [-1, 'schema/range'],
    [81, 'schema/range'],
  ],
};
export const standby: FieldCase = {
  right: [0, 4],
  wrong: [
    [true, 'schema/type'],
    [-1, 'schema/range'],
    [5, 'schema/range'],
  ],
};
export const duration: FieldCase = {
  right: ['1s', '15m', '26h', '180d'],
  wrong: [
    notText,
    ['5', 'schema/format'],
    ['0s', 'schema/format'],
    ['1.5h', 'schema/format'],
    ['5 s', 'schema/format'],
  ],
};
export const checks: FieldCase = {
  right: [1, 20],
  wrong: [
    ['3', 'schema/type'],
    [0, 'schema/range'],
    [21, 'schema/range'],
  ],
};
export const renamedFrom: FieldCase = {
  right: ['old', 'a-name-of-18-chars'],
  wrong: [notText, ['Old', 'schema/name'], ['old-', 'schema/name'], ['a-name-of-19-letter', 'schema/name']],
};
export const regionRenamedFrom: FieldCase = {
  right: ['old', 'a-region-of-15c'],
  wrong: [notText, ['Old', 'schema/name'], ['a-region-of-16ch', 'schema/name']],
};
export const secret: FieldCase = { right: ['secret.TLS_KEY'], wrong: [notText, ['hunter2', 'reference/unknown']] };
export const port: FieldCase = {
  right: [1, 65535],
  wrong: [
    ['80', 'schema/type'],
    [0, 'schema/range'],
    [65536, 'schema/range'],
  ],
};
export const slot = (last: number): FieldCase => ({
  right: [0, last],
  wrong: [
    ['1', 'schema/type'],
    [-1, 'schema/range'],
    [last + 1, 'schema/range'],
  ],
});
export const asn: FieldCase = {
  right: [1, 64500, 4294967294],
  wrong: [
    ['AS64500', 'schema/type'],
    [0, 'schema/range'],
  ],
};
export const email: FieldCase = { right: ['ops@example.com'], wrong: [notText, ['ops', 'schema/format']] };
export const someText = (wrong: string): FieldCase['wrong'] => [notText, [wrong, 'schema/format']];
export const volume: FieldCase = {
  right: [{}, { size: '100GB' }],
  wrong: [notMap, ['100GB', 'schema/type'], [null, 'schema/type']],
};
export const size: FieldCase = {
  right: ['10GB', '999GB', '10000GB', '1TB', '10TB'],
  wrong: [
    [100, 'schema/type'],
    ['100', 'schema/format'],
    ['100gb', 'schema/format'],
    ['9GB', 'volume/too-small'],
    ['10001GB', 'schema/range'],
    ['11TB', 'schema/range'],
  ],
};
export const filesystem: FieldCase = { right: ['ext4', 'xfs'], wrong: [notText, ['btrfs', 'schema/enum']] };
export const target: FieldCase = {
  right: ['bucket.dumps', 'external.offsite'],
  wrong: [notText, ['app.web', 'reference/wrong-kind'], ['dumps', 'reference/unknown']],
};
export const restoreTest: FieldCase = {
  right: ['daily', 'weekly', 'monthly', 'none'],
  wrong: [
    [false, 'schema/type'],
    ['never', 'schema/enum'],
  ],
};
export const truth: FieldCase = { right: [true, false], wrong: [notTruth, [1, 'schema/type']] };
export const relativePath = (example: string): FieldCase => ({
  right: [example, 'a b/c'],
  wrong: someText('/absolute'),
});
export const keep: FieldCase = {
  right: [0, 7, 1000],
  wrong: [
    ['7', 'schema/type'],
    [-1, 'schema/range'],
    [1001, 'schema/range'],
  ],
};

export const inMode = (mode: string): Beside => ({ 'load_balancers.*': { mode } });
export const inTls = (tls: Readonly<Record<string, Data>>): Beside => ({ 'load_balancers.*.tls': tls });
export const artifact = { artifact: 'https://example.com/a.tar.gz', sha256: 'a'.repeat(64), command: './serve' };
export const bgp = { asn: 64500, address: '203.0.113.10/32', peers: [{ address: '192.0.2.1', asn: 64501 }] };
