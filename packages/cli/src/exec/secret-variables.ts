import { isGiven } from '@groundplan/secrets';
import { valueProblem } from '@groundplan/secrets/node';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { identityVariable } from '../secrets/identity.js';
import type { Subject } from '../secrets/subject.js';
import { openVault } from '../secrets/vault.js';

/**
 * The environment for a command that uses the secrets: what this process has, each secret that Terraform has a variable for, and no
 * identity. What the file holds counts more than what the environment held before.
 *
 * @throws Failure when the secrets cannot be opened, or one of them is missing
 */
export async function secretVariables(
  subject: Subject,
  identity: string | undefined,
  context: Context,
): Promise<Record<string, string | undefined>> {
  const { needed, file } = subject;
  const { values } = await openVault(subject, identity, context);
  const variables: Record<string, string | undefined> = { ...context.variables, [identityVariable]: undefined };
  const missing: string[] = [];
  for (const secret of needed) {
    if (secret.variable === undefined) continue;
    const variable = `TF_VAR_${secret.variable}`;
    const value = values.get(secret.name);
    if (value === undefined) {
      if (!variables[variable]) missing.push(secret.name);
      continue;
    }
    const problem = isGiven(secret) ? valueProblem(secret, value) : undefined;
    if (problem !== undefined) throw new Failure(`${file.shown}: ${secret.name} cannot be used: ${problem}`);
    if (variables[variable] && variables[variable] !== value)
      context.note(`${variable} of the environment is another value: the one of ${file.shown} is used`);
    variables[variable] = value;
  }
  if (missing.length > 0) {
    throw new Failure(
      `${file.shown} lacks ${missing.join(', ')}: ${missing.map((name) => `"groundplan keys set ${name}"`).join(', ')}`,
    );
  }
  return variables;
}
