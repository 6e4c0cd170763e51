import { actionRoutes, beginAndRender } from '../actions/routes.js';
import { invalidField, isProtected, notFound } from '../http/errors.js';
import { type Context, created, idParameter, noContent, ok, type Route } from '../http/route.js';
import { oneOf } from '../input/checks.js';
import { readFields } from '../input/fields.js';
import { filterBy, listReply } from '../query/list.js';
import type { ImageShape } from '../shapes.js';
import type { SnapshotRecord } from '../state/records.js';
import { formatTime } from '../time.js';
import { snapshotOf } from './lookup.js';

/** A snapshot or backup as the API shows it. */
export function renderSnapshot(image: SnapshotRecord): ImageShape {
  return {
    id: image.id,
    type: image.type,
    status: image.status,
    name: null,
    description: image.description,
    image_size: image.status === 'available' ? 1 : null,
    disk_size: image.diskSize,
    created: formatTime(image.created),
    created_from: image.createdFrom,
    bound_to: image.type === 'backup' ? image.createdFrom.id : null,
    os_flavor: image.osFlavor,
    os_version: image.osVersion,
    architecture: image.architecture,
    rapid_deploy: false,
    protection: image.protection,
    deprecated: null,
    deleted: null,
    labels: image.labels,
  };
}

/** Every image a project may use: system images, then its own. */
export function allImages(context: Pick<Context, 'offer' | 'project'>): ImageShape[] {
  return [...context.offer.images, ...[...context.project.snapshots.values()].map(renderSnapshot)];
}

function list(context: Context) {
  const { query } = context;
  const architecture = query.get('architecture');
  const withDeprecated = query.get('include_deprecated') === 'true';
  let images = allImages(context).filter(
    (image) =>
      (architecture === null || image.architecture === architecture) && (withDeprecated || image.deprecated === null),
  );
  images = filterBy(images, query, 'type', (image) => image.type);
  images = filterBy(images, query, 'status', (image) => image.status);
  images = filterBy(images, query, 'bound_to', (image) => String(image.bound_to));
  return listReply(context, {
    key: 'images',
    items: images,
    render: (image) => image,
    sort: { id: (image) => image.id, name: (image) => image.name ?? '', created: (image) => image.created },
    name: (image) => image.name,
    labels: (image) => image.labels,
  });
}

function one(context: Context) {
  const id = idParameter(context);
  const image = allImages(context).find((candidate) => candidate.id === id);
  if (image === undefined) throw notFound(`image with ID '${id}'`);
  return ok({ image });
}

function update(context: Context) {
  const image = snapshotOf(context);
  const fields = readFields(context.body);
  const description = fields.text('description');
  const type = fields.text('type', oneOf('snapshot'));
  const labels = fields.labels();
  fields.finish();
  image.description = description ?? image.description;
  image.type = type === 'snapshot' ? 'snapshot' : image.type;
  image.labels = labels ?? image.labels;
  return ok({ image: renderSnapshot(image) });
}

function remove(context: Context) {
  const image = snapshotOf(context);
  if (image.protection.delete) throw isProtected('image deletion');
  for (const server of context.project.servers.values()) {
    if (server.image === image.id) server.image = null;
  }
  context.project.snapshots.delete(image.id);
  return noContent;
}

function changeProtection(context: Context) {
  const image = snapshotOf(context);
  const fields = readFields(context.body);
  const value = fields.flag('delete');
  fields.finish();
  if (image.type !== 'snapshot') throw invalidField('delete', 'only snapshots can be protected');
  const action = beginAndRender(context, {
    command: 'change_protection',
    resources: [{ id: image.id, type: 'image' }],
    apply: () => {
      image.protection = { delete: value ?? image.protection.delete };
    },
  });
  return created({ action });
}

export const imageRoutes: readonly Route[] = [
  ...actionRoutes('images', 'image', (context) => snapshotOf(context).id),
  { method: 'GET', path: '/images', handle: list },
  { method: 'GET', path: '/images/{id}', handle: one },
  { method: 'PUT', path: '/images/{id}', handle: update },
  { method: 'DELETE', path: '/images/{id}', handle: remove },
  { method: 'POST', path: '/images/{id}/actions/change_protection', handle: changeProtection },
];
