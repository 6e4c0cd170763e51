import type { FromPreview, Picture, PreviewState, ToPreview } from '../messages/messages.js';
import { changeText } from './describe.js';
import { makeDetails } from './details.js';
import { element, iconButton } from './dom.js';
import { makeFailMenu, toggled } from './fail-menu.js';
import { icons } from './icons.js';
import { drawPng } from './png.js';
import { makeStage } from './stage.js';
import { makeTooltip } from './tooltip.js';

interface Host {
  readonly postMessage: (message: FromPreview) => void;
  readonly getState: () => Partial<PreviewState> | undefined;
  readonly setState: (state: PreviewState) => void;
}

/** What VS Code gives every webview, once. */
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const restored = host.getState() ?? {};
let uri = restored.uri ?? '';
let picture: Picture | undefined;

const send = (message: FromPreview) => host.postMessage(message);
const keep = () =>
  host.setState({
    uri,
    failed: picture?.failed ?? restored.failed ?? [],
    expanded: picture?.expanded ?? restored.expanded ?? [],
    zoom: stage.zoom(),
    left: stage.view().left,
    top: stage.view().top,
    detailsOpen: details.root.open,
  });
const revealNode = (id: string) => {
  const node = picture?.nodes.find((each) => each.id === id);
  if (node !== undefined) send({ type: 'reveal', range: node.range });
};
const fail = (failed: readonly string[]) => send({ type: 'fail', failed });
const toggleFailure = (id: string) => {
  if (picture?.failable.some((each) => each.id === id)) fail(toggled(picture.failed, id));
};
const toggleExpansion = (id: string) => {
  if (picture?.nodes.some((each) => each.id === id && each.expandable)) {
    send({ type: 'expand', expanded: toggled(picture.expanded, id) });
  }
};

const live = element('div', { class: 'quiet', 'aria-live': 'polite' });
const notice = element('div', { class: 'notice', role: 'status', hidden: '' });
const percent = element('button', { type: 'button', class: 'percent', title: 'As large as drawn (1)' }, '100%');
const tooltip = makeTooltip();
const stage = makeStage(restored, {
  onView: () => {
    percent.textContent = `${Math.round(stage.view().zoom * 100)}%`;
    tooltip.hide();
    keep();
  },
  onFocus: (id) => showTooltip(id),
});
const details = makeDetails(restored.detailsOpen ?? false, {
  onRange: (range) => send({ type: 'reveal', range }),
  onSubject: (id) => {
    stage.focus(id);
    revealNode(id);
  },
  onClosePlan: () => send({ type: 'closePlan' }),
  onToggle: () => keep(),
});
const failButton = element('button', { type: 'button', class: 'text-button', 'aria-haspopup': 'dialog' }, 'Fail…');
const clearButton = iconButton('Switch all on', icons.clear, () => fail([]));
const failMenu = makeFailMenu({ onChange: fail, onClose: () => failButton.focus() });
const expandButton = iconButton(
  'Show all servers, or stacks of them',
  icons.expand,
  () => {
    if (picture === undefined) return;
    const all = picture.nodes.filter((node) => node.expandable).map(({ id }) => id);
    send({ type: 'expand', expanded: picture.expanded.length > 0 ? [] : all });
  },
  'E',
);

failButton.title = 'What goes dark when this fails, and what carries on (F on a node)';
failButton.addEventListener('click', () => failMenu.toggle());
percent.addEventListener('click', () => stage.zoomTo(1));

function exportPng(): void {
  if (picture === undefined) return;
  void drawPng(picture.svg, picture.width, picture.height).then((base64) => send({ type: 'png', base64 }));
}

document.querySelector('#root')?.append(
  element(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'Picture' },
    iconButton('Smaller', icons.minus, () => stage.zoomBy(-1), '-'),
    percent,
    iconButton('Larger', icons.plus, () => stage.zoomBy(1), '+'),
    iconButton('Whole picture, or as much as can be read', icons.fit, () => stage.fit(), '0'),
    element('span', { class: 'gap' }),
    expandButton,
    element('span', { class: 'gap' }),
    failButton,
    clearButton,
    element('span', { class: 'spring' }),
    textButton('SVG', 'Export as SVG', () => send({ type: 'exportSvg' })),
    textButton('PNG', 'Export as PNG', exportPng),
  ),
  failMenu.root,
  notice,
  stage.root,
  details.root,
  tooltip.root,
  live,
);

function textButton(text: string, title: string, onClick: () => void): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'text-button', title, 'aria-label': title }, text);
  button.addEventListener('click', onClick);
  return button;
}

function showTooltip(id: string): void {
  const node = picture?.nodes.find((each) => each.id === id);
  const shown = stage.elementOf(id);
  if (node !== undefined && shown !== undefined && picture !== undefined) tooltip.show(node, picture, shown);
}

/** How long the pointer rests before facts are shown. */
const restMilliseconds = 250;
let resting: ReturnType<typeof setTimeout> | undefined;
let hovered: string | undefined;

stage.root.addEventListener('pointermove', ({ target, buttons }) => {
  const id = buttons === 0 ? stage.nodeOf(target) : undefined;
  if (id === hovered) return;
  hovered = id;
  clearTimeout(resting);
  tooltip.hide();
  if (id !== undefined) resting = setTimeout(() => showTooltip(id), restMilliseconds);
});
stage.root.addEventListener('pointerleave', () => {
  hovered = undefined;
  clearTimeout(resting);
  tooltip.hide();
});
stage.root.addEventListener('click', (event) => {
  const id = stage.nodeOf(event.target);
  if (id === undefined || stage.root.classList.contains('dragged')) return;
  if (event.altKey) toggleFailure(id);
  else revealNode(id);
});
stage.root.addEventListener('dblclick', ({ target }) => {
  const id = stage.nodeOf(target);
  if (id !== undefined) toggleExpansion(id);
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLInputElement) return;
  const id = stage.focused();
  const done = keyAction(event.key, id);
  if (done) event.preventDefault();
});

/** Whether the key meant something. */
function keyAction(key: string, id: string | undefined): boolean {
  switch (key) {
    case '+':
    case '=':
      stage.zoomBy(1);
      return true;
    case '-':
      stage.zoomBy(-1);
      return true;
    case '0':
      stage.fit();
      return true;
    case '1':
      stage.zoomTo(1);
      return true;
    case 'e':
    case 'E':
      if (id === undefined) expandButton.click();
      else toggleExpansion(id);
      return true;
    case 'Escape':
      tooltip.hide();
      failMenu.close();
      return true;
  }
  if (id === undefined) return false;
  switch (key) {
    case 'Enter':
      revealNode(id);
      return true;
    case 'f':
    case 'F':
      toggleFailure(id);
      return true;
    case 'ArrowRight':
    case 'ArrowDown':
      step(id, 1);
      return true;
    case 'ArrowLeft':
    case 'ArrowUp':
      step(id, -1);
      return true;
    case 'Home':
      focusAt(0);
      return true;
    case 'End':
      focusAt(-1);
      return true;
  }
  return false;
}

/** To the next node that is drawn, in the order of reading. */
function step(from: string, direction: 1 | -1): void {
  const ids = drawnIds();
  const next = ids[ids.indexOf(from) + direction];
  if (next !== undefined) stage.focus(next);
}

function focusAt(index: number): void {
  const id = drawnIds().at(index);
  if (id !== undefined) stage.focus(id);
}

function drawnIds(): string[] {
  return (picture?.nodes ?? []).map(({ id }) => id).filter((id) => stage.elementOf(id) !== undefined);
}

function show(next: Picture): void {
  const said = changeText(picture, next);
  const failedBefore = picture?.failed.length ?? 0;
  picture = next;
  notice.hidden = true;
  document.body.classList.remove('stale');
  stage.show(next);
  failMenu.show(next);
  details.show(next);
  if (next.failed.length > 0 && failedBefore === 0) details.root.open = true;
  if (next.planProblems.length > 0) details.root.open = true;
  failButton.classList.toggle('active', next.failed.length > 0);
  failButton.textContent = next.failed.length > 0 ? `Fail (${next.failed.length})…` : 'Fail…';
  failButton.disabled = next.failable.length === 0;
  clearButton.hidden = next.failed.length === 0;
  expandButton.disabled = !next.nodes.some((node) => node.expandable);
  expandButton.setAttribute('aria-pressed', String(next.expanded.length > 0));
  if (said !== '') live.textContent = said;
  keep();
}

addEventListener('message', ({ data }: MessageEvent<ToPreview>) => {
  switch (data.type) {
    case 'start':
      uri = data.uri;
      return keep();
    case 'picture':
      return show(data.picture);
    case 'nothing':
      notice.textContent = data.reason;
      notice.hidden = false;
      document.body.classList.add('stale');
      return;
    case 'select':
      return stage.select(data.ids);
    case 'makePng':
      return exportPng();
  }
});
send({ type: 'ready' });
