/** `css`: follows the reader's system and whatever sets the `--gp-…` variables. The others are fixed: for pictures without a style sheet. */
export type Theme = 'css' | 'light' | 'dark' | 'contrast';

export type ColorName = keyof typeof light;

const light = {
  page: '#ffffff',
  frame: '#f7f9fb',
  'frame-border': '#c9d2dc',
  'network-border': '#8a97a8',
  card: '#ffffff',
  'card-border': '#cfd7e0',
  text: '#1b2430',
  muted: '#566375',
  balancer: '#1d5fd1',
  app: '#0b7a5c',
  database: '#6d3fc9',
  storage: '#a3520a',
  bucket: '#0a7390',
  outside: '#4a5768',
  line: '#6b7888',
  error: '#c5221f',
  warning: '#9a5b00',
  good: '#12703f',
  'on-mark': '#ffffff',
} as const;

const dark: Readonly<Record<ColorName, string>> = {
  page: '#14171c',
  frame: '#1a1e25',
  'frame-border': '#3a4350',
  'network-border': '#67748a',
  card: '#222832',
  'card-border': '#3d4756',
  text: '#e7ebf0',
  muted: '#a3afbf',
  balancer: '#7fb0ff',
  app: '#4fc79d',
  database: '#b79bf5',
  storage: '#e8a765',
  bucket: '#5cc3dd',
  outside: '#aeb9c7',
  line: '#8b98a9',
  error: '#ff8a80',
  warning: '#f2b84b',
  good: '#6fd39a',
  'on-mark': '#14171c',
};

const contrast: Readonly<Record<ColorName, string>> = {
  page: '#000000',
  frame: '#000000',
  'frame-border': '#ffffff',
  'network-border': '#ffffff',
  card: '#000000',
  'card-border': '#ffffff',
  text: '#ffffff',
  muted: '#ffffff',
  balancer: '#8ec7ff',
  app: '#7dffb2',
  database: '#d9b8ff',
  storage: '#ffc27a',
  bucket: '#7df3ff',
  outside: '#ffffff',
  line: '#ffffff',
  error: '#ff9c94',
  warning: '#ffe14d',
  good: '#7dffb2',
  'on-mark': '#000000',
};

const palettes = { light, dark, contrast };
const names = Object.keys(light) as ColorName[];

/** How a theme writes a colour. */
export function colorOf(theme: Theme): (name: ColorName) => string {
  return theme === 'css' ? (name) => `var(--gp-c-${name})` : (name) => palettes[theme][name];
}

/**
 * The variables that the rules of the `css` theme use: each is a `--gp-…` variable of whoever shows the picture, such as VS Code's
 * webview, or else the colour of the reader's light or dark system. On paper it is light; where a system forces its own colours, these.
 */
export function themeVariables(theme: Theme): string {
  if (theme !== 'css') return '';
  const of = (palette: Readonly<Record<ColorName, string>>) =>
    `.gp{${names.map((name) => `--gp-c-${name}:var(--gp-${name},${palette[name]})`).join(';')}}`;
  const literal = `.gp{${names.map((name) => `--gp-c-${name}:${light[name]}`).join(';')}}`;
  const forced = `.gp{${names.map((name) => `--gp-c-${name}:${systemColor(name)}`).join(';')}}`;
  return [
    of(light),
    `@media (prefers-color-scheme:dark){${of(dark)}}`,
    `@media print{${literal}}`,
    `@media (forced-colors:active){${forced}.gp{forced-color-adjust:none}}`,
  ].join('\n');
}

/** https://www.w3.org/TR/css-color-4/#css-system-colors */
function systemColor(name: ColorName): string {
  switch (name) {
    case 'page':
    case 'frame':
    case 'card':
    case 'on-mark':
      return 'Canvas';
    case 'balancer':
      return 'LinkText';
    default:
      return 'CanvasText';
  }
}
