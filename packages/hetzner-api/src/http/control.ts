import type { Fault, FaultControl, FaultEffect } from '../faults.js';
import { between } from '../input/checks.js';
import { type Fields, readFields } from '../input/fields.js';
import type { JsonObject } from '../input/json.js';
import { ApiError, invalidField, notFound } from './errors.js';
import { created, noContent, ok, type Reply } from './route.js';

/** Where the control endpoint is; no path of Hetzner begins so. */
export const controlPath = '/_groundplan/faults';

/** Names under which loopback may be addressed; another one means that a web page found the port. */
const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * `GET /_groundplan/faults` lists, `POST` adds one, `DELETE` removes all, `DELETE /_groundplan/faults/{id}` one. It wants
 * no token, since it is reached on loopback only.
 */
export function handleControl(
  faults: FaultControl,
  method: string,
  path: string,
  host: string | undefined,
  body: JsonObject,
): Reply {
  if (!loopbackNames.has((host ?? '').replace(/:\d+$/, ''))) {
    throw new ApiError(403, 'forbidden', 'faults are controlled on loopback only');
  }
  const rest = path.slice(controlPath.length).replace(/^\//, '');
  if (rest === '') return handleAll(faults, method, body);
  if (method !== 'DELETE' || !/^[0-9]{1,9}$/.test(rest) || !faults.remove(Number(rest))) {
    throw notFound(`fault with ID '${rest}'`);
  }
  return noContent;
}

function handleAll(faults: FaultControl, method: string, body: JsonObject): Reply {
  switch (method) {
    case 'GET':
      return ok({ faults: faults.list() });
    case 'POST':
      return created({ id: faults.add(readFault(body)) });
    case 'DELETE':
      faults.clear();
      return noContent;
    default:
      throw new ApiError(405, 'method_not_allowed', 'The request method is not allowed');
  }
}

function readFault(body: JsonObject): Fault {
  const fields = readFields(body);
  const method = fields.text('method');
  const path = fields.text('path');
  const count = fields.integer('count', between(1, Number.MAX_SAFE_INTEGER));
  const effectFields = fields.object('effect');
  if (effectFields === undefined) throw invalidField('effect', 'Missing data for required field.');
  const effect = readEffect(effectFields);
  fields.finish();
  return {
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    ...(count === undefined ? {} : { count }),
    effect,
  };
}

function readEffect(fields: Fields): FaultEffect {
  const kind = fields.requiredText('kind');
  switch (kind) {
    case 'latency':
      return { kind, milliseconds: fields.requiredInteger('milliseconds', between(0, 600_000)) };
    case 'response': {
      const code = fields.text('code');
      const message = fields.text('message');
      return {
        kind,
        status: fields.requiredInteger('status', between(400, 599)),
        ...(code === undefined ? {} : { code }),
        ...(message === undefined ? {} : { message }),
      };
    }
    case 'action':
      return { kind, code: fields.requiredText('code'), message: fields.requiredText('message') };
    case 'disconnect':
      return { kind };
    default:
      fields.refuse('kind', 'must be one of latency, response, disconnect, action');
      return { kind: 'disconnect' };
  }
}
