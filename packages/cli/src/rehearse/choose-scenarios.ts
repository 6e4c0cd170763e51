import { type Model, nearest } from '@groundplan/model';
import { type Planned, scenarios, scenariosFor } from '@groundplan/rehearsal';
import { Failure } from '../failure.js';

/**
 * The scenarios that are asked for, in the order in which they are run; all that can happen to the topology when none is named.
 *
 * @throws Failure for one that there is not, or that cannot happen to the topology
 */
export async function chooseScenarios(model: Model, names: readonly string[]): Promise<Planned[]> {
  const possible = scenariosFor(model);
  const known = scenarios.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) {
      const near = nearest(name, known);
      throw new Failure(
        `there is no scenario "${name}"${near === undefined ? '' : `: did you mean ${near}?`} (see "groundplan rehearse --list")`,
      );
    }
    if (!possible.some(({ scenario }) => scenario.name === name))
      throw new Failure(`${name} cannot happen to this topology (see "groundplan rehearse --list")`);
  }
  return names.length === 0 ? possible : possible.filter(({ scenario }) => names.includes(scenario.name));
}
