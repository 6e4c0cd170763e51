/** Twice as fine as on a screen of 96 dots an inch, but no larger than a canvas may be. */
const wantedScale = 2;
/** https://developer.mozilla.org/en-US/docs/Web/HTML/Element/canvas#maximum_canvas_size */
const mostPixels = 16_384;

/**
 * The picture as PNG, with the colours that it has on this page.
 *
 * @returns base64; undefined when the browser cannot draw it
 */
export async function drawPng(svg: string, width: number, height: number): Promise<string | undefined> {
  const url = URL.createObjectURL(new Blob([withPageColors(svg)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const scale = Math.min(wantedScale, mostPixels / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d');
    if (context === null) return undefined;
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').split(',')[1];
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** An image knows nothing of the page's variables: they are written into it. */
function withPageColors(svg: string): string {
  const styles = getComputedStyle(document.body);
  const names = new Set([...svg.matchAll(/var\((--gp-(?!c-)[\w-]+)/g)].map(([, name = '']) => name));
  const values = [...names]
    .map((name) => `${name}:${styles.getPropertyValue(name).trim()}`)
    .filter((each) => !each.endsWith(':'));
  return svg.replace(/<style>/, `<style>:root{${values.join(';')}}`);
}
