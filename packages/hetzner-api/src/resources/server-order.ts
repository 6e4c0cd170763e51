import { ApiError, invalidField, invalidInput } from '../http/errors.js';
import type { Context } from '../http/route.js';
import type { Reference } from '../input/fields.js';
import { locationNamed } from '../offer/offer.js';
import type { ImageShape, LocationShape, ServerTypeShape } from '../shapes.js';
import { allImages } from './images.js';
import { describeReference, findByReference, requireLocation } from './lookup.js';

/** The server type a request names; 422 `invalid_input` if there is none. */
export function requireServerType(context: Context, reference: Reference): ServerTypeShape {
  const type = findByReference(context.offer.serverTypes, reference);
  if (type === undefined) {
    throw invalidField('server_type', `server type '${describeReference(reference)}' not found`);
  }
  return type;
}

/**
 * The image a request names, for an architecture: a name stands for one image per architecture, so that the fitting one
 * is taken; an id of another architecture is refused, and so is an image that is not available or too large.
 */
export function requireImage(
  context: Context,
  reference: Reference,
  type: ServerTypeShape,
  diskSize: number,
): ImageShape {
  const images = allImages(context);
  const fitting = images.filter((image) => image.architecture === type.architecture);
  const image = findByReference(fitting, reference) ?? findByReference(images, reference);
  if (image === undefined) throw invalidField('image', `image '${describeReference(reference)}' not found`);
  if (image.architecture !== type.architecture) {
    throw invalidInput(
      `image architecture ${image.architecture} does not fit server type architecture ${type.architecture}`,
    );
  }
  if (image.status !== 'available') throw invalidField('image', 'is not available');
  if (image.disk_size > diskSize) throw invalidField('image', `needs a disk of ${image.disk_size} GB`);
  return image;
}

/** Where a new server goes: the location asked for, or the first one in which the type can be had. */
export function chooseLocation(
  context: Context,
  reference: Reference | undefined,
  type: ServerTypeShape,
): LocationShape {
  if (reference !== undefined) return requireLocation(context, 'location', reference);
  const sold = type.locations.find((location) => location.available && !isGone(location, context.now));
  if (sold === undefined) throw unavailable();
  return locationNamed(context.offer, sold.name);
}

/**
 * Refuses a type that is not sold in a location (`invalid_input`, "unsupported location for server type"), is no longer
 * sold there, or is out of stock (412 `resource_unavailable`). A type whose end is announced is still sold.
 */
export function refuseUnsold(context: Context, type: ServerTypeShape, location: string): void {
  const offer = type.locations.find((candidate) => candidate.name === location);
  if (offer === undefined) throw invalidInput('unsupported location for server type');
  if (isGone(offer, context.now)) throw invalidInput(`server type ${type.name} is deprecated`);
  if (!offer.available) throw unavailable();
}

/** Whether the day has come from which a type is no longer sold in a location. */
export function isGone(location: ServerTypeShape['locations'][number], now: number): boolean {
  return location.deprecation !== null && Date.parse(location.deprecation.unavailable_after) <= now;
}

function unavailable(): ApiError {
  return new ApiError(412, 'resource_unavailable', 'error during placement');
}
