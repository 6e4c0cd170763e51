import { ApiError, notFound } from '../http/errors.js';
import { idParameter, ok, type Route } from '../http/route.js';
import { renderPricing } from '../offer/pricing.js';
import { listReply } from '../query/list.js';

const removed = (): never => {
  throw new ApiError(410, 'deprecated_api_endpoint', 'API functionality was removed', {
    announcement: 'https://docs.hetzner.cloud/changelog#2026-06-02-datacenters-deprecated',
  });
};

/** What is the same for every project: locations, server types, ISOs, prices; and data centers, which are gone. */
export const catalogRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/locations',
    handle: (context) =>
      listReply(context, {
        key: 'locations',
        items: context.offer.locations,
        render: (location) => location,
        sort: { id: (location) => location.id, name: (location) => location.name },
        name: (location) => location.name,
      }),
  },
  {
    method: 'GET',
    path: '/locations/{id}',
    handle: (context) => {
      const id = idParameter(context);
      const location = context.offer.locations.find((candidate) => candidate.id === id);
      if (location === undefined) throw notFound(`location with ID '${id}'`);
      return ok({ location });
    },
  },
  { method: 'GET', path: '/datacenters', handle: removed },
  { method: 'GET', path: '/datacenters/{id}', handle: removed },
  {
    method: 'GET',
    path: '/server_types',
    handle: (context) =>
      listReply(context, {
        key: 'server_types',
        items: context.offer.serverTypes,
        render: (type) => type,
        sort: { id: (type) => type.id, name: (type) => type.name },
        name: (type) => type.name,
      }),
  },
  {
    method: 'GET',
    path: '/server_types/{id}',
    handle: (context) => {
      const id = idParameter(context);
      const type = context.offer.serverTypes.find((candidate) => candidate.id === id);
      if (type === undefined) throw notFound(`server type with ID '${id}'`);
      return ok({ server_type: type });
    },
  },
  {
    method: 'GET',
    path: '/isos',
    handle: (context) => {
      const architecture = context.query.get('architecture');
      const wildcard = context.query.get('include_architecture_wildcard') === 'true';
      return listReply(context, {
        key: 'isos',
        items: context.offer.isos.filter(
          (iso) =>
            architecture === null || iso.architecture === architecture || (wildcard && iso.architecture === null),
        ),
        render: (iso) => iso,
        sort: { id: (iso) => iso.id },
        name: (iso) => iso.name,
      });
    },
  },
  {
    method: 'GET',
    path: '/isos/{id}',
    handle: (context) => {
      const id = idParameter(context);
      const iso = context.offer.isos.find((candidate) => candidate.id === id);
      if (iso === undefined) throw notFound(`ISO with ID '${id}'`);
      return ok({ iso });
    },
  },
  { method: 'GET', path: '/pricing', handle: (context) => ok({ pricing: renderPricing(context.offer) }) },
];
