import { clipped, type Font, textWidth } from '../text/measure.js';
import { coordinate, escapeXml } from './xml.js';

export type TextStyle = keyof typeof styles;

const styles = {
  name: { size: 20, weight: 'semibold' },
  heading: { size: 14, weight: 'semibold' },
  title: { size: 13, weight: 'semibold' },
  body: { size: 12, weight: 'regular' },
  small: { size: 11, weight: 'regular' },
  label: { size: 10, weight: 'semibold' },
} as const satisfies Readonly<Record<string, Font>>;

interface TextOptions {
  /** No text is wider; what does not fit ends in an ellipsis. */
  readonly width?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Further classes: `gp-m` muted, `gp-a` in the colour of its kind. */
  readonly class?: string;
}

export function widthOf(text: string, style: TextStyle): number {
  return textWidth(text, styles[style]);
}

/**
 * A line of text on the base line `y`. One that nearly fills its room is told how long it is, so that it keeps to it where another font
 * stands in for Inter.
 */
export function text(content: string, x: number, y: number, style: TextStyle, options: TextOptions = {}): string {
  const font = styles[style];
  const { width, anchor = 'start' } = options;
  let shown = content;
  let tight = '';
  if (width !== undefined) {
    let length = textWidth(content, font);
    if (length > width) {
      shown = clipped(content, font, width);
      length = textWidth(shown, font);
    }
    if (length > 0.8 * width) tight = ` textLength="${coordinate(length)}" lengthAdjust="spacingAndGlyphs"`;
  }
  const classes = classAttribute(font.weight === 'semibold', options.class);
  const anchored = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${coordinate(x)}" y="${coordinate(y)}" font-size="${font.size}"${classes}${anchored}${tight}>${escapeXml(shown)}</text>`;
}

function classAttribute(isBold: boolean, others: string | undefined): string {
  if (others === undefined || others === '') return isBold ? ' class="gp-b"' : '';
  return isBold ? ` class="gp-b ${others}"` : ` class="${others}"`;
}
