import { Failure } from '../failure.js';

/** Where the API is; `HCLOUD_ENDPOINT` says otherwise, as it does for Hetzner's own tools. */
const defaultEndpoint = 'https://api.hetzner.cloud/v1';
const timeoutMilliseconds = 30_000;

/**
 * One request: a path behind `/v1`, and for a POST what to send. Returns the answer's JSON.
 *
 * @throws ApiRefusal when the API refuses, another Failure when it cannot be reached
 */
export type CallApi = (path: string, post?: object) => Promise<unknown>;

/** What the API refuses, with its status and its own word for it, such as `conflict`. */
export class ApiRefusal extends Failure {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
  ) {
    super(message);
  }
}

/**
 * @param tokenName the variable that the token is from, for what is said about it
 * @throws Failure when `HCLOUD_ENDPOINT` is no address
 */
export function openApi(
  variables: Readonly<Record<string, string | undefined>>,
  token: string,
  tokenName: string,
): CallApi {
  const endpoint = (variables.HCLOUD_ENDPOINT || defaultEndpoint).replace(/\/+$/, '');
  if (!URL.canParse(endpoint)) throw new Failure(`HCLOUD_ENDPOINT is "${endpoint}", which is no address`);
  return async (path, post) => {
    const url = `${endpoint}${path}`;
    const response = await answerOf(url, token, post);
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return body;
    const { message, code } = recordOf(recordOf(body).error);
    const reason = typeof message === 'string' ? message : 'no reason given';
    const said =
      response.status === 401
        ? `the API does not accept the token in ${tokenName}`
        : `the API answers ${response.status} to ${new URL(url).pathname}: ${reason}`;
    throw new ApiRefusal(said, response.status, typeof code === 'string' ? code : '');
  };
}

async function answerOf(url: string, token: string, post: object | undefined): Promise<Response> {
  const authorization = `Bearer ${token}`;
  const request =
    post === undefined
      ? { headers: { authorization } }
      : {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json' },
          body: JSON.stringify(post),
        };
  try {
    return await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMilliseconds) });
  } catch (error) {
    throw new Failure(`the API cannot be reached at ${new URL(url).origin}: ${reasonOf(error)}`);
  }
}

/** `fetch` itself says only that it failed; several addresses that were tried have a reason each. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : reasonOf(error.cause);
}

/** The fields of an answer; none of what is no object. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
