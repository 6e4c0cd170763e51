import { access, mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '../command.js';

export interface VolumeOrder {
  readonly id: number;
  /** GB, which are 2^30 bytes at Hetzner. */
  readonly size: number;
  /** File system that is on it when it is new, or null. */
  readonly format: string | null;
}

/** Volumes as files, each a loop device while it is attached. They keep what is on them until the run ends. */
export interface Volumes {
  /** The device of a volume, as large as it is ordered; a new volume is made. */
  attach(volume: VolumeOrder): Promise<string>;
  /** Lets go of the device; it goes when nobody uses it any more. */
  detach(id: number): Promise<void>;
  /** Makes an attached volume larger, which its device is at once. */
  grow(id: number, size: number): Promise<void>;
}

/** The path that Hetzner's servers know a volume by. */
export function volumeDevice(id: number): string {
  return `/dev/disk/by-id/scsi-0HC_Volume_${id}`;
}

/** Volumes that are kept in a folder. */
export function makeVolumes(folder: string): Volumes {
  const devices = new Map<number, string>();
  const fileOf = (id: number): string => join(folder, `${id}.img`);

  return {
    async attach({ id, size, format }) {
      const attached = devices.get(id);
      if (attached !== undefined) return attached;
      const file = fileOf(id);
      const isNew = await access(file).then(
        () => false,
        () => true,
      );
      if (isNew) {
        await mkdir(folder, { recursive: true });
        await writeFile(file, '');
      }
      await truncate(file, size * 2 ** 30);
      if (isNew && format !== null) await must(`mkfs.${format}`, ['-q', file]);
      const device = (await must('losetup', ['--find', '--show', file])).trim();
      devices.set(id, device);
      return device;
    },
    async detach(id) {
      const device = devices.get(id);
      if (device === undefined) return;
      devices.delete(id);
      await must('losetup', ['--detach', device]);
    },
    async grow(id, size) {
      const device = devices.get(id);
      if (device === undefined) return;
      await truncate(fileOf(id), size * 2 ** 30);
      await must('losetup', ['--set-capacity', device]);
    },
  };
}
