import type { Box } from '../layout/geometry.js';
import { type Change, isUnmarked, type Marks } from '../marks/marks.js';
import { text, widthOf } from './text.js';
import { coordinate } from './xml.js';

const changeClasses: Readonly<Record<Change, string>> = {
  create: 'gp-good',
  update: 'gp-neutral',
  replace: 'gp-warning',
  delete: 'gp-error',
};
const stateClasses = {
  failed: 'gp-error',
  dark: 'gp-neutral',
  degraded: 'gp-warning',
  'carries-on': 'gp-good',
} as const;

const height = 18;
/** It lies across the edge. */
const top = -height / 2;

/** What is marked on the upper edge of a node: to the left what a failure does to it, to the right what a plan does and what is wrong. */
export function drawBadges({ width }: Pick<Box, 'width'>, marks: Marks): string {
  if (isUnmarked(marks)) return '';
  const parts: string[] = [];
  const { stateText, changeText } = marks;
  if (stateText !== undefined) parts.push(tag(stateText, 8, stateClass(marks)));
  let right = width - 8;
  const { errors, warnings } = marks.problems;
  for (const [count, kind] of [[warnings, 'warning'] as const, [errors, 'error'] as const]) {
    if (count === 0) continue;
    const words = String(count);
    const size = Math.ceil(widthOf(words, 'label')) + 26;
    right -= size;
    parts.push(problemBadge(kind, words, right, size));
    right -= 4;
  }
  if (changeText !== undefined) {
    parts.push(tag(changeText, right - tagWidth(changeText), changeClasses[marks.change ?? 'update']));
  }
  return parts.join('');
}

/** A stack that carries on without some of its servers is no good news. */
function stateClass({ state, stateText }: Marks): string {
  return state === undefined || (state === 'carries-on' && stateText !== 'carries on')
    ? 'gp-neutral'
    : stateClasses[state];
}

function tagWidth(words: string): number {
  return Math.ceil(widthOf(words, 'label') + 14);
}

function tag(words: string, x: number, kind: string): string {
  const width = tagWidth(words);
  return [
    `<rect class="gp-mark ${kind}" x="${coordinate(x)}" y="${top}" width="${width}" height="${height}" rx="${height / 2}"/>`,
    text(words, x + width / 2, top + 12.5, 'label', { anchor: 'middle', class: 'gp-on-mark' }),
  ].join('');
}

/** A cross for errors, an exclamation mark for warnings; how many stands beside it. */
function problemBadge(kind: 'error' | 'warning', words: string, x: number, width: number): string {
  return [
    `<rect class="gp-mark gp-${kind}" x="${coordinate(x)}" y="${top}" width="${coordinate(width)}" height="${height}" rx="${height / 2}"/>`,
    problemSign(kind, x + 7, top + 4),
    text(words, x + 19, top + 12.5, 'label', { class: 'gp-on-mark' }),
  ].join('');
}

function problemSign(kind: 'error' | 'warning', x: number, y: number): string {
  const place = `transform="translate(${coordinate(x)} ${coordinate(y)})"`;
  return kind === 'error'
    ? `<path class="gp-sign" ${place} d="M2.5 2.5l5 5M7.5 2.5l-5 5"/>`
    : `<path class="gp-sign" ${place} d="M5 1.5V6M5 8.25v.25"/>`;
}
