import { homedir } from 'node:os';
import { join } from 'node:path';

/** Folders on this machine, outside of any project. */
export interface Places {
  /** Images of hosts, kept between runs. */
  readonly images: string;
  /** A folder for each run that goes on. */
  readonly runs: string;
}

/** Below `folder`, or else below the user's cache folder. */
export function places(folder = join(userCache(), 'groundplan/rehearsal')): Places {
  return { images: join(folder, 'images'), runs: join(folder, 'runs') };
}

function userCache(): string {
  const configured = process.env['XDG_CACHE_HOME'];
  return configured === undefined || configured === '' ? join(homedir(), '.cache') : configured;
}
