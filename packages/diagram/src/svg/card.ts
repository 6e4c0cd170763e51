import { type GraphNode, isTier, type TierNode } from '../graph/graph.js';
import type { CardContent } from '../layout/cards.js';
import type { Box } from '../layout/geometry.js';
import type { PlacedCard } from '../layout/layout.js';
import { measures } from '../layout/measures.js';
import type { Marks } from '../marks/marks.js';
import { drawBadges } from './badges.js';
import { icon } from './icons.js';
import { nodeGroup } from './node.js';
import { crossSign, stateFill } from './states.js';
import { text, widthOf } from './text.js';
import { coordinate, escapeXml } from './xml.js';

export interface CardContext {
  readonly marksOf: (node: GraphNode, stack?: TierNode) => Marks;
  /** What a reader is told of the node's lines: `uses main`; undefined where none begins. */
  readonly connectionsOf: (node: GraphNode) => string | undefined;
  /** Balancers through which SSH goes. */
  readonly isBastion: (node: GraphNode) => boolean;
  /** Called with everything that is drawn, in the order of reading. */
  readonly drawn: (node: GraphNode, box: Box, expandable: boolean) => void;
  /** What was drawn in the card of an entity: the same in its other regions as a rule. */
  readonly bodies: Map<TierNode['entity'], Body>;
}

/** A card without its servers and marks; drawn from its corner. */
interface Body {
  readonly title: string;
  readonly subtitle: string;
  readonly remark: string | undefined;
  readonly count: number | undefined;
  readonly rows: number;
  readonly height: number;
  readonly isBastion: boolean;
  readonly isExpandable: boolean;
  readonly outline: string;
  readonly content: string;
  readonly connections: string | undefined;
  /** What a reader is told of it, as XML. */
  readonly label: string;
}

const { cardPadding: padding, cardWidth: width, icon: tile } = measures;

export function drawCard({ content, box }: PlacedCard, context: CardContext): string {
  const { node, floatingIp, members, expandable } = content;
  const stack = isTier(node) ? node : undefined;
  const marks = context.marksOf(node, members.length > 0 ? undefined : stack);
  context.drawn(node, box, expandable);
  const body = bodyOf(content, context.isBastion(node), context.connectionsOf(node), stack?.entity, context.bodies);
  const cross = marks.state === 'failed' ? crossSign(padding, padding, tile) : '';
  const svg = nodeGroup(
    node,
    box,
    marks,
    body.label,
    body.outline + stateFill(box, marks.state) + body.content + cross + drawBadges(box, marks),
  );
  return floatingIp === undefined && members.length === 0 ? svg : svg + drawRows(content, box, marks, context);
}

/** What stands in a card below its header: its floating IP and its servers. */
function drawRows(content: CardContent, box: Box, marks: Marks, context: CardContext): string {
  const { floatingIp, members } = content;
  // The change of a stack speaks for its servers only where it is that of each.
  const isOfAll = members.every((member) => context.marksOf(member.node).changeText === marks.changeText);
  const around = isOfAll ? marks : { ...marks, changeText: undefined };
  let rows = '';
  let line = firstLine(content);
  if (floatingIp !== undefined) {
    rows += drawRow(floatingIp, rowBox(box, line), 'floating IP', marks, context);
    line += measures.member;
  }
  for (const member of members) {
    rows += drawMember(member, rowBox(box, line), around, context);
    line += measures.member;
  }
  return rows;
}

/** Where the servers begin, from the top of the card. */
function firstLine({ remark }: CardContent): number {
  return padding + tile + 6 + (remark === undefined ? 0 : measures.remark);
}

function bodyOf(
  content: CardContent,
  isBastion: boolean,
  connections: string | undefined,
  entity: TierNode['entity'] | undefined,
  bodies: CardContext['bodies'],
): Body {
  const { node, count, remark, members, height, expandable: isExpandable } = content;
  const { title, subtitle } = node;
  const rows = members.length + (content.floatingIp === undefined ? 0 : 1);
  const known = entity === undefined ? undefined : bodies.get(entity);
  if (
    known !== undefined &&
    known.title === title &&
    known.subtitle === subtitle &&
    known.remark === remark &&
    known.count === count &&
    known.rows === rows &&
    known.height === height &&
    known.isBastion === isBastion &&
    known.isExpandable === isExpandable &&
    known.connections === connections
  ) {
    return known;
  }
  const box = { width, height };
  const isStack = count !== undefined && count > 1 && members.length === 0;
  const layers = isStack ? boxRect('gp-layer', 6, box) + boxRect('gp-layer', 3, box) : '';
  const body = {
    title,
    subtitle,
    remark,
    count,
    rows,
    height,
    isBastion,
    isExpandable,
    outline: layers + boxRect('gp-box', 0, box),
    content: drawContent(content, isBastion, rows),
    connections,
    label: escapeXml(spokenOf(content, isBastion, connections)),
  };
  if (entity !== undefined) bodies.set(entity, body);
  return body;
}

function spokenOf(
  { node, count, remark, expandable, expanded }: CardContent,
  isBastion: boolean,
  connections: string | undefined,
): string {
  return [
    node.title,
    node.subtitle.replaceAll(' · ', ', '),
    ...(count === undefined || count === 1 ? [] : [`${count} servers`]),
    ...(remark === undefined ? [] : [remark]),
    ...(isBastion ? ['the way in for SSH'] : []),
    ...(expandable ? [expanded ? 'shown server by server' : 'can be shown server by server'] : []),
    ...(connections === undefined ? [] : [connections]),
  ].join(', ');
}

/** What is written in a card, and its icon. */
function drawContent(content: CardContent, isBastion: boolean, rows: number): string {
  const { node, count, remark, vacant } = content;
  const { title, subtitle } = node;
  const countText = count === undefined || count === 1 ? undefined : `× ${count}`;
  const countWidth = countText === undefined ? 0 : Math.ceil(widthOf(countText, 'label')) + 14;
  const left = padding + tile + 10;
  const room = width - padding - left;
  const titleRoom = room - (countWidth > 0 ? countWidth + 6 : 0) - (isBastion ? 20 : 0);
  const parts = [
    `<g class="gp-body"><rect class="gp-tile" x="${padding}" y="${padding}" width="${tile}" height="${tile}" rx="8"/>`,
    icon(node.kind, padding + 8, padding + 8),
    text(title, left, padding + 15, 'title', { width: titleRoom }),
    text(subtitle, left, padding + 31, 'small', { width: room, class: 'gp-m' }),
  ];
  if (countText !== undefined) {
    const countLeft = width - padding - countWidth;
    parts.push(
      `<rect class="gp-count" x="${coordinate(countLeft)}" y="${padding + 1}" width="${countWidth}" height="18" rx="9"/>`,
      text(countText, countLeft + countWidth / 2, padding + 13.5, 'label', { anchor: 'middle', class: 'gp-a' }),
    );
  }
  if (isBastion) parts.push(icon('key', width - padding - countWidth - 20, padding + 2, 16));
  if (remark !== undefined) {
    const remarkRoom = width - 2 * padding - 4;
    parts.push(text(remark, padding + 2, padding + tile + 18, 'small', { width: remarkRoom, class: 'gp-m' }));
  }
  if (vacant !== undefined) {
    parts.push(text(vacant, padding + 8, firstLine(content) + rows * measures.member + 16, 'small', { class: 'gp-m' }));
  }
  parts.push('</g>');
  return parts.join('');
}

/** The outline of a node, or one behind it that is seen to the right and below. */
function boxRect(kind: string, by: number, box: Pick<Box, 'width' | 'height'>, radius = 10): string {
  const place = by === 0 ? '' : ` x="${by}" y="${by}"`;
  return `<rect class="${kind}"${place} width="${coordinate(box.width)}" height="${coordinate(box.height)}" rx="${radius}"/>`;
}

function rowBox(card: Box, line: number): Box {
  return { x: card.x + 8, y: card.y + line + 1, width: card.width - 16, height: measures.member - 4 };
}

function drawMember(member: CardContent['members'][number], box: Box, around: Marks, context: CardContext): string {
  const { node, volume, ordinal } = member;
  const reserved = volume === undefined ? 0 : volumeWidth;
  const row = drawRow(node, box, member.text, around, context, String(ordinal), reserved);
  if (volume === undefined) return row;
  const place = { x: box.x + box.width - volumeWidth - 2, y: box.y + 2, width: volumeWidth, height: box.height - 4 };
  const marks = context.marksOf(volume);
  context.drawn(volume, place, false);
  const isAsHost = marks.state === context.marksOf(node).state;
  const fill = isAsHost ? '' : stateFill(place, marks.state);
  const size = text(volume.subtitle, volumeWidth - 7, 13.5, 'label', { anchor: 'end', width: volumeWidth - 28 });
  const content = `${boxRect(isAsHost ? 'gp-row gp-plain' : 'gp-row', 0, place, 5)}${fill}${icon('volume', 5, 4, 12)}${size}`;
  return row + nodeGroup(volume, place, marks, escapeXml(`${volume.title}, ${volume.subtitle}`), content);
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
  const state =
    (marks.state === around.state && !isFailed ? undefined : marks.stateText) ??
    (marks.changeText === around.changeText ? undefined : marks.changeText);
  const stateWidth = state === undefined ? 0 : Math.ceil(widthOf(state, 'label')) + 8;
  const right = box.width - reserved - 8;
  const room = right - stateWidth - 28;
  const sign =
    number === undefined
      ? icon(node.kind, 7, 5, 14)
      : text(number, 14, 16, 'label', { anchor: 'middle', width: 20, class: 'gp-m' });
  const said = text(words, 28, 16, 'small', { width: room, class: marks.state === 'dark' ? 'gp-m' : '' });
  const saidOfState = state === undefined ? '' : text(state, right, 16, 'label', { anchor: 'end' });
  const content = `${boxRect('gp-row', 0, box, 6)}${stateFill(box, marks.state)}${isFailed ? crossSign(5, 3, 18) : sign}${said}${saidOfState}`;
  const title = node.kind === 'host' ? `${node.title}, ${words}` : `${node.title}, ${node.subtitle}`;
  return nodeGroup(node, box, marks, escapeXml(title), content);
}
