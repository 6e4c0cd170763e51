import type { PlacedFrame } from '../layout/layout.js';
import { measures } from '../layout/measures.js';
import type { Marks } from '../marks/marks.js';
import { drawBadges } from './badges.js';
import { icon } from './icons.js';
import { nodeGroup } from './node.js';
import { stateFill } from './states.js';
import { text, widthOf } from './text.js';
import { coordinate, escapeXml } from './xml.js';

/** The ground of a region, with the frame of its private network: beneath all lines. */
export function drawGround({ box, network }: PlacedFrame, state: Marks['state']): string {
  const hatch =
    state === 'failed' ? `<g transform="translate(${box.x} ${box.y})">${stateFill(box, state, 16)}</g>` : '';
  const ground = [
    `<rect class="gp-frame" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="16"/>`,
    hatch,
    `<rect class="gp-network" x="${network.x}" y="${network.y}" width="${network.width}" height="${network.height}" rx="12"/>`,
  ].join('');
  return state === undefined ? ground : `<g class="gp-${state}">${ground}</g>`;
}

/** What a region is called, and what its private network is. */
export function drawFrame(frame: PlacedFrame, marks: Marks, cost: string | undefined): string {
  const { node, box, network, cidr } = frame;
  const left = measures.framePadding;
  const room = box.width - 2 * measures.framePadding - 30;
  const isArbiter = node.kind === 'arbiter';
  const place = isArbiter ? (node.facts().find(({ label }) => label === 'location')?.value ?? '') : '';
  const title = isArbiter ? place : node.title;
  const subtitle = isArbiter ? 'site of the arbiter' : node.subtitle;
  const costWidth = cost === undefined ? 0 : widthOf(cost, 'small') + 12;
  const hasRoom = costWidth > 0 && costWidth < room - widthOf(subtitle, 'small');
  const labelWidth = widthOf(cidr, 'label') + 18;
  const [netX, netY] = [network.x - box.x, network.y - box.y];
  const content = [
    `<rect class="gp-hit" width="${box.width}" height="${box.height}" rx="16"/>`,
    icon('region', left, 15, 22),
    text(title, left + 32, 25, 'heading', { width: room }),
    text(subtitle, left + 32, 42, 'small', { width: room - (hasRoom ? costWidth : 0), class: 'gp-m' }),
    hasRoom && cost !== undefined
      ? text(cost, box.width - measures.framePadding, 42, 'small', { anchor: 'end', class: 'gp-m' })
      : '',
    `<rect class="gp-plate" x="${netX + 16}" y="${netY - 7}" width="${coordinate(labelWidth + 16)}" height="14"/>`,
    icon('network', netX + 22, netY - 7, 14),
    text(cidr, netX + 40, netY + 3.5, 'label', { class: 'gp-m' }),
    drawBadges(box, marks),
  ].join('');
  const label = `${title}, ${subtitle.replaceAll(' · ', ', ')}, private network ${cidr}`;
  if (isArbiter) {
    return `<g class="gp-a-outside" transform="translate(${coordinate(box.x)} ${coordinate(box.y)})">${content}</g>\n`;
  }
  return nodeGroup(node, box, marks, escapeXml(label), content);
}
