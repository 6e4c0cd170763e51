import { type BlockAcross, besideMiddle } from './across.js';
import { measures } from './measures.js';
import type { Net } from './nets.js';
import { ByPlace, type Gap, type Upright } from './uprights.js';
import type { Way } from './ways.js';

/** One end of a net at a card. */
export interface Stub {
  readonly net: Net;
  readonly isUpper: boolean;
  /** Below 0 when the line comes from the left, above 0 from the right. */
  pull: number;
  readonly track: number;
  /** Of its end; that of the middle of the card at first. */
  x: number;
}

/**
 * Where along its card each line begins or ends. Two cards above each other share the places between them, so that a line
 * from one to the other is straight, and the lines of others never lie upon it. One line alone is in the middle.
 */
export function placePorts(
  ways: readonly Way[],
  across: readonly BlockAcross[],
  trackOf: (channel: number, net: Net) => number,
): ByPlace<Gap, Stub> {
  const stubs = new ByPlace<Gap, Stub>();
  const add = (net: Net, upright: Upright | undefined, next: Upright | undefined, channel: number | undefined) => {
    if (upright?.kind !== 'port' || next === undefined || channel === undefined) return;
    const center = centerOf(upright, across);
    const pull = Math.sign(centerOf(next, across) - center);
    const known = stubs.get(upright.gap, net);
    if (known !== undefined) known.pull += pull;
    else {
      const isUpper = upright.side === 'bottom';
      stubs.add(upright.gap, { net, isUpper, pull, track: trackOf(channel, net), x: center });
    }
  };
  for (const { net, uprights, channels } of ways) {
    const last = uprights.length - 1;
    add(net, uprights[0], uprights[1], channels[0]);
    add(net, uprights[last], uprights[last - 1], channels[last - 1]);
  }
  for (const group of stubs.values()) {
    const [first, second] = group;
    if (first === undefined || second === undefined) continue;
    // Two are by far the most frequent, and sort() is dear for so few.
    if (group.length > 2) group.sort(leftToRight);
    else if (leftToRight(second, first) < 0) group.reverse();
    const spacing = Math.min(measures.port, (measures.cardWidth - 32) / (group.length - 1));
    let index = 0;
    for (const stub of group) {
      stub.x += besideMiddle(index, group.length, spacing);
      index += 1;
    }
  }
  return stubs;
}

function centerOf(upright: Upright, across: readonly BlockAcross[]): number {
  if (upright.kind === 'corridor') {
    const corridor = across[upright.block]?.corridors[upright.index];
    return corridor === undefined ? 0 : corridor.left + corridor.width / 2;
  }
  const { block, column } = upright.cell;
  return (across[block]?.columns[column]?.left ?? 0) + measures.cardWidth / 2;
}

/** By the side that a line comes from; among those of one side so that they do not cross on their way to their tracks. */
function leftToRight(a: Stub, b: Stub): number {
  const sideA = Math.sign(a.pull);
  const sideB = Math.sign(b.pull);
  if (sideA !== sideB) return sideA - sideB;
  const rising = sideA < 0 === a.isUpper;
  return (rising ? a.track - b.track : b.track - a.track) || (a.net.id < b.net.id ? -1 : 1);
}
