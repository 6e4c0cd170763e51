import { Agent, request } from 'node:http';

export interface Outcome {
  readonly id: string;
  readonly method: 'GET' | 'POST';
  /** Undefined when the connection broke. */
  readonly status: number | undefined;
  readonly body: string;
}

export interface Load {
  /** Waits for what is under way, and says how everything went; a second time as well. */
  stop(): Promise<Outcome[]>;
}

/** Over all loads, so that no id is used twice. */
let count = 0;

/** Users: so many requests a second until stopped, half of them POST, every tenth a slow one. None is ever sent twice. */
export function startLoad(port: number, perSecond: number): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const pending: Promise<Outcome>[] = [];
  const timer = setInterval(() => {
    count += 1;
    const milliseconds = count % 10 < 2 ? 1500 : 5 + (count % 7) * 8;
    pending.push(send(agent, port, count % 2 === 0 ? 'POST' : 'GET', `r${count}`, milliseconds));
  }, 1000 / perSecond);
  return {
    stop: async () => {
      clearInterval(timer);
      const outcomes = await Promise.all(pending);
      agent.destroy();
      return outcomes;
    },
  };
}

/** One request by a name that the topology routes. */
export function send(
  agent: Agent,
  port: number,
  method: 'GET' | 'POST',
  id: string,
  milliseconds: number,
): Promise<Outcome> {
  const path = `/?id=${id}&ms=${milliseconds}`;
  return ask(agent, port, method, path).then((answer) => ({ id, method, ...answer }));
}

export function ask(
  agent: Agent | undefined,
  port: number,
  method: 'GET' | 'POST',
  path: string,
): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve) => {
    const headers = { host: 'shop.example.com' };
    const sent = request({ host: '127.0.0.1', port, path, method, headers, ...(agent && { agent }) }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
      response.on('error', () => resolve({ status: undefined, body }));
    });
    sent.on('error', () => resolve({ status: undefined, body: '' }));
    sent.end(method === 'POST' ? 'x'.repeat(200) : undefined);
  });
}
