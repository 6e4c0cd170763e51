import { failoverTimes } from '@groundplan/diagram';
import type { LoadBalancer, Model } from '@groundplan/model';
import type { Stage } from '../stage/stage.js';
import type { Budget, Injected, Scenario } from './scenario.js';
import { spareBalancer } from './targets.js';

/** What users of a balancer's routes may notice when one of its hosts is gone (F1, F2). */
function budgetOf({ dns }: Model, { mode }: LoadBalancer): Budget | undefined {
  const rest = { lost: 'nothing', whole: undefined } as const;
  if (mode.value === 'active-standby')
    return { reads: failoverTimes.takeover, writes: failoverTimes.takeover, ...rest };
  if (dns === undefined) return undefined;
  const seconds = failoverTimes.clientSeconds(dns);
  return { reads: seconds, writes: seconds, ...rest };
}

async function cutPower(stage: Stage, balancer: LoadBalancer): Promise<Injected> {
  const host = await stage.activeOf(balancer);
  await host.powerLoss();
  return { what: `the power of ${host.name} was cut, and came back`, heal: () => host.boot() };
}

export const balancerPowerLoss: Scenario = {
  name: 'balancer-power-loss',
  title: 'The power of a balancer fails',
  fault: 'F1',
  of: (model) => {
    const { dns } = model;
    const balancer = spareBalancer(model, 'active-active');
    const budget = balancer && budgetOf(model, balancer);
    const name = balancer?.routes[0]?.host;
    if (balancer === undefined || budget === undefined || dns === undefined || name === undefined) return undefined;
    const seconds = failoverTimes.recordSeconds(dns);
    const hasCheckers = dns.failover.by.value === 'checkers' && dns.provider.value !== 'none';
    return {
      subject: `load_balancer.${balancer.name}`,
      budget: hasCheckers ? { ...budget, record: { name, seconds } } : budget,
      lasts: { seconds: seconds + 10 },
      inject: (stage) => cutPower(stage, balancer),
    };
  },
};

export const activeBalancerPowerLoss: Scenario = {
  name: 'active-balancer-power-loss',
  title: 'The power of the balancer that has the address fails',
  fault: 'F2',
  of: (model) => {
    const balancer = spareBalancer(model, 'active-standby');
    const budget = balancer && budgetOf(model, balancer);
    if (balancer === undefined || budget === undefined) return undefined;
    return {
      subject: `load_balancer.${balancer.name}`,
      budget,
      lasts: 'until users are served',
      inject: (stage) => cutPower(stage, balancer),
      also: async (stage) => [await stage.planIsEmpty('a plan after the takeover has nothing to do (F32)')],
    };
  },
};

export const balancerReboot: Scenario = {
  name: 'balancer-reboot',
  title: 'A balancer is rebooted',
  fault: undefined,
  of: (model) => {
    const balancer = spareBalancer(model, 'active-active', 'active-standby');
    const budget = balancer && budgetOf(model, balancer);
    if (balancer === undefined || budget === undefined) return undefined;
    return {
      subject: `load_balancer.${balancer.name}`,
      budget,
      lasts: { seconds: 10 },
      inject: async (stage) => {
        const host = await stage.activeOf(balancer);
        // The connection to the host ends with it, whatever it says.
        await host.exec(['systemctl', 'reboot']).catch(() => undefined);
        return { what: `${host.name} was rebooted` };
      },
    };
  },
};

export const proxyKilled: Scenario = {
  name: 'proxy-killed',
  title: "A balancer's HAProxy is killed",
  fault: 'F3',
  of: (model) => {
    const balancer = spareBalancer(model, 'active-active', 'active-standby');
    if (balancer === undefined) return undefined;
    const seconds = failoverTimes.proxyRestarted;
    return {
      subject: `load_balancer.${balancer.name}`,
      budget: { reads: seconds, writes: seconds, lost: 'nothing', whole: undefined },
      lasts: { seconds: 8 },
      inject: async (stage) => {
        const host = await stage.activeOf(balancer);
        await host.must(['systemctl', 'kill', '--kill-whom=all', '--signal=KILL', 'haproxy.service']);
        return { what: `HAProxy on ${host.name} was killed` };
      },
    };
  },
};
