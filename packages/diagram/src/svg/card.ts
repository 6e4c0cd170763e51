import type { GraphNode, TierNode } from '../graph/graph.js';
import type { Box } from '../layout/geometry.js';
import type { PlacedCard } from '../layout/layout.js';
import { measures } from '../layout/measures.js';
import type { Marks } from '../marks/marks.js';
import { drawBadges } from './badges.js';
import { icon } from './icons.js';
import { nodeGroup } from './node.js';
import { crossSign, stateFill } from './states.js';
import { text, widthOf } from './text.js';
import { coordinate } from './xml.js';

export interface CardContext {
  readonly marksOf: (node: GraphNode, stack?: TierNode) => Marks;
  /** What a reader is told of the node's lines: `uses database main`. */
  readonly connectionsOf: (node: GraphNode) => readonly string[];
  /** Balancers through which SSH goes. */
  readonly isBastion: (node: GraphNode) => boolean;
  /** Called with everything that is drawn, in the order of reading. */
  readonly drawn: (node: GraphNode, box: Box, expandable: boolean) => void;
}

const { cardPadding: padding, icon: tile } = measures;

export function drawCard({ content, box }: PlacedCard, context: CardContext): string {
  const { node, count, remark, floatingIp, members, vacant, expandable, expanded } = content;
  const stack = isTier(node) ? node : undefined;
  const marks = context.marksOf(node, members.length > 0 ? undefined : stack);
  context.drawn(node, box, expandable);
  const { x, y, width } = box;
  const isStack = count !== undefined && count > 1 && members.length === 0;
  const countText = count === undefined || count === 1 ? undefined : `× ${count}`;
  const countWidth = countText === undefined ? 0 : Math.ceil(widthOf(countText, 'label')) + 14;
  const textX = x + padding + tile + 10;
  const room = x + width - padding - textX;
  const isBastion = context.isBastion(node);
  const titleRoom = room - (countWidth > 0 ? countWidth + 6 : 0) - (isBastion ? 20 : 0);
  const title = text(node.title, textX, y + padding + 15, 'title', { width: titleRoom });
  let line = y + padding + tile + 6;
  const body = [
    `<rect class="gp-tile" x="${x + padding}" y="${y + padding}" width="${tile}" height="${tile}" rx="8"/>`,
    icon(node.kind, x + padding + 8, y + padding + 8),
    title,
    text(node.subtitle, textX, y + padding + 31, 'small', { width: room, class: 'gp-m' }),
  ];
  if (countText !== undefined) {
    const left = x + width - padding - countWidth;
    body.push(
      `<rect class="gp-count" x="${coordinate(left)}" y="${y + padding + 1}" width="${countWidth}" height="18" rx="9"/>`,
      text(countText, left + countWidth / 2, y + padding + 13.5, 'label', { anchor: 'middle', class: 'gp-a' }),
    );
  }
  if (isBastion) body.push(icon('key', x + width - padding - countWidth - 20, y + padding + 2, 16));
  if (remark !== undefined) {
    body.push(text(remark, x + padding + 2, line + 12, 'small', { width: width - 2 * padding - 4, class: 'gp-m' }));
    line += measures.remark;
  }
  const inside: string[] = [];
  if (floatingIp !== undefined) {
    inside.push(drawRow(floatingIp, rowBox(box, line), 'floating IP', marks, context));
    line += measures.member;
  }
  for (const member of members) {
    inside.push(drawMember(member, rowBox(box, line), marks, context));
    line += measures.member;
  }
  if (vacant !== undefined) body.push(text(vacant, x + padding + 8, line + 16, 'small', { class: 'gp-m' }));
  const label = [
    `${node.title}, ${node.subtitle.replaceAll(' · ', ', ')}`,
    ...(countText === undefined ? [] : [`${count} servers`]),
    ...(remark === undefined ? [] : [remark]),
    ...(isBastion ? ['the way in for SSH'] : []),
    ...(expandable ? [expanded ? 'shown server by server' : 'can be shown server by server'] : []),
    ...context.connectionsOf(node),
  ].join(', ');
  const layers = isStack ? [6, 3].map((by) => boxRect('gp-layer', shifted(box, by))).join('') : '';
  const own = nodeGroup(
    node,
    marks,
    label,
    `${layers}${boxRect('gp-box', box)}${stateFill(box, marks.state)}<g class="gp-body">${body.join('')}</g>${marks.state === 'failed' ? crossSign(x + padding, y + padding, tile) : ''}${drawBadges(box, marks)}`,
  );
  return own + inside.join('');
}

function isTier(node: GraphNode): node is TierNode {
  return 'hosts' in node;
}

function boxRect(kind: string, { x, y, width, height }: Box, radius = 10): string {
  return `<rect class="${kind}" x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" height="${coordinate(height)}" rx="${radius}"/>`;
}

function shifted({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width, height };
}

function rowBox({ x, width }: Box, y: number): Box {
  return { x: x + 8, y: y + 1, width: width - 16, height: measures.member - 4 };
}

function drawMember(
  member: PlacedCard['content']['members'][number],
  box: Box,
  around: Marks,
  context: CardContext,
): string {
  const { node, volume, ordinal } = member;
  const reserved = volume === undefined ? 0 : volumeWidth;
  const row = drawRow(node, box, member.text, around, context, String(ordinal), reserved);
  if (volume === undefined) return row;
  const place = { x: box.x + box.width - volumeWidth - 2, y: box.y + 2, width: volumeWidth, height: box.height - 4 };
  const marks = context.marksOf(volume);
  context.drawn(volume, place, false);
  const isAsHost = marks.state === context.marksOf(node).state;
  const content = [
    boxRect(`gp-row${isAsHost ? ' gp-plain' : ''}`, place, 5),
    isAsHost ? '' : stateFill(place, marks.state),
    icon('volume', place.x + 5, place.y + 4, 12),
    text(volume.subtitle, place.x + volumeWidth - 7, place.y + 13.5, 'label', {
      anchor: 'end',
      width: volumeWidth - 28,
    }),
  ];
  return row + nodeGroup(volume, marks, `${volume.title}, ${volume.subtitle}`, content.join(''));
}

const volumeWidth = 76;

function drawRow(
  node: GraphNode,
  box: Box,
  words: string,
  around: Marks,
  context: CardContext,
  number?: string,
  reserved = 0,
): string {
  const marks = context.marksOf(node);
  context.drawn(node, box, false);
  const isFailed = marks.state === 'failed';
  // What its card says already is not said again.
  const state = (marks.state === around.state && !isFailed ? undefined : marks.stateText) ?? marks.changeText;
  const stateWidth = state === undefined ? 0 : Math.ceil(widthOf(state, 'label')) + 8;
  const right = box.x + box.width - reserved - 8;
  const room = right - stateWidth - (box.x + 28);
  const sign =
    number === undefined
      ? icon(node.kind, box.x + 7, box.y + 5, 14)
      : text(number, box.x + 14, box.y + 16, 'label', { anchor: 'middle', width: 20, class: 'gp-m' });
  const content = [
    boxRect('gp-row', box, 6),
    stateFill(box, marks.state),
    isFailed ? crossSign(box.x + 5, box.y + 3, 18) : sign,
    text(words, box.x + 28, box.y + 16, 'small', { width: room, class: marks.state === 'dark' ? 'gp-m' : '' }),
    state === undefined ? '' : text(state, right, box.y + 16, 'label', { anchor: 'end' }),
  ];
  const title = node.kind === 'host' ? `${node.title}, ${words}` : `${node.title}, ${node.subtitle}`;
  return nodeGroup(node, marks, title, content.join(''));
}
