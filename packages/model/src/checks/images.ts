import { type Catalog, findImage, type Image } from '@groundplan/catalog';
import type { Fix } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { fix, setSourced, setValue } from '../edits.js';
import type { Model } from '../model.js';
import { isIntended } from './left-out.js';

/** The image that `current` should become to have what `fits` asks for: one of the same distribution if there is one. */
export function fittingImage(catalog: Catalog, current: string, fits: (image: Image) => boolean): string | undefined {
  const distribution = current.slice(0, current.indexOf('-'));
  const fitting = catalog.images.filter(fits).map(({ name }) => name);
  return fitting.find((name) => name.startsWith(`${distribution}-`)) ?? fitting[0];
}

/** What the topology's image brings along; undefined when the image is not known. */
export function imageOf({ image }: Model, tree: SyntaxTree, catalog: Catalog): Image | undefined {
  return isIntended(tree, image, [], 'image') ? findImage(catalog, image.value) : undefined;
}

/** Writes another image, behind the name where none is written. */
export function useImage(model: Model, tree: SyntaxTree, image: string | undefined): Fix[] {
  if (image === undefined) return [];
  const edits =
    model.image.origin.kind === 'default'
      ? setValue(tree, ['image'], image, 'name')
      : setSourced(tree, model.image, ['image'], image);
  return fix(`Use the image ${image}`, edits);
}
