export { type Drawing, type DrawnNode, type DrawOptions, drawTopology } from './draw.js';
export * as failoverTimes from './fail/clock.js';
export {
  describeEffect,
  type Effect,
  type FailableThing,
  fail,
  failableThings,
  type RouteEffect,
  type State,
  type Statement,
  type Surveyed,
  survey,
  tunnelsId,
  type Within,
} from './fail/index.js';
export type { EdgeKind, Fact, NodeKind } from './graph/graph.js';
export { toJson } from './json.js';
export type { Box } from './layout/geometry.js';
export type { Change } from './marks/marks.js';
export { toMermaid } from './mermaid.js';
export * from './node-id.js';
export { type Overlay, type OverlayAction, type OverlayChange, overlay } from './overlay/index.js';
export type { Theme } from './svg/theme.js';
