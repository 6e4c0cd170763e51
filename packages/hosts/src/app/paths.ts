import type { App } from '@groundplan/model';

export const environmentPath = '/etc/groundplan/app.env';
/** Holds `draining` while the host drains. Gone after a reboot. */
export const drainingPath = '/run/groundplan/draining.lst';
export const drainProgram = '/usr/local/lib/groundplan/drain';
export const pullProgram = '/usr/local/lib/groundplan/pull';
export const fetchProgram = '/usr/local/lib/groundplan/fetch';
export const turnProgram = '/usr/local/lib/groundplan/my-turn';

/** The user's program, as a unit, a container and a user of the system; `app-` keeps clear of the distribution's names. */
export function programName({ name }: App): string {
  return `app-${name}`;
}

export function programUnit(app: App): string {
  return `${programName(app)}.service`;
}
