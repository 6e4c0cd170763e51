import type { Picture } from '../messages/messages.js';
import { element } from './dom.js';
import { fitZoom, nextZoom, readableZoom, scrollInto, type View, zoomAt } from './view.js';

/** Where the picture is shown, zoomed and moved. */
export interface Stage {
  readonly root: HTMLElement;
  readonly show: (picture: Picture) => void;
  /** Undefined while the pane decides. */
  readonly zoom: () => number | undefined;
  readonly view: () => View;
  /** Shows the whole picture, or again as much as can be read. */
  readonly fit: () => void;
  readonly zoomTo: (zoom: number) => void;
  readonly zoomBy: (direction: 1 | -1) => void;
  /** Marks the nodes that the cursor stands on, and brings the first into view. */
  readonly select: (ids: readonly string[]) => void;
  readonly focus: (id: string) => void;
  readonly focused: () => string | undefined;
  /** The id of the node that an element belongs to. */
  readonly nodeOf: (target: EventTarget | null) => string | undefined;
  readonly elementOf: (id: string) => SVGElement | undefined;
}

export interface StageEvents {
  readonly onView: () => void;
  readonly onFocus: (id: string) => void;
}

/** @param restored what was seen before the window was reloaded; without `zoom` the pane decides */
export function makeStage(
  restored: { zoom?: number | undefined; left?: number; top?: number },
  events: StageEvents,
): Stage {
  const holder = element('div', { class: 'holder' });
  const root = element('div', { class: 'stage', role: 'region', 'aria-label': 'Picture' }, holder);
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let size = { width: 0, height: 0 };
  let zoom = restored.zoom ?? 1;
  /** What the pane decides by; undefined once somebody has zoomed. */
  let fitted: 'readable' | 'whole' | undefined = restored.zoom === undefined ? 'readable' : undefined;
  let pending: { left: number; top: number } | undefined = { left: restored.left ?? 0, top: restored.top ?? 0 };
  let source = '';
  let current: string | undefined;
  let selected: readonly string[] = [];

  const nodes = () => [...holder.querySelectorAll<SVGElement>('[data-id]')];
  const elementOf = (id: string) => nodes().find((each) => each.dataset['id'] === id);
  const pane = () => ({ width: root.clientWidth, height: root.clientHeight });
  const view = (): View => ({ zoom, left: root.scrollLeft, top: root.scrollTop });

  const draw = () => {
    const svg = holder.querySelector('svg');
    svg?.setAttribute('width', String(size.width * zoom));
    svg?.setAttribute('height', String(size.height * zoom));
  };
  const apply = (next: View) => {
    zoom = next.zoom;
    draw();
    root.scrollTo(next.left, next.top);
    events.onView();
  };
  const fit = (by: 'readable' | 'whole') => {
    fitted = by;
    apply({ zoom: by === 'whole' ? fitZoom(size, pane()) : readableZoom(size, pane()), left: 0, top: 0 });
  };
  const zoomTo = (wanted: number, x = root.clientWidth / 2, y = root.clientHeight / 2) => {
    fitted = undefined;
    apply(zoomAt(view(), wanted, x, y));
  };

  /** One node can be reached by Tab; the arrows lead to the others. */
  const markReachable = () => {
    const all = nodes();
    const reachable = all.find((each) => each.dataset['id'] === current) ?? all[0];
    for (const each of all) each.setAttribute('tabindex', each === reachable ? '0' : '-1');
  };
  const markSelected = () => {
    for (const each of nodes()) {
      const isSelected = selected.includes(each.dataset['id'] ?? '');
      each.classList.toggle('selected', isSelected);
      if (isSelected) each.setAttribute('aria-current', 'true');
      else each.removeAttribute('aria-current');
    }
  };

  const show = (picture: Picture) => {
    const wasFirst = source === '';
    size = { width: picture.width, height: picture.height };
    if (picture.svg !== source) {
      const hadFocus = holder.contains(document.activeElement);
      source = picture.svg;
      // The policy of this page forbids style elements; a sheet that a script makes is allowed.
      const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(source) ?? [];
      sheet.replaceSync(style);
      const bare = source.replace(/<style>[\s\S]*?<\/style>/, '');
      const parsed = new DOMParser().parseFromString(bare, 'image/svg+xml').documentElement;
      holder.replaceChildren(document.adoptNode(parsed));
      draw();
      markReachable();
      markSelected();
      if (hadFocus && current !== undefined) elementOf(current)?.focus({ preventScroll: true });
    }
    if (wasFirst && fitted !== undefined) fit(fitted);
    if (wasFirst && pending !== undefined) root.scrollTo(pending.left, pending.top);
    pending = undefined;
  };

  const moveIntoView = (node: SVGElement) => {
    const outer = root.getBoundingClientRect();
    const inner = node.getBoundingClientRect();
    const left = inner.left - outer.left + root.scrollLeft;
    const top = inner.top - outer.top + root.scrollTop;
    root.scrollTo(
      scrollInto(root.scrollLeft, root.clientWidth, left, left + inner.width),
      scrollInto(root.scrollTop, root.clientHeight, top, top + inner.height),
    );
  };
  const nodeOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<SVGElement>('[data-id]')?.dataset['id'] : undefined;

  root.addEventListener('focusin', ({ target }) => {
    const id = nodeOf(target);
    if (id === undefined) return;
    current = id;
    markReachable();
    const node = elementOf(id);
    if (node !== undefined) moveIntoView(node);
    events.onFocus(id);
  });
  root.addEventListener('scroll', events.onView);
  root.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = root.getBoundingClientRect();
      zoomTo(zoom * Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );
  panByDragging(root);
  new ResizeObserver(() => {
    if (fitted === undefined || source === '') return;
    const { left, top } = view();
    fit(fitted);
    root.scrollTo(left, top);
  }).observe(root);

  return {
    root,
    show,
    zoom: () => (fitted === undefined ? zoom : undefined),
    view,
    fit: () => fit(fitted === 'whole' ? 'readable' : 'whole'),
    zoomTo,
    zoomBy: (direction) => zoomTo(nextZoom(zoom, direction)),
    select: (ids) => {
      selected = ids;
      markSelected();
      const first = elementOf(ids[0] ?? '');
      if (first !== undefined) moveIntoView(first);
    },
    focus: (id) => elementOf(id)?.focus(),
    focused: () => nodeOf(document.activeElement),
    nodeOf,
    elementOf,
  };
}

/** Beyond so many pixels a press is a drag and no click. */
const dragThreshold = 4;

function panByDragging(root: HTMLElement): void {
  let from: { x: number; y: number; left: number; top: number; moved: boolean } | undefined;
  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    from = { x: event.clientX, y: event.clientY, left: root.scrollLeft, top: root.scrollTop, moved: false };
  });
  root.addEventListener('pointermove', (event) => {
    if (from === undefined) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(x, y) < dragThreshold) return;
    if (!from.moved) root.setPointerCapture(event.pointerId);
    from.moved = true;
    root.classList.add('dragged');
    root.scrollTo(from.left - x, from.top - y);
  });
  const end = () => {
    from = undefined;
    // After the click that ends the drag.
    setTimeout(() => root.classList.remove('dragged'));
  };
  root.addEventListener('pointerup', end);
  root.addEventListener('pointercancel', end);
}
