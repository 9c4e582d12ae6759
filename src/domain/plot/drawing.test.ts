import { describe, expect, it } from 'vitest';
import { type Drawing, outlinesOf, svgOf } from './drawing.ts';

const stroke = { shade: 'grey', width: 0.5 } as const;
const drawing: Drawing = {
  width: 100,
  height: 40,
  marks: [
    {
      kind: 'line',
      points: [
        [0, 20],
        [100, 20],
      ],
      stroke,
    },
    { kind: 'dot', at: [10, 20], radius: 2, fill: 'black', stroke: null },
    { kind: 'label', at: [0, 5], text: '<a>', size: 8, align: 'left' },
    { kind: 'dot', at: [30, 12.345], radius: 3, fill: 'black', stroke: null },
    { kind: 'bar', at: [5, 30], width: 20, height: 4, fill: 'white', stroke },
    {
      kind: 'line',
      points: [
        [50, 0],
        [50, 40],
      ],
      stroke: { ...stroke, dashed: true },
    },
  ],
};

describe('a drawing', () => {
  it('becomes one outline a style, with the box around it, in the order of the first mark', () => {
    const outlines = outlinesOf(drawing);
    expect(outlines.map(({ paths }) => paths.join(''))).toEqual([
      'M0 20L100 20',
      'M8 20A2 2 0 1 1 12 20A2 2 0 1 1 8 20ZM27 12.35A3 3 0 1 1 33 12.35A3 3 0 1 1 27 12.35Z',
      'M5 30H25V34H5Z',
      'M50 0L50 40',
    ]);
    expect(outlines[1]).toMatchObject({ left: 8, top: 9.345, right: 33, bottom: 22, fill: 'black', stroke: null });
  });

  it('is a picture without its labels', () => {
    const svg = svgOf(drawing);
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 100 40">/);
    expect(svg.match(/<path /g)).toHaveLength(4);
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
    expect(svg).not.toContain('a>');
  });
});
