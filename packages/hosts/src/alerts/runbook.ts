/** The sections of RUNBOOK.md that alerts lead to. */
export const runbook = {
  disk: 'A disk is full',
  clock: 'A clock is wrong',
  unit: 'A service fails',
  check: 'A check fails',
  app: 'A server of an app is down',
  certificate: 'A certificate is near its end',
  dns: 'DNS does not follow the balancers',
  database: 'A database lacks a member',
  quorum: 'A quorum is lost',
  backup: 'Backups are old',
  restoreTest: 'A restore test fails',
} as const;
