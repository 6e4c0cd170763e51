import type { ServerCapabilities } from 'vscode-languageserver';
import type { Session } from '../session.js';
import { codeActionFeature } from './code-actions.js';
import { codeLensFeature } from './code-lens.js';
import { completionFeature } from './completion.js';
import { diagramFeature } from './diagram.js';
import { documentLinkFeature } from './document-links.js';
import { foldingFeature } from './folding.js';
import { formattingFeature } from './formatting.js';
import { hoverFeature } from './hover.js';
import { inlayHintFeature } from './inlay-hints.js';
import { navigationFeature } from './navigation.js';
import { renameFeature } from './rename.js';
import { selectionFeature } from './selection.js';
import { semanticTokensFeature } from './semantic-tokens.js';
import { summaryFeature } from './summary.js';
import { symbolFeature } from './symbols.js';
import { workspaceSymbolFeature } from './workspace-symbols.js';

/** Begins to answer the requests of one feature, and says how the client is told of it. */
export type Feature = (session: Session) => Partial<ServerCapabilities>;

export const features: readonly Feature[] = [
  completionFeature,
  hoverFeature,
  navigationFeature,
  renameFeature,
  symbolFeature,
  workspaceSymbolFeature,
  foldingFeature,
  selectionFeature,
  documentLinkFeature,
  formattingFeature,
  semanticTokensFeature,
  inlayHintFeature,
  codeLensFeature,
  codeActionFeature,
  summaryFeature,
  diagramFeature,
];
