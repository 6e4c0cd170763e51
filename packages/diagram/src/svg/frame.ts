import type { PlacedFrame } from '../layout/layout.js';
import { measures } from '../layout/measures.js';
import type { Marks } from '../marks/marks.js';
import { drawBadges } from './badges.js';
import { icon } from './icons.js';
import { nodeGroup } from './node.js';
import { stateFill } from './states.js';
import { text, widthOf } from './text.js';
import { coordinate } from './xml.js';

/** The ground of a region, with the frame of its private network: beneath all lines. */
export function drawGround({ box, network }: PlacedFrame, state: Marks['state']): string {
  const ground = [
    `<rect class="gp-frame" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="16"/>`,
    state === 'failed' ? stateFill(box, state, 16) : '',
    `<rect class="gp-network" x="${network.x}" y="${network.y}" width="${network.width}" height="${network.height}" rx="12"/>`,
  ].join('');
  return state === undefined ? ground : `<g class="gp-${state}">${ground}</g>`;
}

/** What a region is called, and what its private network is. */
export function drawFrame(frame: PlacedFrame, marks: Marks, cost: string | undefined): string {
  const { node, box, network, cidr } = frame;
  const left = box.x + measures.framePadding;
  const room = box.width - 2 * measures.framePadding - 30;
  const isArbiter = node.kind === 'arbiter';
  const place = node.facts.find(({ label }) => label === 'location')?.value ?? '';
  const title = isArbiter ? place : node.title;
  const subtitle = isArbiter ? 'site of the arbiter' : node.subtitle;
  const costWidth = cost === undefined ? 0 : widthOf(cost, 'small') + 12;
  const hasRoom = costWidth > 0 && costWidth < room - widthOf(subtitle, 'small');
  const labelWidth = widthOf(cidr, 'label') + 18;
  const content = [
    `<rect class="gp-hit" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="16"/>`,
    icon('region', left, box.y + 15, 22),
    text(title, left + 32, box.y + 25, 'heading', { width: room }),
    text(subtitle, left + 32, box.y + 42, 'small', { width: room - (hasRoom ? costWidth : 0), class: 'gp-m' }),
    hasRoom && cost !== undefined
      ? text(cost, box.x + box.width - measures.framePadding, box.y + 42, 'small', { anchor: 'end', class: 'gp-m' })
      : '',
    `<rect class="gp-plate" x="${network.x + 16}" y="${network.y - 7}" width="${coordinate(labelWidth + 16)}" height="14"/>`,
    icon('network', network.x + 22, network.y - 7, 14),
    text(cidr, network.x + 40, network.y + 3.5, 'label', { class: 'gp-m' }),
    drawBadges(box, marks),
  ].join('');
  const label = `${title}, ${subtitle.replaceAll(' · ', ', ')}, private network ${cidr}`;
  if (isArbiter) return `<g class="gp-a-outside">${content}</g>\n`;
  return nodeGroup(node, marks, label, content);
}
