import type { Picture, PictureNode } from '../messages/messages.js';
import { stateText } from './describe.js';
import { element } from './dom.js';

/** Facts about a node, beside it. */
export interface Tooltip {
  readonly root: HTMLElement;
  readonly show: (node: PictureNode, picture: Picture, beside: Element) => void;
  readonly hide: () => void;
}

export function makeTooltip(): Tooltip {
  const root = element('div', { class: 'tooltip', role: 'tooltip', hidden: '' });
  return {
    root,
    hide: () => {
      root.hidden = true;
    },
    show: (node, picture, beside) => {
      root.replaceChildren(...contentOf(node, picture));
      root.hidden = false;
      const near = beside.getBoundingClientRect();
      const gap = 8;
      const fitsRight = near.right + gap + root.offsetWidth <= innerWidth;
      const left = fitsRight ? near.right + gap : near.left - gap - root.offsetWidth;
      root.style.left = `${Math.max(gap, Math.min(left, innerWidth - root.offsetWidth - gap))}px`;
      root.style.top = `${Math.max(gap, Math.min(near.top, innerHeight - root.offsetHeight - gap))}px`;
    },
  };
}

function contentOf(node: PictureNode, picture: Picture): HTMLElement[] {
  const state = picture.states[node.id];
  const facts = node.facts.flatMap(({ label, value }) => [element('dt', {}, label), element('dd', {}, value)]);
  const statements = picture.statements.filter(({ subject }) => subject === node.id);
  const problems = picture.problems.filter(({ nodes }) => nodes.includes(node.id));
  return [
    element('strong', {}, node.title),
    ...(node.subtitle === '' ? [] : [element('div', { class: 'muted' }, node.subtitle)]),
    ...(facts.length === 0 ? [] : [element('dl', {}, ...facts)]),
    ...(state === undefined ? [] : [element('div', { class: `state ${state}` }, stateText(state))]),
    ...statements.map(({ text, because }) => element('div', {}, `${text}: ${because}`)),
    ...problems.map(({ severity, message }) => element('div', { class: `problem ${severity}` }, message)),
  ];
}
