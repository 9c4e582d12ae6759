import { expect, it } from 'vitest';
import { dropOf, moveOf, offeredCode } from './tree-moves.ts';

const nodes = [
  { code: 'A1', parent: null },
  { code: 'B1', parent: 'A1' },
  { code: 'B2', parent: 'A1' },
  { code: 'B3', parent: 'A1' },
  { code: 'A2', parent: null },
];

it('the keys move an indicator among its siblings, out of its parent and into the sibling before it', () => {
  expect(moveOf(nodes, 'B2', 'up')).toEqual({ parent: 'A1', before: 'B1' });
  expect(moveOf(nodes, 'B1', 'up')).toBeNull();
  expect(moveOf(nodes, 'B1', 'down')).toEqual({ parent: 'A1', before: 'B3' });
  expect(moveOf(nodes, 'B2', 'down')).toEqual({ parent: 'A1', before: null });
  expect(moveOf(nodes, 'B3', 'down')).toBeNull();
  expect(moveOf(nodes, 'B2', 'in')).toEqual({ parent: 'B1', before: null });
  expect(moveOf(nodes, 'B1', 'in')).toBeNull();
  expect(moveOf(nodes, 'B2', 'out')).toEqual({ parent: null, before: 'A2' });
  expect(moveOf(nodes, 'A2', 'out')).toBeNull();
});

it('what is dragged goes in front of what it is dropped onto, or below it', () => {
  expect(dropOf(nodes, 'B2', 'before')).toEqual({ parent: 'A1', before: 'B2' });
  expect(dropOf(nodes, 'A2', 'below')).toEqual({ parent: 'A2', before: null });
});

it('a free code is offered of the kind of its siblings', () => {
  expect(offeredCode(nodes, 'A1')).toBe('B4');
  expect(offeredCode(nodes, null)).toBe('A3');
  expect(offeredCode(nodes, 'B1')).toBe('C1');
  expect(
    offeredCode(
      [
        { code: '1', parent: null },
        { code: '1.1', parent: '1' },
      ],
      '1',
    ),
  ).toBe('1.2');
  expect(offeredCode([{ code: '1', parent: null }], '1')).toBe('1.1');
});
