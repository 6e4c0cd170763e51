import type { Picture, PictureProblem, Range, Statement } from '../messages/messages.js';
import { failureText, planText, problemsText, stateText } from './describe.js';
import { element, iconButton } from './dom.js';
import { icons } from './icons.js';

type Change = Picture['otherChanges'][number];

export interface Details {
  readonly root: HTMLDetailsElement;
  readonly show: (picture: Picture) => void;
}

export interface DetailsEvents {
  readonly onRange: (range: Range) => void;
  readonly onSubject: (id: string) => void;
  readonly onClosePlan: () => void;
  readonly onToggle: () => void;
}

/** What is said beneath the picture: what a failure does, where a plan comes from, what is wrong. */
export function makeDetails(isOpen: boolean, events: DetailsEvents): Details {
  const title = element('summary');
  const content = element('div', { class: 'content' });
  const root = element('details', { class: 'details', open: isOpen ? '' : undefined }, title, content);
  root.addEventListener('toggle', events.onToggle);
  return {
    root,
    show: (picture) => {
      title.textContent = [
        ...(picture.failed.length > 0 ? [`Failure: ${failureText(picture)}`] : []),
        ...(picture.plan === undefined ? [] : [`Plan: ${planText(picture)}`]),
        problemsText(picture),
      ].join('  ·  ');
      const { plan, planProblems, otherChanges, failed, statements, problems } = picture;
      content.replaceChildren(
        ...(plan === undefined ? [] : [planLine(plan, events)]),
        ...section('What is wrong with the plan', planProblems.map(plainLine)),
        ...section(
          'Changes of what is not drawn',
          otherChanges.map((each) => change(each, events)),
        ),
        ...section('What it does', failed.length === 0 ? [] : statements.map((each) => statement(each, events))),
        ...section(
          'Problems',
          problems.map((each) => problem(each, events)),
        ),
      );
      content.hidden = content.childElementCount === 0;
    },
  };
}

/** Nothing where there are no items. */
function section(title: string, items: readonly HTMLElement[]): HTMLElement[] {
  return items.length === 0 ? [] : [element('section', {}, element('h2', {}, title), element('ul', {}, ...items))];
}

function plainLine(text: string): HTMLElement {
  return element('li', { class: 'row error' }, text);
}

const changeMarks: Readonly<Record<Change['action'], readonly [string, string]>> = {
  create: ['created', '+ created'],
  update: ['changed', '~ changed'],
  replace: ['replaced', '± replaced'],
  delete: ['destroyed', '− destroyed'],
  forget: ['muted', 'forgotten'],
};

function change({ address, action, range }: Change, { onRange }: DetailsEvents): HTMLElement {
  const [kind, text] = changeMarks[action];
  const parts = [element('span', { class: `badge ${kind}` }, text), element('span', { class: 'text' }, address)];
  if (range === null) return element('li', { class: 'row' }, ...parts);
  const button = element('button', { type: 'button', class: 'row' }, ...parts);
  button.addEventListener('click', () => onRange(range));
  return element('li', {}, button);
}

function statement({ subject, state, text, because, within, lost }: Statement, events: DetailsEvents): HTMLElement {
  const more = [because, ...(within === null ? [] : [within]), ...(lost === null ? [] : [`lost: ${lost}`])];
  const button = element(
    'button',
    { type: 'button', class: 'row' },
    element('span', { class: `badge ${state}` }, stateText(state)),
    element('span', { class: 'text' }, text, element('span', { class: 'muted' }, ` ${more.join(' · ')}`)),
  );
  button.addEventListener('click', () => events.onSubject(subject));
  return element('li', {}, button);
}

function problem(found: PictureProblem, events: DetailsEvents): HTMLElement {
  const { severity, message, code, range } = found;
  const button = element(
    'button',
    { type: 'button', class: 'row' },
    element('span', { class: `badge ${severity}` }, severity),
    element(
      'span',
      { class: 'text' },
      message,
      element('span', { class: 'muted' }, ` ${code}, line ${range.start.line + 1}`),
    ),
  );
  button.addEventListener('click', () => events.onRange(range));
  return element('li', {}, button);
}

function planLine(source: string, { onClosePlan }: DetailsEvents): HTMLElement {
  return element(
    'div',
    { class: 'plan' },
    element('span', {}, `From ${source}; nothing was applied`),
    iconButton('Remove the plan', icons.clear, onClosePlan),
  );
}
