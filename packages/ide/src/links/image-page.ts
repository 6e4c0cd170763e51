interface ImagePage {
  /** What people call the registry. */
  readonly registry: string;
  readonly url: string;
}

/**
 * The page that shows a container image to people, for registries that have public ones at a known address; undefined for others. The
 * addresses are those that the registries' own sites use; ghcr.io itself leads to the page of the package at GitHub.
 */
export function imagePage(image: string): ImagePage | undefined {
  const name = image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  if (!/^[a-z0-9]([a-z0-9._/:-]*[a-z0-9])?$/.test(name)) return undefined;
  const [first = '', ...rest] = name.split('/');
  const hasRegistry = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const registry = hasRegistry ? first : 'docker.io';
  const path = hasRegistry ? rest : [first, ...rest];
  switch (registry) {
    case 'docker.io':
    case 'index.docker.io':
      return dockerHub(path);
    case 'ghcr.io':
      return { registry: 'GitHub', url: `https://ghcr.io/${path.join('/')}` };
    case 'quay.io':
      return path.length === 2 ? { registry: 'Quay', url: `https://quay.io/repository/${path.join('/')}` } : undefined;
    case 'public.ecr.aws':
      return path.length === 2
        ? { registry: 'Amazon ECR Public', url: `https://gallery.ecr.aws/${path.join('/')}` }
        : undefined;
    default:
      return undefined;
  }
}

/** Images without an owner are Docker's own, which lie under `library`. */
function dockerHub(path: readonly string[]): ImagePage | undefined {
  const [owner = '', name] = path;
  if (path.length > 2) return undefined;
  const own = name === undefined ? owner : owner === 'library' ? name : undefined;
  const url = own === undefined ? `https://hub.docker.com/r/${owner}/${name}` : `https://hub.docker.com/_/${own}`;
  return { registry: 'Docker Hub', url };
}
