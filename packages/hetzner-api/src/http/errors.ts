/** One field that was refused, as `details.fields` of `invalid_input` lists it. */
export interface RefusedField {
  readonly name: string;
  readonly messages: readonly string[];
}

/**
 * A refusal in Hetzner's format. Thrown by handlers, written by the listener as
 * `{"error": {"code", "message", "details"}}`. Codes and statuses follow https://docs.hetzner.cloud (Errors) and the
 * "Operation specific errors" of each operation; messages follow what users of the real API report.
 */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: object | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** 422 `invalid_input` about one or more fields. */
export function invalidFields(fields: readonly RefusedField[]): ApiError {
  const [first] = fields;
  const message =
    fields.length === 1 && first !== undefined
      ? `invalid input in field '${first.name}': ${first.messages.join(', ')}`
      : `invalid input in fields ${fields.map((field) => `'${field.name}'`).join(', ')}`;
  return new ApiError(422, 'invalid_input', message, { fields });
}

/** 422 `invalid_input` about one field. */
export function invalidField(name: string, message: string): ApiError {
  return invalidFields([{ name, messages: [message] }]);
}

/** 422 `invalid_input` that is about no single field. */
export function invalidInput(message: string): ApiError {
  return new ApiError(422, 'invalid_input', message, {});
}

/** 404 `not_found`. `what` reads like `server with ID '42'`. */
export function notFound(what: string): ApiError {
  return new ApiError(404, 'not_found', `${what} not found`);
}

/** 409 `uniqueness_error` about a field that must be unique. */
export function notUnique(message: string, field: string): ApiError {
  return new ApiError(409, 'uniqueness_error', message, { fields: [{ name: field }] });
}

/** 403 `resource_limit_exceeded`. `limit` is Hetzner's name of it, such as `server_limit`. */
export function limitExceeded(what: string, limit: string): ApiError {
  return new ApiError(403, 'resource_limit_exceeded', `${what} limit exceeded`, { limits: [{ name: limit }] });
}

/** 423 `protected`. `what` reads like `server deletion`. */
export function isProtected(what: string): ApiError {
  return new ApiError(423, 'protected', `${what} is protected`);
}

/** 423 `locked`: another action is running on it. */
export function isLocked(what: string): ApiError {
  return new ApiError(423, 'locked', `cannot perform operation because ${what} is locked`);
}

/** 409 `conflict`: it is being changed, the client may try again. */
export function conflict(what: string): ApiError {
  return new ApiError(409, 'conflict', `${what} is being changed by another operation, please retry`);
}

/** 422 with a code of its own, the form of all operation specific errors. */
export function refused(code: string, message: string): ApiError {
  return new ApiError(422, code, message);
}
