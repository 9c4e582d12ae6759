import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spreadLabels } from './spread-labels.ts';

it('leaves labels where they are that have room', () => {
  expect(spreadLabels([50, 10, 90], 12, [0, 100])).toEqual([50, 10, 90]);
});

it('moves labels apart around their places, and back into the room', () => {
  expect(spreadLabels([20, 20, 20], 10, [0, 100])).toEqual([10, 20, 30]);
  expect(spreadLabels([5, 5], 10, [0, 100])).toEqual([0, 10]);
  expect(spreadLabels([95, 96, 97], 10, [0, 100])).toEqual([80, 90, 100]);
});

it('keeps the order and the gap of any labels', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 15 }), (places) => {
      const placed = spreadLabels(places, 12, [0, 200]);
      const order = places.map((_, at) => at).sort((one, other) => places[one]! - places[other]! || one - other);
      for (let at = 1; at < order.length; at += 1) {
        expect(placed[order[at]!]! - placed[order[at - 1]!]!).toBeGreaterThanOrEqual(12 - 1e-9);
      }
    }),
  );
});
