import { Failure } from '../failure.js';
import { visible } from '../terminal/visible.js';
import { wrap } from '../terminal/wrap.js';

const columns = 100;

/** Terraform or OpenTofu could not do its work: a line that says which part of it, and what it said itself, indented under it. */
export class ToolFailure extends Failure {
  constructor(what: string, said: readonly string[]) {
    const lines = said.filter((line) => line.trim() !== '').flatMap((line) => wrap(visible(line.trim()), columns));
    super([`${what}${lines.length === 0 ? '' : ':'}`, ...lines.map((line) => `  ${line}`)].join('\n'));
  }
}
