import { bundledCatalog } from '@groundplan/catalog';
import { type ActionRuntime, settleActions, startRuntime } from './actions/lifecycle.js';
import { noHosts } from './driver.js';
import { authorize, identify } from './http/authentication.js';
import { ApiError, notFound } from './http/errors.js';
import { makeRateLimiter, type RateStatus } from './http/rate-limit.js';
import type { Reply } from './http/route.js';
import { makeRouter } from './http/router.js';
import { parseBody } from './input/fields.js';
import { makeOffer, type Offer } from './offer/offer.js';
import { type ApiOptions, defaultQuotas, type Quotas } from './options.js';
import { defaultTtl, makeZone } from './resources/zone-defaults.js';
import { allRoutes } from './routes.js';
import { type ProjectSnapshot, takeSnapshot } from './snapshot.js';
import type { ActionError } from './state/records.js';
import { loadWorld, saveWorld } from './state/state-file.js';
import { emptyWorld, type Project, projectNamed, takeId } from './state/world.js';

/** A request without its transport. */
export interface EngineRequest {
  readonly method: string;
  /** Below `/v1`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string;
  readonly body: string;
  /** URL up to the query, for links. */
  readonly url: string;
  /** How the actions of this request fail, by fault injection. */
  readonly failure: ActionError | null;
}

export interface Engine {
  /** Takes a request out of the bucket of its project; tokens that are not good share one. */
  admit(token: string): RateStatus;
  /** Carries a request out. Throws `ApiError` for what is refused. */
  handle(request: EngineRequest): Reply;
  /** Throws if the token is not good. */
  snapshot(token: string): ProjectSnapshot;
}

const defaultMilliseconds = 20;

/** The API without its transport: state, rules and time. Throws if the state file is none or cannot be written. */
export function makeEngine(options: ApiOptions): Engine {
  const clock = options.clock ?? Date.now;
  const quotas: Quotas = { ...defaultQuotas, ...options.quotas };
  const offer: Offer = makeOffer(options.catalog ?? bundledCatalog);
  const world = options.stateFile === undefined ? emptyWorld() : loadWorld(options.stateFile);
  const actions: ActionRuntime = startRuntime(world, {
    milliseconds: options.actionMilliseconds ?? defaultMilliseconds,
    driver: options.driver ?? noHosts,
    clock,
  });
  const route = makeRouter(allRoutes);
  const limit = makeRateLimiter(quotas.requestsPerHour);

  const save = (): void => {
    if (options.stateFile !== undefined) saveWorld(options.stateFile, world);
  };
  // At once, so that a file that cannot be written is noticed before anything depends on it.
  save();

  const projectOf = (name: string): Project => {
    const isNew = !world.projects.has(name);
    const project = projectNamed(world, name);
    if (isNew) addZones(project);
    return project;
  };

  const addZones = (project: Project): void => {
    for (const name of options.zones ?? []) {
      const id = takeId(world);
      const zone = { id, name, mode: 'primary' as const, ttl: defaultTtl, labels: {}, primaryNameservers: [] };
      project.zones.set(id, makeZone({ ...zone, now: clock() }));
    }
  };

  return {
    admit: (token) => limit(identify(options.tokens, token)?.project ?? '', clock()),
    handle: (request) => {
      const ended = settleActions(actions);
      const identity = authorize(identify(options.tokens, request.token), request.method);
      const match = route(request.method, request.path);
      if (match.kind === 'unknown') throw notFound(`path '${request.path}'`);
      if (match.kind === 'wrong-method') {
        throw new ApiError(405, 'method_not_allowed', 'The request method is not allowed');
      }
      const reply = match.handle({
        world,
        project: projectOf(identity.project),
        offer,
        quotas,
        actions,
        now: clock(),
        url: request.url,
        params: match.params,
        query: request.query,
        body: parseBody(request.body),
        failure: request.failure,
      });
      if (ended || request.method !== 'GET') save();
      return reply;
    },
    snapshot: (token) => {
      const identity = identify(options.tokens, token);
      if (identity === undefined) throw new Error('the token of a snapshot must be a good one');
      settleActions(actions);
      return takeSnapshot({ actions, offer, project: projectOf(identity.project), now: clock() });
    },
  };
}
