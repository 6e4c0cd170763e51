import type { Model } from '@groundplan/model';
import { appPowerLoss } from './app-power-loss.js';
import { activeBalancerPowerLoss, balancerPowerLoss, balancerReboot, proxyKilled } from './balancer.js';
import { databaseDiskFull } from './database-disk-full.js';
import { patroniKilled, postgresqlKilled } from './database-killed.js';
import { databasePrimaryPartition } from './database-primary-partition.js';
import { databasePrimaryPowerLoss } from './database-primary-power-loss.js';
import { databaseStandbyPowerLoss } from './database-standby-power-loss.js';
import { nothing } from './nothing.js';
import { powerCut } from './power-cut.js';
import type { Drill, Scenario } from './scenario.js';

/** Every scenario, in the order in which they are run: what comes later may lean on what was seen before. */
export const scenarios: readonly Scenario[] = [
  nothing,
  appPowerLoss,
  proxyKilled,
  balancerReboot,
  balancerPowerLoss,
  activeBalancerPowerLoss,
  patroniKilled,
  postgresqlKilled,
  databaseStandbyPowerLoss,
  databasePrimaryPowerLoss,
  databasePrimaryPartition,
  databaseDiskFull,
  powerCut,
];

/** A scenario with what it is in one topology. */
export interface Planned {
  readonly scenario: Scenario;
  readonly drill: Drill;
}

/** The scenarios that can happen to a topology, in order. */
export function scenariosFor(model: Model): Planned[] {
  return scenarios.flatMap((scenario) => {
    const drill = scenario.of(model);
    return drill === undefined ? [] : [{ scenario, drill }];
  });
}
