import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../test/support/arbitrary-topology.js';
import type { Box, Point } from '../src/layout/geometry.js';
import type { Layout } from '../src/layout/layout.js';
import { layoutOf, samples, topology } from './support.js';

interface Segment {
  readonly net: string;
  readonly from: Point;
  readonly to: Point;
}

function segmentsOf({ edges }: Layout): Segment[] {
  return edges.flatMap(({ net, points }) =>
    points.slice(1).map((to, index) => ({ net, from: points[index] as Point, to })),
  );
}

/** Whether a level or upright piece of a line has a point inside of a box; its edge is not inside. */
function enters({ from, to }: Segment, { x, y, width, height }: Box): boolean {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return left < x + width && right > x && top < y + height && bottom > y;
}

/** The lines that run through a card or a tunnel, none of which should. */
function intrusions(layout: Layout): string[] {
  const boxes = [
    ...layout.cards.map(({ content, box }) => ({ id: content.node.id, box })),
    ...layout.tunnels.map(({ node, box }) => ({ id: node.id, box })),
  ];
  return segmentsOf(layout).flatMap((segment) =>
    boxes.filter(({ box }) => enters(segment, box)).map(({ id }) => `${segment.net} runs through ${id}`),
  );
}

/** Lines of different nets that lie upon each other, so that nobody could tell which is which. */
function overlaps(layout: Layout): string[] {
  const segments = segmentsOf(layout);
  const found = new Set<string>();
  for (const [index, one] of segments.entries()) {
    for (const other of segments.slice(index + 1)) {
      if (one.net !== other.net && areOnOneLine(one, other)) found.add([one.net, other.net].sort().join(' lies upon '));
    }
  }
  return [...found];
}

function areOnOneLine(one: Segment, other: Segment): boolean {
  const shared = (a: number, b: number, c: number, d: number) =>
    Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d));
  const isUpright = one.from.x === one.to.x;
  if (isUpright !== (other.from.x === other.to.x)) return false;
  return isUpright
    ? one.from.x === other.from.x && shared(one.from.y, one.to.y, other.from.y, other.to.y) > 0.5
    : one.from.y === other.from.y && shared(one.from.x, one.to.x, other.from.x, other.to.x) > 0.5;
}

function boxesThatOverlap({ cards, tunnels }: Layout): string[] {
  const boxes = [
    ...cards.map(({ content, box }) => [content.node.id, box] as const),
    ...tunnels.map(({ node, box }) => [node.id, box] as const),
  ];
  return boxes.flatMap(([id, box], index) =>
    boxes
      .slice(index + 1)
      .filter(
        ([, other]) =>
          box.x < other.x + other.width &&
          other.x < box.x + box.width &&
          box.y < other.y + other.height &&
          other.y < box.y + box.height,
      )
      .map(([other]) => `${id} covers ${other}`),
  );
}

function assertClean(layout: Layout): void {
  assert.deepEqual(boxesThatOverlap(layout), []);
  assert.deepEqual(intrusions(layout), []);
  assert.deepEqual(overlaps(layout), []);
  const diagonal = segmentsOf(layout).filter(({ from, to }) => from.x !== to.x && from.y !== to.y);
  assert.deepEqual(diagonal, []);
}

describe('lines between cards', () => {
  for (const { name, text } of samples) {
    it(`pass no card and lie upon no other in ${name}`, () => assertClean(layoutOf(text)));
  }

  it('pass no card when stacks are shown server by server', () => {
    const text = topology();
    assertClean(layoutOf(text, ['tier.north.app.web', 'tier.south.lb.edge']));
  });

  it('pass no card and lie upon no other in any topology', () => {
    fc.assert(
      fc.property(arbitraryTopology({ entities: 7, servers: 5 }), (text) => assertClean(layoutOf(text))),
      { numRuns: 150, endOnFailure: true },
    );
  });

  it('join the two that they speak of', () => {
    const layout = layoutOf(topology());
    const boxes = new Map(layout.cards.map(({ content, box }) => [content.node.id, box]));
    const touches = (point: Point | undefined, box: Box | undefined) =>
      point !== undefined &&
      box !== undefined &&
      point.x >= box.x &&
      point.x <= box.x + box.width &&
      point.y >= box.y &&
      point.y <= box.y + box.height;
    for (const { edge, points } of layout.edges) {
      assert.ok(touches(points[0], boxes.get(edge.from)), `${edge.from} → ${edge.to} begins elsewhere`);
      assert.ok(touches(points.at(-1), boxes.get(edge.to)), `${edge.from} → ${edge.to} ends elsewhere`);
    }
    assert.ok(layout.edges.length > 20);
  });
});
