/** Part of a picture that can be seen: how large it is drawn, and what of it is scrolled away. */
export interface View {
  /** 1 is as large as it was laid out. */
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const leastZoom = 0.1;
export const mostZoom = 8;
/** Beyond this a small picture looks odd in a large pane. */
const mostFit = 1.5;
/** Below this the small text of a picture, of 11 pixels, is a guess. */
const leastReadable = 0.75;

export function clampZoom(zoom: number): number {
  return Math.min(mostZoom, Math.max(leastZoom, zoom));
}

/** The zoom at which the whole picture can be seen. */
export function fitZoom(picture: Size, pane: Size): number {
  if (picture.width <= 0 || picture.height <= 0) return 1;
  return clampZoom(Math.min(mostFit, pane.width / picture.width, pane.height / picture.height));
}

/** The zoom of a picture that nobody has zoomed yet: all of it can be seen, or else as much of it as can be read. */
export function readableZoom(picture: Size, pane: Size): number {
  return Math.max(leastReadable, fitZoom(picture, pane));
}

/** Another zoom at which the point `x`, `y` of the pane stays where it is. */
export function zoomAt(view: View, wanted: number, x: number, y: number): View {
  const zoom = clampZoom(wanted);
  const factor = zoom / view.zoom;
  return { zoom, left: (view.left + x) * factor - x, top: (view.top + y) * factor - y };
}

/** The next zoom of a list that people know from browsers. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  const steps = [0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8];
  const near = 0.01;
  const found =
    direction === 1 ? steps.find((step) => step > zoom + near) : steps.findLast((step) => step < zoom - near);
  return found ?? (direction === 1 ? mostZoom : leastZoom);
}

/** How far to scroll one way so that what reaches from `from` to `to` can be seen, and no further. */
export function scrollInto(scroll: number, pane: number, from: number, to: number): number {
  const margin = Math.min(24, pane / 8);
  if (to - from > pane - 2 * margin || from < scroll + margin) return Math.max(0, from - margin);
  if (to > scroll + pane - margin) return to + margin - pane;
  return scroll;
}
