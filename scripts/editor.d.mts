/** What the tests in a real VS Code run with, installed into the cache when it is missing. */
export function ensureEditor(): Promise<{
  /** The Node that runs code-server. */
  readonly node: string;
  /** The folder of code-server. */
  readonly codeServer: string;
  /** The browser. */
  readonly chromium: string;
}>;
