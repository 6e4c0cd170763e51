import type { Architecture, Deprecation } from '../types.js';
import {
  boolean,
  isDate,
  isObject,
  list,
  number,
  oneOf,
  optional,
  positive,
  type Reader,
  shape,
  text,
} from './reader.js';

/** An object of the API's answer to GET /locations. */
export interface ApiLocation {
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly network_zone: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** Money is a decimal in a string, before and after VAT; only the net amount is of interest. */
export interface ApiPrice {
  readonly net: number;
}

export interface ApiServerTypePrice {
  readonly location: string;
  readonly price_hourly: ApiPrice;
  readonly price_monthly: ApiPrice;
  /** Bytes a month. */
  readonly included_traffic?: number;
  readonly price_per_tb_traffic?: ApiPrice;
}

export interface ApiServerTypeLocation {
  readonly name: string;
  readonly available?: boolean;
  readonly recommended?: boolean;
  readonly deprecation?: Deprecation;
}

/** An object of the API's answer to GET /server_types. */
export interface ApiServerType {
  readonly name: string;
  readonly description: string;
  readonly category?: string;
  readonly cores: number;
  readonly memory: number;
  readonly disk: number;
  readonly architecture: Architecture;
  readonly cpu_type: 'shared' | 'dedicated';
  readonly locations: readonly ApiServerTypeLocation[];
  readonly prices: readonly ApiServerTypePrice[];
}

/** Floating and primary IPs, in GET /pricing. */
export interface ApiIpPrices {
  readonly type: string;
  readonly prices: readonly { readonly location: string; readonly price_monthly: ApiPrice }[];
}

/** What is inside the API's answer to GET /pricing. */
export interface ApiPricing {
  readonly currency: string;
  readonly volume: { readonly price_per_gb_month: ApiPrice };
  readonly image: { readonly price_per_gb_month: ApiPrice };
  readonly server_backup: { readonly percentage: number };
  readonly floating_ips: readonly ApiIpPrices[];
  readonly primary_ips: readonly ApiIpPrices[];
}

/** An object of the API's answer to GET /images. Only system images have a name. */
export interface ApiImage {
  readonly name?: string;
  readonly architecture: Architecture;
  readonly deprecated?: string;
}

const decimal: Reader<number> = (value, path, problems) => {
  const parsed = typeof value === 'string' && /^\d{1,12}(\.\d+)?$/.test(value) ? Number(value) : value;
  return number(parsed, path, problems);
};

/** The day of an RFC 3339 time. */
const day: Reader<string> = (value, path, problems) => {
  if (typeof value === 'string' && isDate(value.slice(0, 10))) return value.slice(0, 10);
  problems.push(`${path}: expected a time like 2025-12-31T23:59:59Z`);
  return undefined;
};

const price = shape<ApiPrice>({ net: decimal });

const apiDeprecation: Reader<Deprecation> = (value, path, problems) => {
  const read = shape<{ readonly announced: string; readonly unavailable_after: string }>({
    announced: day,
    unavailable_after: day,
  })(value, path, problems);
  return read && { announced: read.announced, unavailableAfter: read.unavailable_after };
};

export const apiLocation = shape<ApiLocation>({
  name: text,
  city: text,
  country: text,
  network_zone: text,
  latitude: number,
  longitude: number,
});

export const apiServerType = shape<ApiServerType>({
  name: text,
  description: text,
  category: optional(text),
  cores: positive,
  memory: positive,
  disk: positive,
  architecture: oneOf('arm', 'x86'),
  cpu_type: oneOf('dedicated', 'shared'),
  locations: list(
    shape<ApiServerTypeLocation>({
      name: text,
      available: optional(boolean),
      recommended: optional(boolean),
      deprecation: optional(apiDeprecation),
    }),
  ),
  prices: list(
    shape<ApiServerTypePrice>({
      location: text,
      price_hourly: price,
      price_monthly: price,
      included_traffic: optional(number),
      price_per_tb_traffic: optional(price),
    }),
  ),
});

const apiIpPrices = list(
  shape<ApiIpPrices>({
    type: text,
    prices: list(shape<ApiIpPrices['prices'][number]>({ location: text, price_monthly: price })),
  }),
);

export const apiPricing = shape<{ readonly pricing: ApiPricing }>({
  pricing: shape<ApiPricing>({
    currency: text,
    volume: shape<ApiPricing['volume']>({ price_per_gb_month: price }),
    image: shape<ApiPricing['image']>({ price_per_gb_month: price }),
    server_backup: shape<ApiPricing['server_backup']>({ percentage: decimal }),
    floating_ips: apiIpPrices,
    primary_ips: apiIpPrices,
  }),
});

export const apiImage = shape<ApiImage>({
  name: optional(text),
  architecture: oneOf('arm', 'x86'),
  deprecated: optional(text),
});

/** What could be read of a list in an answer, and the names of what could not. */
export interface ApiItems<T> {
  readonly items: readonly T[];
  readonly unreadable: ReadonlySet<string>;
}

/**
 * The list under `key` of an answer, item by item, so that one the API describes in a way not known here costs only itself.
 * Undefined if there is no such list.
 */
export function readItems<T>(
  answer: unknown,
  key: string,
  item: Reader<T>,
  problems: string[],
): ApiItems<T> | undefined {
  const given = isObject(answer) ? answer[key] : undefined;
  if (!Array.isArray(given)) {
    problems.push(`${key}: the answer has no list "${key}"`);
    return undefined;
  }
  const items: T[] = [];
  const unreadable = new Set<string>();
  given.forEach((one: unknown, index) => {
    const read = item(one, `${key}[${index}]`, problems);
    if (read !== undefined) items.push(read);
    else if (isObject(one) && typeof one.name === 'string') unreadable.add(one.name);
  });
  return { items, unreadable };
}
