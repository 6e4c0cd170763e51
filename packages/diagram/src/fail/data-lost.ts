import type { Bucket, Database, External, Model, SharedStorage } from '@groundplan/model';
import type { World } from './world.js';

/** Where a tier's backups go; undefined when nothing is written, or what is written is nothing. */
export function targetOf(model: Model, { backup }: Database | SharedStorage): Bucket | External | undefined {
  const target = backup?.to?.target;
  if (target?.kind === 'bucket') return model.buckets.find(({ name }) => name === target.name);
  return target?.kind === 'external' ? model.externals.find(({ name }) => name === target.name) : undefined;
}

export function targetWords({ kind, name }: Bucket | External): string {
  return `${kind} ${name}`;
}

/** What is left of data whose last volume is lost. */
export interface Remains {
  readonly lost: string;
  readonly remedy: string;
  readonly canRestore: boolean;
}

export function remainsOf(world: World, entity: Database | SharedStorage): Remains {
  const target = targetOf(world.model, entity);
  if (target === undefined) return { lost: 'all of its data', remedy: 'there is no backup', canRestore: false };
  const name = targetWords(target);
  if (world.isTargetDead(target)) {
    return { lost: `all of its data, unless ${name} comes back`, remedy: `${name} is gone as well`, canRestore: false };
  }
  const lost =
    entity.kind === 'storage'
      ? `what was written since the last backup, up to ${hours(entity.backup?.every.value ?? 0)}`
      : entity.engine.value === 'postgresql'
        ? 'what came after the last archived WAL'
        : 'what came after the last archived binlog';
  return { lost, remedy: `a person restores it from ${name} by the runbook, which takes minutes`, canRestore: true };
}

function hours(seconds: number): string {
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.ceil(seconds / 60)} min`;
}
