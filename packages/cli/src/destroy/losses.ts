import type { CloudflareRecord } from '@groundplan/dns-checker/node';
import type { PlacedChange } from '@groundplan/terraform';
import { visible } from '../terminal/visible.js';
import { recordLine } from './checker-records.js';

interface Kind {
  readonly word: string;
  /** What is said of one, behind the word. */
  readonly describe: (change: PlacedChange) => string;
}

/** What is gone for good when it is destroyed, in the order in which it is listed: data, then what the world knows, then servers. */
const kinds: Readonly<Record<string, Kind>> = {
  hcloud_volume: { word: 'volume', describe: (change) => `${named(change)} (${text(change, 'size')} GB)` },
  minio_s3_bucket: {
    word: 'bucket',
    // A bucket that the topology no longer has cannot be told to let go of what is in it.
    describe: ({ gone, ...change }) =>
      gone
        ? `${text(change, 'bucket')}, which must be empty, since it is no longer in the topology`
        : `${text(change, 'bucket')}, and everything in it`,
  },
  hcloud_zone: { word: 'zone', describe: (change) => `${named(change)}, and all its records` },
  hcloud_floating_ip: { word: 'address', describe: (change) => `${text(change, 'ip_address')} (${named(change)})` },
  hcloud_primary_ip: { word: 'address', describe: (change) => `${text(change, 'ip_address')} (${named(change)})` },
  hcloud_server: { word: 'server', describe: named },
};

/** Whether it would take something away for good. */
export function isLoss({ type, action }: PlacedChange): boolean {
  return Object.hasOwn(kinds, type) && (action === 'destroy' || action === 'replace');
}

/** Of records, which are no resources of Terraform's. */
const recordWord = 'record';

/** One line for each thing that destroying takes away for good, and for the records that go with it, and one that counts the rest. */
export function lossLines(changes: readonly PlacedChange[], records: readonly CloudflareRecord[]): string[] {
  const width = Math.max(...[...Object.values(kinds).map(({ word }) => word), recordWord].map(({ length }) => length));
  const line = (word: string, what: string) => `  ${word.padEnd(width)}  ${visible(what)}`;
  const lines = Object.entries(kinds).flatMap(([type, { word, describe }]) =>
    changes
      .filter((change) => change.type === type)
      .map((change) => `${line(word, describe(change))}${isAside(change) ? ', no longer in the topology' : ''}`),
  );
  const ofRecords = records.map((record) => line(recordWord, `${recordLine(record)} at Cloudflare, by the checkers`));
  const others = changes.length - lines.length;
  const listed = [...lines, ...ofRecords];
  if (others === 0) return listed;
  return [
    ...listed,
    listed.length === 0 ? `  ${others} that can be made again` : `  and ${others} more, which can be made again`,
  ];
}

function isAside({ type, gone }: PlacedChange): boolean {
  return gone && type !== 'minio_s3_bucket';
}

function named(change: Pick<PlacedChange, 'before'>): string {
  return text(change, 'name');
}

function text({ before }: Pick<PlacedChange, 'before'>, attribute: string): string {
  return String(before?.[attribute] ?? '?');
}
