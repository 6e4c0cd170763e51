import type { ProbeResult } from '../machine/opinion.js';
import type { Target } from '../machine/rules.js';
import { reasonOf } from '../reason.js';
import { ask } from './ask.js';

const healthPath = '/_region/health';
/** Characters of an answer that are worth a line in a log. */
const longestReason = 120;

/**
 * Asks a balancer at its public address, as users do, whether its region can serve a host name. Its certificate is not looked at: an
 * address that is out of DNS could not get one from Let's Encrypt, and would never come in.
 */
export async function probe({ address, type, site, protocol, port }: Target, patience: number): Promise<ProbeResult> {
  const host = type === 'AAAA' ? `[${address}]` : address;
  try {
    const { status, body } = await ask({
      url: `${protocol}://${host}:${port}${healthPath}`,
      method: 'GET',
      headers: { host: site, connection: 'close' },
      body: undefined,
      patience,
      ...(protocol === 'https' ? { connection: { servername: site, rejectUnauthorized: false } } : {}),
    });
    return resultOf(status, body);
  } catch (error) {
    return { kind: 'failing', reason: reasonOf(error) };
  }
}

/**
 * What an answer of a balancer means (packages/hosts/src/balancer/haproxy-cfg.ts): 200 when all is well, else 503 and what is not:
 * `app.web: no server is healthy`, `database.main: there is no primary`, `balancer: in maintenance`.
 */
export function resultOf(status: number, body: string): ProbeResult {
  if (status === 200) return { kind: 'healthy' };
  const said = [...body]
    .filter((character) => character >= ' ')
    .join('')
    .trim()
    .slice(0, longestReason);
  if (status !== 503 || said === '') return { kind: 'failing', reason: `answers ${status}` };
  return { kind: said.startsWith('database.') ? 'database' : 'failing', reason: said };
}
