import type { Host } from '../host/host.js';
import { pause } from '../pause.js';

/** Who said at a moment that it is the primary of a database. */
export interface PrimarySample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Names of hosts, in their order. */
  readonly hosts: readonly string[];
}

/** Asks the Patroni of a host at the address that it says of itself. */
const question = `address=$(sed -n '/^restapi:/,/^[a-z]/s/^ *connect_address: *//p' /etc/patroni/config.yml)
exec curl -sk --max-time 2 -o /dev/null -w '%{http_code}' "https://$address/primary"`;

/** Whether the PostgreSQL of a host says that it takes writes. */
export async function claimsPrimary(host: Host): Promise<boolean> {
  if (!host.isOn()) return false;
  const answer = await host.exec(['sh', '-c', question], { timeoutMilliseconds: 10_000 }).catch(() => undefined);
  return answer?.stdout === '200';
}

/** Asks all hosts every second until the signal comes. */
export async function watchPrimaries(hosts: readonly Host[], signal: AbortSignal): Promise<PrimarySample[]> {
  const samples: PrimarySample[] = [];
  while (!signal.aborted) {
    const at = Date.now();
    const claims = await Promise.all(hosts.map(claimsPrimary));
    samples.push({ at, hosts: hosts.flatMap(({ name }, index) => (claims[index] === true ? [name] : [])) });
    await pause(Math.max(100, at + 1000 - Date.now()), signal);
  }
  return samples;
}
