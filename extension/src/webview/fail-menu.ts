import type { Picture } from '../messages/messages.js';
import { element } from './dom.js';

/** The list of everything that can be switched off. */
export interface FailMenu {
  readonly root: HTMLElement;
  readonly show: (picture: Picture) => void;
  readonly toggle: () => void;
  readonly close: () => void;
}

export interface FailMenuEvents {
  readonly onChange: (failed: readonly string[]) => void;
  readonly onClose: () => void;
}

export function makeFailMenu({ onChange, onClose }: FailMenuEvents): FailMenu {
  const filter = element('input', { type: 'search', placeholder: 'Find…', 'aria-label': 'Find' });
  const list = element('div', { class: 'choices' });
  const clear = element('button', { type: 'button', class: 'plain' }, 'Switch all on');
  const root = element(
    'div',
    { class: 'menu', role: 'dialog', 'aria-label': 'What fails', hidden: '' },
    element('div', { class: 'menu-head' }, filter, clear),
    list,
  );
  let shown: Picture | undefined;

  const draw = () => {
    if (shown === undefined) return;
    const { failed, failable } = shown;
    const wanted = filter.value.trim().toLowerCase();
    const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement.value : undefined;
    list.replaceChildren(
      ...failable
        .filter(({ title }) => title.toLowerCase().includes(wanted))
        .map(({ id, title }) => {
          const box = element('input', { type: 'checkbox', value: id });
          box.checked = failed.includes(id);
          box.addEventListener('change', () => onChange(toggled(failed, id)));
          return element('label', {}, box, title);
        }),
    );
    clear.disabled = failed.length === 0;
    if (focused === undefined || document.activeElement === filter) return;
    [...list.querySelectorAll('input')].find(({ value }) => value === focused)?.focus();
  };
  const close = () => {
    if (root.hidden) return;
    root.hidden = true;
    onClose();
  };
  filter.addEventListener('input', draw);
  clear.addEventListener('click', () => onChange([]));
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    // Letters are typed here and do nothing in the picture.
    event.stopPropagation();
  });
  return {
    root,
    close,
    show: (picture) => {
      const isSame =
        shown?.failed.join() === picture.failed.join() && shown.failable.length === picture.failable.length;
      shown = picture;
      if (!isSame) draw();
    },
    toggle: () => {
      if (!root.hidden) return close();
      root.hidden = false;
      draw();
      filter.focus();
    },
  };
}

/** The list with `id` in it, or without it when it was. */
export function toggled(list: readonly string[], id: string): readonly string[] {
  return list.includes(id) ? list.filter((each) => each !== id) : [...list, id];
}
