import type { Box } from '../layout/geometry.js';
import type { Marks } from '../marks/marks.js';
import { coordinate } from './xml.js';

/**
 * A state is seen without colour too: what failed is hatched, what is degraded half filled; the edge of what is dark is dashed.
 * Drawn from the corner of the box.
 */
export function stateFill(
  { width, height }: Pick<Box, 'width' | 'height'>,
  state: Marks['state'],
  spacing = 8,
): string {
  if (state === 'degraded') {
    return `<rect class="gp-half" y="${coordinate(height / 2)}" width="${coordinate(width)}" height="${coordinate(height / 2)}"/>`;
  }
  if (state !== 'failed') return '';
  const lines: string[] = [];
  for (let at = spacing; at < width + height; at += spacing) {
    const [fromX, fromY] = at <= height ? [0, at] : [at - height, height];
    const [toX, toY] = at <= width ? [at, 0] : [width, at - width];
    lines.push(`M${coordinate(fromX)} ${coordinate(fromY)}L${coordinate(toX)} ${coordinate(toY)}`);
  }
  return `<path class="gp-hatch" d="${lines.join('')}"/>`;
}

/** A cross over a square. */
export function crossSign(x: number, y: number, size: number): string {
  const inset = size / 5;
  const [left, right] = [coordinate(x + inset), coordinate(x + size - inset)];
  const [top, bottom] = [coordinate(y + inset), coordinate(y + size - inset)];
  return `<path class="gp-cross" d="M${left} ${top}L${right} ${bottom}M${right} ${top}L${left} ${bottom}"/>`;
}
