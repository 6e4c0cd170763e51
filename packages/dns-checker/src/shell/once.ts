import { dnsApi } from '../dns/index.js';
import type { Published } from '../machine/events.js';
import { patienceOf, rulesOf } from '../machine/rules.js';
import { reasonOf } from '../reason.js';
import type { Settings } from '../settings.js';
import { probe } from './probe.js';

/**
 * Looks at everything once from this host: each address, and with a token what DNS has. Decides and writes nothing.
 *
 * @returns a text for people, and whether everything is well
 */
export async function lookOnce(
  settings: Settings,
  token: string | undefined,
): Promise<{ text: string; isWell: boolean }> {
  const rules = rulesOf(settings);
  const patience = patienceOf(rules.interval);
  const results = new Map(
    await Promise.all(rules.targets.map(async (target) => [target.id, await probe(target, patience)] as const)),
  );
  let published: ReadonlyMap<string, Published> | undefined;
  const lines: string[] = [];
  if (token !== undefined) {
    try {
      published = await dnsApi(settings, token, rules.sets).read();
    } catch (error) {
      lines.push(`DNS cannot be read: ${reasonOf(error)}`);
    }
  }
  for (const { key, targets } of rules.sets) {
    const known = published?.get(key);
    lines.push(`${key}${known?.blocked === undefined ? '' : `: ${known.blocked}`}`);
    for (const { id, name, address } of targets) {
      const result = results.get(id);
      const place = known === undefined ? '' : known.addresses.includes(address) ? ', in DNS' : ', NOT in DNS';
      lines.push(`  ${name} ${address}: ${result?.kind === 'healthy' ? 'healthy' : `${result?.reason}`}${place}`);
    }
  }
  return { text: `${lines.join('\n')}\n`, isWell: [...results.values()].every(({ kind }) => kind === 'healthy') };
}
