import type { PlacedTunnel } from '../layout/tunnels.js';
import type { Marks } from '../marks/marks.js';
import { drawBadges } from './badges.js';
import { icon } from './icons.js';
import { nodeGroup } from './node.js';
import { roundedPath } from './path.js';
import { text } from './text.js';
import { escapeXml } from './xml.js';

/** The way that a tunnel takes. */
export function drawTunnelLine({ points, node }: PlacedTunnel, isOff: boolean): string {
  return `<g class="gp-edge gp-tunnel${isOff ? ' gp-off' : ''}" data-from="${escapeXml(node.id)}"><path class="gp-line" d="${roundedPath(points)}"/></g>`;
}

export function drawTunnel({ node, box }: PlacedTunnel, marks: Marks): string {
  const { width, height } = box;
  const content = [
    `<rect class="gp-box" width="${width}" height="${height}" rx="${height / 2}"/>`,
    `<g class="gp-body">${icon('tunnel', 14, 6, 16)}${text(node.title, 38, 18, 'small', { width: width - 50 })}</g>`,
    drawBadges(box, marks),
  ];
  return nodeGroup(node, box, marks, escapeXml(`${node.title}, ${node.subtitle}`), content.join(''));
}
