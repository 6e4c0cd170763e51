/** An element with attributes and children; attributes that are `undefined` are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A button with a drawing in it; its name is also its tooltip. */
export function iconButton(name: string, path: string, onClick: () => void, key?: string): HTMLButtonElement {
  const title = key === undefined ? name : `${name} (${key})`;
  const button = element('button', { type: 'button', class: 'icon', title, 'aria-label': name }, icon(path));
  if (key !== undefined) button.setAttribute('aria-keyshortcuts', key);
  button.addEventListener('click', onClick);
  return button;
}

const namespace = 'http://www.w3.org/2000/svg';

/** A drawing of 16 by 16, in the colour of the text. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(namespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}
