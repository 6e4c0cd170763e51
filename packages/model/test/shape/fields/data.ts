import {
  duration,
  type FieldCase,
  filesystem,
  keep,
  notList,
  notMap,
  notText,
  port,
  renamedFrom,
  restoreTest,
  serverType,
  size,
  slot,
  standby,
  target,
  truth,
  volume,
} from './shared.js';

/** What keeps data. */
export const data: Readonly<Record<string, FieldCase>> = {
  databases: {
    right: [{}, { main: { backup: 'bucket.dumps' } }],
    wrong: [notMap, [{ Main: { backup: 'bucket.dumps' } }, 'schema/name']],
  },
  'databases.*': {
    right: [{ backup: 'bucket.dumps' }],
    wrong: [notMap, [{}, 'backup/missing'], [{ backup: 'bucket.dumps', backups: 1 }, 'schema/unknown-key']],
  },
  'databases.*.engine': { right: ['postgresql', 'mariadb'], wrong: [notText, ['postgres', 'schema/enum']] },
  'databases.*.type': serverType,
  'databases.*.standby': standby,
  'databases.*.durability': {
    right: ['async', 'sync'],
    wrong: [
      [true, 'schema/type'],
      ['synchronous', 'schema/enum'],
    ],
  },
  'databases.*.volume': volume,
  'databases.*.volume.size': size,
  'databases.*.volume.filesystem': filesystem,
  'databases.*.port': port,
  'databases.*.replication': { right: [{}], wrong: [notMap, ['galera', 'schema/type']] },
  'databases.*.replication.between_regions': {
    right: ['galera', 'pglogical', 'logical', 'none'],
    wrong: [
      [false, 'schema/type'],
      ['bdr', 'schema/enum'],
    ],
  },
  'databases.*.on_failure': { right: ['region-sick', 'alert'], wrong: [notText, ['sick', 'schema/enum']] },
  'databases.*.backup': {
    right: ['bucket.dumps', { to: 'bucket.dumps' }],
    wrong: [...target.wrong, [{}, 'schema/missing-key'], [{ to: 'bucket.dumps', every: '6h' }, 'schema/unknown-key']],
  },
  'databases.*.backup.to': target,
  'databases.*.backup.full': { right: ['daily', 'weekly', 'Sun 03:00'], wrong: [notText, ['none', 'schema/format']] },
  'databases.*.backup.incremental': {
    right: ['hourly', 'daily', 'none', '*-*-* 00/6:00'],
    wrong: [notText, [false, 'schema/type'], ['never', 'schema/format']],
  },
  'databases.*.backup.keep_full': {
    right: [1, 1000],
    wrong: [
      ['4', 'schema/type'],
      [0, 'schema/range'],
      [1001, 'schema/range'],
    ],
  },
  'databases.*.backup.encrypt': truth,
  'databases.*.backup.restore_test': restoreTest,
  'databases.*.backup.alert_if_older_than': duration,
  'databases.*.slot': slot(511),
  'databases.*.renamed_from': renamedFrom,
  shared_storage: {
    right: [{}, { media: { backup: 'bucket.dumps' } }],
    wrong: [notMap, [{ Media: { backup: 'bucket.dumps' } }, 'schema/name']],
  },
  'shared_storage.*': { right: [{ backup: 'bucket.dumps' }], wrong: [notMap, [{}, 'backup/missing']] },
  'shared_storage.*.engine': { right: ['glusterfs'], wrong: [notText, ['nfs', 'schema/enum']] },
  'shared_storage.*.replicas': {
    right: [{}, { data: 2, arbiter: 0 }, { data: 3, arbiter: 0 }],
    wrong: [notMap, [3, 'schema/type'], [{ data: 3 }, 'schema/missing-key'], [{ data: 3, arbiter: 1 }, 'schema/range']],
  },
  'shared_storage.*.replicas.data': {
    right: [2],
    wrong: [
      ['2', 'schema/type'],
      [1, 'schema/range'],
      [4, 'schema/range'],
    ],
  },
  'shared_storage.*.replicas.arbiter': {
    right: [0, 1],
    wrong: [
      [true, 'schema/type'],
      [2, 'schema/range'],
    ],
  },
  'shared_storage.*.volume': volume,
  'shared_storage.*.volume.size': size,
  'shared_storage.*.volume.filesystem': filesystem,
  'shared_storage.*.type': serverType,
  'shared_storage.*.geo_replication': {
    right: [{ from: 'falkenstein', to: ['helsinki'] }],
    wrong: [
      notMap,
      [{ from: 'falkenstein' }, 'schema/missing-key'],
      [{ from: 'falkenstein', to: [] }, 'schema/empty'],
      [{ from: 'falkenstein', to: 'helsinki' }, 'schema/type'],
    ],
  },
  'shared_storage.*.geo_replication.from': {
    right: ['falkenstein'],
    wrong: [notText, ['region.falkenstein', 'reference/unknown']],
  },
  'shared_storage.*.geo_replication.to': {
    right: [['helsinki', 'nuremberg']],
    wrong: [notList, [['helsinki', 'helsinki'], 'schema/repeated']],
  },
  'shared_storage.*.geo_replication.to.*': { right: ['helsinki'], wrong: [notText, ['Helsinki', 'reference/unknown']] },
  'shared_storage.*.backup': {
    right: ['external.offsite', { to: 'external.offsite' }],
    wrong: [
      ...target.wrong,
      [{ every: '6h' }, 'schema/missing-key'],
      [{ to: 'bucket.dumps', full: 'daily' }, 'schema/unknown-key'],
    ],
  },
  'shared_storage.*.backup.to': target,
  'shared_storage.*.backup.every': duration,
  'shared_storage.*.backup.keep': {
    right: [{}, { daily: 7 }],
    wrong: [notMap, [7, 'schema/type'], [{ monthly: 1 }, 'schema/unknown-key']],
  },
  'shared_storage.*.backup.keep.daily': keep,
  'shared_storage.*.backup.keep.weekly': keep,
  'shared_storage.*.backup.encrypt': truth,
  'shared_storage.*.backup.restore_test': restoreTest,
  'shared_storage.*.backup.alert_if_older_than': duration,
  'shared_storage.*.slot': slot(511),
  'shared_storage.*.renamed_from': renamedFrom,
  buckets: {
    right: [{}, { dumps: {} }],
    wrong: [notMap, [{ Dumps: {} }, 'schema/name'], [{ dumps: null }, 'schema/type']],
  },
  'buckets.*': { right: [{}], wrong: [notMap, [{ public: true }, 'schema/unknown-key']] },
  'buckets.*.name': {
    right: ['abc', '1-a'],
    wrong: [notText, ['ab', 'schema/name'], ['a.b.c', 'schema/name'], ['x'.repeat(64), 'schema/name']],
  },
  'buckets.*.location': { right: ['fsn1', 'nbg1', 'hel1'], wrong: [notText, ['ash', 'bucket/location']] },
  'buckets.*.access': {
    right: ['private', 'public'],
    wrong: [
      [true, 'schema/type'],
      ['open', 'schema/enum'],
    ],
  },
  'buckets.*.versioning': truth,
  'buckets.*.cors': { right: [[], ['*', 'https://a.b:8443']], wrong: [notList, [['*', '*'], 'schema/repeated']] },
  'buckets.*.cors.*': {
    right: ['http://localhost:3000'],
    wrong: [notText, ['shop.example.com', 'schema/format'], ['https://a.b/c', 'schema/format']],
  },
  'buckets.*.writers': {
    right: [[], ['app.web', 'app.api']],
    wrong: [notList, [['app.web', 'app.web'], 'schema/repeated']],
  },
  'buckets.*.writers.*': { right: ['app.web'], wrong: [notText, ['web', 'reference/unknown']] },
  'buckets.*.renamed_from': renamedFrom,
};
