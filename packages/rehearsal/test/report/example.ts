import type { Report } from '@groundplan/rehearsal';

/** Twenty requests a second, of which so many fail from one second to another. */
function requests(seconds: number, failing: number, from: number, to: number) {
  return Array.from({ length: seconds }, (_, second) => {
    const failed = second >= from && second < to ? failing : 0;
    return { served: 20 - failed, failed };
  });
}

/** One scenario of each outcome. */
export const example: Report = {
  format: 1,
  topology: 'shop',
  file: 'topology.yaml',
  began: '2026-11-24T17:00:00.000Z',
  tool: { name: 'terraform', version: '1.11.4' },
  machine: { processors: 2, memoryGigabytes: 24 },
  hosts: [
    { name: 'shop-fsn1-app-web-1', tier: 'app' },
    { name: 'shop-fsn1-db-main-1', tier: 'db' },
    { name: 'shop-fsn1-db-main-2', tier: 'db' },
  ],
  phases: [
    { name: 'compiled', seconds: 1.5 },
    { name: 'terraform apply: 3 hosts', seconds: 61.2 },
  ],
  results: [
    {
      scenario: 'database-primary-power-loss',
      title: 'The power of the database primary fails',
      fault: 'F6',
      subject: 'database.main',
      outcome: 'kept',
      what: 'the power of shop-fsn1-db-main-1 was cut, and came back',
      seconds: 48.2,
      promises: [
        { promise: 'requests that read are served', budget: 'none fails', measured: 'all 480', kept: true },
        {
          promise: 'requests that write are served again',
          budget: '≤ 20 s',
          measured: 'after 13.1 s; 131 of 480 failed',
          kept: true,
        },
        {
          promise: 'what was acknowledged is stored, once and in order',
          budget: 'all of it',
          measured: 'all 349',
          kept: true,
        },
      ],
      timeline: {
        faultAt: 5,
        healedAt: 21.3,
        wholeAt: 35,
        seconds: 48.2,
        requests: requests(49, 10, 5, 18),
        primaries: [
          { host: 'shop-fsn1-db-main-1', from: 0, to: 5 },
          { host: 'shop-fsn1-db-main-2', from: 17, to: 48.2 },
        ],
      },
    },
    {
      scenario: 'app-power-loss',
      title: 'The power of an app server fails under load',
      fault: 'F4',
      subject: 'app.web',
      outcome: 'missed',
      what: 'the power of shop-fsn1-app-web-1 was cut, and came back',
      seconds: 31,
      promises: [
        {
          promise: 'requests that read are served',
          budget: 'none fails',
          measured: 'after 2 s; 3 of 310 failed',
          kept: false,
        },
      ],
      timeline: {
        faultAt: 5,
        healedAt: 16,
        wholeAt: null,
        seconds: 31,
        requests: requests(32, 1, 5, 8),
        primaries: [],
      },
    },
    {
      scenario: 'power-cut',
      title: 'The power of all hosts fails at once',
      fault: null,
      subject: 'everything',
      outcome: 'broken',
      what: 'shop-fsn1-db-main-1 does not start: <out of "memory">',
      seconds: 12,
      promises: [],
      timeline: null,
    },
  ],
  leftOut: ['nothing'],
  differences: ['Hosts share the kernel & its modules.'],
};
