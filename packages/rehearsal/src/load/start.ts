import { once } from 'node:events';
import { dirname, extname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Outsider } from '../network/outsider.js';
import type { ClientOptions } from './client.js';
import type { LoadEvent, LoadPlan } from './generate.js';

export interface LoadSettings {
  readonly plan: LoadPlan;
  readonly client: Omit<ClientOptions, 'names'>;
  /** Asks name servers, or knows addresses from the beginning. */
  readonly names:
    | { readonly servers: readonly string[] }
    | { readonly fixed: Readonly<Record<string, readonly string[]>> };
}

/** Users who make requests. */
export interface Load {
  /** The requests that have ended so far. */
  readonly events: readonly LoadEvent[];
  /** Begins no more requests and waits for those that are open. Rejects if the generator failed. */
  stop(): Promise<readonly LoadEvent[]>;
  /** The same when its time is over by itself. */
  ended(): Promise<readonly LoadEvent[]>;
}

/** Lets users make requests from where an outsider is. */
export function startLoad(outsider: Outsider, settings: LoadSettings): Load {
  const program = fileURLToPath(new URL(`./process${extname(import.meta.url)}`, import.meta.url));
  const child = outsider.start(process.execPath, [...process.execArgv, program], { cwd: dirname(program) });
  child.stdin?.end(JSON.stringify(settings));
  const events: LoadEvent[] = [];
  const said: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  if (child.stdout === null) throw new Error('the load generator has no output');
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => events.push(JSON.parse(line) as LoadEvent));
  const end = Promise.all([once(child, 'close'), once(lines, 'close')]).then(([[code]]) => {
    if (code !== 0) throw new Error(`the load generator failed: ${Buffer.concat(said).toString('utf8').trim()}`);
    return events;
  });
  end.catch(() => undefined);
  return {
    events,
    stop: () => {
      child.kill('SIGTERM');
      return end;
    },
    ended: () => end,
  };
}
