import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a member says of itself. */
export interface View {
  readonly key: string;
  readonly phase: 'looking' | 'waiting' | 'electing' | 'seeking' | 'primary' | 'stranded';
  readonly data: 'none' | 'whole' | 'damaged';
  readonly history: string | null;
  readonly seqno: number;
  readonly saved_view: boolean;
  readonly last: boolean;
}

/** A question to the functions of decision.py; others that do not answer are null. */
export type Question =
  | { readonly ask: 'while_waiting'; readonly with: readonly [View, readonly (View | null)[], boolean] }
  | { readonly ask: 'while_cut_off'; readonly with: readonly [View, readonly (View | null)[]] }
  | { readonly ask: 'may_grant'; readonly with: readonly [View, View] };

export type Answer = 'join' | 'elect' | 'recover' | 'resume' | 'wait' | 'stop' | 'stay' | boolean;

export interface Decisions {
  /** The answers of the program that hosts have, in the order of the questions. */
  answers(questions: readonly Question[]): Answer[];
  close(): void;
}

const driver = `import json, sys, decision
for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps(getattr(decision, question["ask"])(*question["with"])))
`;

export function openDecisions(decision: string): Decisions {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-decision-'));
  writeFileSync(join(folder, 'decision.py'), decision);
  writeFileSync(join(folder, 'driver.py'), driver);
  const known = new Map<string, Answer>();
  return {
    answers: (questions) => {
      const lines = questions.map((question) => JSON.stringify(question));
      const unknown = [...new Set(lines.filter((line) => !known.has(line)))];
      if (unknown.length > 0) {
        const input = `${unknown.join('\n')}\n`;
        const said = execFileSync('python3', ['-B', join(folder, 'driver.py')], {
          input,
          maxBuffer: 1 << 28,
          encoding: 'utf8',
        });
        const answers = said.trimEnd().split('\n');
        for (const [index, line] of unknown.entries()) known.set(line, JSON.parse(answers[index] ?? 'null'));
      }
      return lines.map((line) => known.get(line) as Answer);
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}
