import type { Picture as ServerPicture } from '@groundplan/language-server';

/** What a preview shows. */
export interface Picture extends ServerPicture {
  /** Where the plan comes from that is drawn over the picture. */
  readonly plan: string | undefined;
}

export type PictureNode = Picture['nodes'][number];
export type PictureProblem = Picture['problems'][number];
export type Statement = Picture['statements'][number];
export type Range = PictureNode['range'];
export type Position = Range['start'];
/** How something is after a failure; what has none of these is as it was. */
export type State = Picture['states'][string];

/** What the extension tells a preview. */
export type ToPreview =
  /** The answer to `ready`: the topology that this preview is of. */
  | { readonly type: 'start'; readonly uri: string }
  | { readonly type: 'picture'; readonly picture: Picture }
  /** There is no picture, and why. The last one stays, greyed. */
  | { readonly type: 'nothing'; readonly reason: string }
  /** What the cursor stands on. */
  | { readonly type: 'select'; readonly ids: readonly string[] }
  | { readonly type: 'makePng' };

/** What a preview tells the extension. */
export type FromPreview =
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly range: Range }
  | { readonly type: 'fail'; readonly failed: readonly string[] }
  | { readonly type: 'expand'; readonly expanded: readonly string[] }
  | { readonly type: 'closePlan' }
  | { readonly type: 'exportSvg' }
  /** Without `base64` when the browser refused to draw it. */
  | { readonly type: 'png'; readonly base64: string | undefined };

/** What a preview keeps over a restart of the window. */
export interface PreviewState {
  readonly uri: string;
  readonly failed: readonly string[];
  readonly expanded: readonly string[];
  /** Undefined: as large as the pane allows. */
  readonly zoom: number | undefined;
  readonly left: number;
  readonly top: number;
  readonly detailsOpen: boolean;
}
