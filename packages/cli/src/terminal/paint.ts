/** Puts text into a colour, or leaves it as it is. */
export type Paint = Readonly<Record<Colour, (text: string) => string>>;

export type Colour = 'bold' | 'dim' | 'red' | 'yellow' | 'blue' | 'cyan';

/** Select Graphic Rendition, ECMA-48 8.3.117: on, and what takes it back. */
const codes: Readonly<Record<Colour, readonly [on: string, off: string]>> = {
  bold: ['1', '22'],
  dim: ['2', '22'],
  red: ['31', '39'],
  yellow: ['33', '39'],
  blue: ['34', '39'],
  cyan: ['36', '39'],
};

export const plain: Paint = paintWith((text) => text);

export const coloured: Paint = paintWith((text, [on, off]) =>
  text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`,
);

function paintWith(apply: (text: string, code: readonly [string, string]) => string): Paint {
  const of = (colour: Colour) => (text: string) => apply(text, codes[colour]);
  return { bold: of('bold'), dim: of('dim'), red: of('red'), yellow: of('yellow'), blue: of('blue'), cyan: of('cyan') };
}

/**
 * Whether to colour what goes to a stream. `auto` colours a terminal that is not `TERM=dumb`, unless `NO_COLOR` is set to anything
 * (https://no-color.org).
 */
export function wantsColour(
  choice: 'auto' | 'always' | 'never',
  isTerminal: boolean,
  variables: Readonly<Record<string, string | undefined>>,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  return isTerminal && (variables.NO_COLOR ?? '') === '' && variables.TERM !== 'dumb';
}
