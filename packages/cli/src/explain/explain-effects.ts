import { fieldEffects } from '@groundplan/model/language';
import type { Paint } from '../terminal/paint.js';
import { wrap } from '../terminal/wrap.js';
import { pageColumns } from './page.js';

/** What a change of a field does to a topology that runs, as lines of its page; none for fields that only hold others. */
export function effectLines(path: string, paint: Paint): string[] {
  const effects = fieldEffects[path];
  if (effects === undefined) return [];
  const [resources, onHosts] = [effects.filter(isOfResource), effects.filter((effect) => !isOfResource(effect))];
  return [
    paint.cyan('a change'),
    ...wrap(summaryOf(path, effects), pageColumns - 2).map((line) => `  ${line}`),
    ...listed('in Terraform', resources),
    ...listed('on hosts', onHosts),
    '',
  ];
}

const moves = 'Moves servers to other addresses, which is an outage of what moves. Meant for before the first apply.';

/** What cannot be told by what is compiled, by the path of the field. */
const said: Readonly<Record<string, string>> = {
  'apps.*.slot': moves,
  'arbiter.cidr': moves,
  'databases.*.backup.encrypt':
    'Backups that are there cannot be read with the other setting: give them another place at the same time, which begins with a full one.',
  'databases.*.backup.to':
    'Backups begin anew in the other place; those in the old one stay there, and are not looked after.',
  'databases.*.engine': 'Another database: no data is taken along. Declare a second one, and move the data.',
  'databases.*.slot': moves,
  'databases.*.volume.filesystem':
    'For volumes that are made from now on. One that is there keeps its own, and is replaced with its host: "groundplan replace HOST --volume", one after the other.',
  image:
    'For servers that are made from now on. One that runs keeps its system until it is replaced, one after the other: "groundplan replace HOST".',
  'load_balancers.*.slot': moves,
  name: 'Names and labels change in place. Backups are kept under the name of the topology: they begin anew.',
  'region.cidr': moves,
  'regions.*.cidr': moves,
  'shared_storage.*.slot': moves,
};

/** The worst of what happens, in a sentence or two. */
function summaryOf(path: string, effects: readonly string[]): string {
  const own = said[path];
  if (own !== undefined) return own;
  const has = (pattern: RegExp) => effects.some((effect) => pattern.test(effect));
  if (has(/ is (?:replaced|destroyed|made elsewhere)/))
    return 'Replaces or removes what is there: look at "groundplan plan" before you apply it.';
  if (has(/ while it is off/)) return 'Servers are off meanwhile, several at once: apply it to one after the other.';
  if (has(/ drains and restarts$/)) return 'Programs drain and restart, one host after the other.';
  if (has(/: (?:mariadb|patroni|groundplan-etcd-\*)\.service restarts$/))
    return 'Members of a database restart, one after the other, and hand over before.';
  if (effects.length > 0) return 'Is taken into use with nobody cut off, one host after the other.';
  return /^(?:tunnel|shared_storage)\./.test(path)
    ? 'Changes nothing on hosts yet: Groundplan does not configure this so far.'
    : 'Changes nothing that runs.';
}

function isOfResource(effect: string): boolean {
  return /^\w+ is /.test(effect);
}

function listed(title: string, effects: readonly string[]): string[] {
  const width = 'in Terraform'.length;
  return effects.flatMap((effect, index) => {
    const [first = '', ...others] = wrap(effect, pageColumns - width - 4);
    const name = (index === 0 ? title : '').padEnd(width);
    return [`  ${name}  ${first}`, ...others.map((line) => `${' '.repeat(width + 4)}${line}`)];
  });
}
