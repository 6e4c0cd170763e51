export { type Overlay, type OverlayAction, type OverlayChange, overlay } from './overlay.js';
