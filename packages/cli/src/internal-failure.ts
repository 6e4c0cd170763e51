/**
 * What is shown when Groundplan itself fails: that it is not the user's mistake, and how to report it. The stack only with
 * `GROUNDPLAN_DEBUG=1`.
 */
export function explainInternalFailure(
  error: unknown,
  variables: Readonly<Record<string, string | undefined>>,
): string {
  const said = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ');
  const lines = [
    `groundplan: this is a mistake in Groundplan, not in your files: ${said}`,
    'groundplan: please report it with the command and, if you may, the topology: https://github.com/groundplan/groundplan/issues',
  ];
  if (variables.GROUNDPLAN_DEBUG === '1') lines.push(error instanceof Error ? (error.stack ?? said) : said);
  else lines.push('groundplan: GROUNDPLAN_DEBUG=1 shows where it happened');
  return `${lines.join('\n')}\n`;
}
