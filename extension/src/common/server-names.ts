// Names of the server's own protocol.ts: imported from there they would bring the whole server along. A test holds the two together.

export const methods = {
  summary: 'groundplan/summary',
  diagram: 'groundplan/diagram',
  readFile: 'groundplan/readFile',
  statFile: 'groundplan/statFile',
  listFolder: 'groundplan/listFolder',
} as const;

/** Commands that the server lets the editor run. */
export const clientCommands = {
  /** `[uri]` */
  preview: 'groundplan.openPreviewToSide',
  /** `[uri]` */
  problems: 'groundplan.showProblems',
  /** `[uri, position, locations]` */
  references: 'groundplan.showReferences',
  /** `[uri, range]`, after the edits of an action */
  select: 'groundplan.select',
  /** `[]`, after a completion that another one follows */
  suggest: 'groundplan.suggest',
} as const;
