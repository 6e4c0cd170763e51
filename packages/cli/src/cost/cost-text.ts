import { addSums, formatEuros, formatSum, type Sum } from '@groundplan/catalog';
import type { Cost, CostLine, EntityCost } from '@groundplan/model';
import type { Paint } from '../terminal/paint.js';
import { type Repriced, repricedLines } from './repriced.js';
import { tiersOf } from './tiers.js';

interface Row {
  readonly left: string;
  readonly right: string;
  readonly level: 'heading' | 'entity' | 'line' | 'total';
}

/** The monthly cost as a person reads it: region by region, each entity with what it is made of, then by tier, then the total. */
export function costText(topology: string, cost: Cost, paint: Paint): string {
  const rows: Row[] = [];
  for (const { name, sum } of cost.regions) {
    rows.push({ left: name, right: formatSum(sum), level: 'heading' });
    rows.push(...cost.entities.filter(({ region }) => region === name).flatMap(entityRows));
  }
  const outside = cost.entities.filter(({ region }) => region === undefined);
  if (outside.length > 0) {
    const sum = addSums(outside.map((entity) => entity.sum));
    rows.push({ left: 'outside the regions', right: formatSum(sum), level: 'heading' }, ...outside.flatMap(entityRows));
  }
  const tiers = tiersOf(cost);
  // Where each tier stands above only once, it has been said already.
  if (tiers.some(({ parts }) => parts > 1)) {
    rows.push({ left: 'by tier', right: '', level: 'heading' });
    rows.push(...tiers.map(({ tier, sum }): Row => ({ left: `  ${tier}`, right: formatSum(sum), level: 'entity' })));
  }
  rows.push({ left: 'total', right: formatSum(cost.total), level: 'total' });
  return `${paint.dim(title(topology, cost))}\n\n${renderRows(rows, paint)}`;
}

function title(topology: string, { date }: Cost): string {
  return `${topology}: euros a month, net, by the catalogue of ${date}; without traffic beyond what servers include`;
}

function entityRows({ owner, lines, sum }: EntityCost): Row[] {
  if (lines.length === 0) return [{ left: `  ${owner}`, right: 'no servers', level: 'entity' }];
  return [
    { left: `  ${owner}`, right: formatSum(sum), level: 'entity' },
    ...lines.map((line): Row => {
      return { left: `    ${lineText(line)}`, right: line.unit.known ? formatSum(line.sum) : 'unknown', level: 'line' };
    }),
  ];
}

/** `4 × cx33 at 8.49 €`, `200 GB of volumes at 0.0572 €`. */
function lineText({ item, type, quantity, unit }: CostLine): string {
  const price = unit.known ? ` at ${unitPrice(unit.value)}` : '';
  switch (item) {
    case 'server':
      return `${quantity} × ${type}${price}`;
    case 'primary-ipv4':
      return `${quantity} × IPv4 address${price}`;
    case 'volume':
      return `${quantity} GB of volumes${price}`;
    case 'floating-ipv4':
      return `${quantity} × floating IPv4${price}`;
    case 'floating-ipv6':
      return `${quantity} × floating IPv6${price}`;
    case 'object-storage':
      return `object storage, the base price of all buckets${price}`;
  }
}

/** Prices of small units have fractions of cents. */
function unitPrice(euros: number): string {
  const cents = euros * 100;
  return Math.abs(cents - Math.round(cents)) < 1e-6 ? formatEuros(euros) : `${euros} €`;
}

function renderRows(rows: readonly Row[], paint: Paint): string {
  const left = Math.max(...rows.map((row) => row.left.length));
  const right = Math.max(...rows.map((row) => amountWidth(row.right)));
  return rows
    .map(({ left: label, right: amount, level }, index) => {
      const space = ' '.repeat(left - label.length + 2 + right - amountWidth(amount));
      const text = amount === '' ? label : `${label}${space}${amount}`;
      const blank = index > 0 && (level === 'heading' || level === 'total') ? '\n' : '';
      const painted = level === 'line' ? paint.dim(text) : level === 'entity' ? text : paint.bold(text);
      return `${blank}${painted}\n`;
    })
    .join('');
}

/** Amounts are aligned at their euro signs; what follows (`, 2 prices unknown`) hangs over. */
function amountWidth(amount: string): number {
  const sign = amount.indexOf('€');
  return sign < 0 ? amount.length : sign + 1;
}

/** What changes between two versions: only what differs, then the totals, then the servers that get another price. */
export function costDifferenceText(
  topology: string,
  { before, after, repriced }: { readonly before: Cost; readonly after: Cost; readonly repriced: readonly Repriced[] },
  paint: Paint,
): string {
  const keyOf = ({ owner, region }: EntityCost) => (region === undefined ? owner : `${region} ${owner}`);
  const old = new Map(before.entities.map((entity) => [keyOf(entity), entity.sum]));
  const now = new Map(after.entities.map((entity) => [keyOf(entity), entity.sum]));
  const keys = [...new Set([...now.keys(), ...old.keys()])];
  const rows = keys
    .filter((key) => !sameSum(old.get(key), now.get(key)))
    .map((key): Row => ({ left: key, right: changeText(old.get(key), now.get(key)), level: 'entity' }));
  rows.push({ left: 'total', right: changeText(before.total, after.total), level: 'total' });
  const width = Math.max(...rows.map(({ left }) => left.length));
  const notes = repricedLines(repriced).map((line) => `${line}\n`);
  const table = rows.map(({ left, right, level }) => {
    const text = `${left.padEnd(width)}  ${right}`;
    return level === 'total' ? `${rows.length > 1 ? '\n' : ''}${paint.bold(text)}\n` : `${text}\n`;
  });
  return [`${paint.dim(title(topology, after))}\n\n`, ...table, ...(notes.length > 0 ? ['\n'] : []), ...notes].join('');
}

function sameSum(a: Sum | undefined, b: Sum | undefined): boolean {
  return a?.euros === b?.euros && a?.unknown === b?.unknown;
}

function changeText(before: Sum | undefined, after: Sum | undefined): string {
  if (before === undefined) return after === undefined ? '' : `new, ${formatSum(after)}`;
  if (after === undefined) return `gone, was ${formatSum(before)}`;
  if (sameSum(before, after)) return `${formatSum(after)}, no change`;
  const difference = after.euros - before.euros;
  const signed = `${difference < 0 ? '−' : '+'}${formatEuros(Math.abs(difference))}`;
  const unknown = before.unknown + after.unknown > 0 ? ' of what is known' : '';
  return `${formatSum(before)} → ${formatSum(after)}  (${signed}${unknown})`;
}
