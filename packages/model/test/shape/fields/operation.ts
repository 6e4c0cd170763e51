import {
  duration,
  type FieldCase,
  notList,
  notMap,
  notText,
  port,
  relativePath,
  renamedFrom,
  secret,
  someText,
} from './shared.js';

/** What else stands in a mail relay. */
const relay = { 'alerts.smtp': { host: 'smtp.example.com' } };
const login = { 'alerts.smtp': { host: 'smtp.example.com', user: 'a', password: 'secret.A' } };

/** What operating a topology needs. */
export const operation: Readonly<Record<string, FieldCase>> = {
  tunnel: { right: [{}], wrong: [notMap, ['tinc', 'schema/type'], [{ address: 'x' }, 'schema/unknown-key']] },
  'tunnel.engine': { right: ['tinc'], wrong: [notText, ['wireguard', 'schema/enum']] },
  'tunnel.cipher': {
    right: ['aes-256-cbc', 'aes-192-cbc', 'aes-128-cbc'],
    wrong: [notText, ['aes-256-gcm', 'tunnel/cipher']],
  },
  'tunnel.digest': {
    right: ['sha256', 'sha384', 'sha512'],
    wrong: [
      [256, 'schema/type'],
      ['md5', 'schema/enum'],
    ],
  },
  'tunnel.mtu': {
    right: [576, 1380, 1500],
    wrong: [
      ['1380', 'schema/type'],
      [575, 'schema/range'],
      [1501, 'schema/range'],
    ],
  },
  'tunnel.key_rotation': duration,
  'tunnel.alert_after': duration,
  external: { right: [{}], wrong: [notMap, [{ Off: { type: 's3', host: 'a', path: 'b' } }, 'schema/name']] },
  'external.*': {
    right: [
      { type: 's3', host: 'a.b', path: 'c' },
      { type: 'sftp', host: 'a.b', user: 'u', path: '/c' },
    ],
    wrong: [notMap, [{}, 'schema/missing-key'], [{ type: 'sftp', host: 'a.b', path: '/c' }, 'schema/missing-key']],
  },
  'external.*.type': { right: ['s3'], wrong: [notText, ['ftp', 'schema/enum']] },
  'external.*.host': {
    right: ['backup.example.net', '192.0.2.1', '2001:db8::1'],
    wrong: [notText, ['https://a.b', 'schema/format']],
  },
  'external.*.user': { right: ['u123', 'u-1_a.b'], wrong: someText('a b') },
  'external.*.port': port,
  'external.*.path': { right: ['/a/b', 'bucket/prefix'], wrong: someText('a b') },
  'external.*.renamed_from': renamedFrom,
  access: {
    right: [{ ssh_keys: ['a.pub'], ssh_from: ['192.0.2.0/24'] }],
    wrong: [notMap, [{ ssh_keys: ['a.pub'] }, 'schema/missing-key']],
  },
  'access.ssh_keys': {
    right: [['a.pub', 'b.pub']],
    wrong: [notList, [[], 'schema/empty'], [['a.pub', 'a.pub'], 'schema/repeated']],
  },
  'access.ssh_keys.*': relativePath('keys/ops.pub'),
  'access.ssh_from': { right: [['192.0.2.0/24', '2001:db8::/32']], wrong: [notList, [[], 'schema/empty']] },
  'access.ssh_from.*': {
    right: ['192.0.2.1/32', '2001:db8::/48', '::1/128'],
    wrong: [
      notText,
      ['192.0.2.1', 'schema/format'],
      ['192.0.2.0/33', 'schema/format'],
      ['office', 'schema/format'],
      ['0.0.0.0/0', 'access/ssh-open'],
      ['::/0', 'access/ssh-open'],
    ],
  },
  'access.bastion': { right: ['edge'], wrong: [notText, ['load_balancer.edge', 'reference/unknown']] },
  secrets: { right: [{}], wrong: [notMap, ['secrets.age', 'schema/type']] },
  'secrets.file': relativePath('ops/secrets.age'),
  'secrets.recipients': { right: [[], ['age1abc']], wrong: [notList, [['age1abc', 'age1abc'], 'schema/repeated']] },
  'secrets.recipients.*': { right: ['age1ql3z7hjy54pw3'], wrong: someText('ssh-ed25519 AAAA') },
  alerts: { right: [{}], wrong: [notMap, [{ mail: 'a@b' }, 'schema/unknown-key']] },
  'alerts.webhook': {
    right: ['https://a.b/c', 'secret.HOOK', '${secret.HOOK}', 'https://a.b/${secret.KEY}'],
    wrong: [notText, ['a.b/c', 'schema/format'], ['secret.hook', 'schema/format']],
  },
  'alerts.email': {
    right: ['ops@example.com', 'secret.MAIL', '${secret.MAIL}'],
    wrong: [notText, ['ops', 'schema/format']],
  },
  'alerts.smtp': {
    right: [{ host: 'a.b' }, { host: 'a.b', user: 'a', password: 'secret.A' }],
    wrong: [
      notMap,
      [{}, 'schema/missing-key'],
      [{ host: 'a.b', user: 'a' }, 'schema/missing-key'],
      [{ host: 'a.b', password: 'secret.A' }, 'schema/missing-key'],
      [{ host: 'a.b', smarthost: 'a' }, 'schema/unknown-key'],
    ],
  },
  'alerts.smtp.host': { right: ['smtp.example.com', '192.0.2.1'], wrong: [notText, ['smtp://a', 'schema/format']] },
  'alerts.smtp.port': { ...port, beside: relay },
  'alerts.smtp.tls': {
    right: ['starttls', 'implicit', 'none'],
    wrong: [notText, ['ssl', 'schema/enum']],
    beside: relay,
  },
  'alerts.smtp.user': {
    right: ['alerts@example.com', 'secret.SMTP_USER'],
    wrong: [notText, ['${secret.A}', 'schema/format']],
    beside: login,
  },
  'alerts.smtp.password': { ...secret, beside: login },
  'alerts.smtp.from': { right: ['a@b'], wrong: [notText, ['ops', 'schema/format']], beside: relay },
  terraform: { right: [{}], wrong: [notMap, [{ version: '1' }, 'schema/unknown-key']] },
  'terraform.backend': {
    right: [{ s3: { bucket: 'a' } }, { local: {} }],
    wrong: [
      ['s3', 'schema/type'],
      [{}, 'schema/empty'],
      [{ s3: {}, gcs: {} }, 'schema/choose-one'],
      [{ S3: {} }, 'schema/format'],
    ],
  },
  'terraform.backend.*': { right: [{}, { key: 'a', nested: { deep: [1] } }], wrong: [notMap, [null, 'schema/type']] },
};
