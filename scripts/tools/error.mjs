/** A failure that one line explains to whoever runs the tests; its message is that line. */
export class ToolsError extends Error {
  name = 'ToolsError';
}
