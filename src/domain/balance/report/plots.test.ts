import { describe, expect, it } from 'vitest';
import type { Drawing, Mark } from '../../plot/drawing.ts';
import { drawingWidth } from '../../report/report.ts';
import { coursePlot, limitPlot, stripPlot } from './plots.ts';

const words = { dot: '达到', hollow: '低于', mean: '均值', rule: '标准值' };
const school = (value: number, isBeyond = false) => ({ value, pupils: 300, isBeyond });
const ofKind = <Kind extends Mark['kind']>({ marks }: Drawing, kind: Kind) =>
  marks.filter((mark): mark is Extract<Mark, { kind: Kind }> => mark.kind === kind);
const labels = (drawing: Drawing) => ofKind(drawing, 'label').map(({ text }) => text);
/** The dots that stand for schools: those of the key come first. */
const schools = (drawing: Drawing) => ofKind(drawing, 'dot').slice(2);

describe('the strips', () => {
  const row = { name: '教学用房', unit: '平方米/生', mean: 5, threshold: 4.5 };

  it('have a dot for each school, hollow on the wrong side, the farther right the larger its value', () => {
    const drawn = schools(stripPlot([{ ...row, schools: [school(3, true), school(5), school(8)] }], words));
    expect(drawn.map(({ fill }) => fill)).toEqual(['white', 'grey', 'grey']);
    const xs = drawn.map(({ at: [x] }) => x);
    expect(xs).toEqual([...xs].sort((one, other) => one - other));
  });

  it('put what is far beyond all others at the edge and count it', () => {
    const drawing = stripPlot([{ ...row, schools: [school(5), school(5), school(60)] }], words);
    expect(labels(drawing)).toContain('另有 1 个在图外 →');
    for (const { at, radius } of ofKind(drawing, 'dot')) expect(at[0] + radius).toBeLessThanOrEqual(drawingWidth);
  });

  it('say where there is nothing to draw', () => {
    const drawing = stripPlot([{ ...row, mean: null, schools: [] }], words);
    expect(labels(drawing)).toContain('没有数据');
    expect(schools(drawing)).toEqual([]);
  });
});

describe('the bars', () => {
  const rows = [
    { name: '甲', cv: 0.3, limit: 0.5, isOver: false },
    { name: '乙', cv: 0.6, limit: 0.5, isOver: true },
    { name: '丙', cv: null, limit: 0.5, isOver: false },
  ];

  it('are black beyond the limit, and one that cannot be computed has words and no bar', () => {
    const drawing = limitPlot([{ name: '小学', rows }]);
    const bars = ofKind(drawing, 'bar');
    expect(bars.map(({ fill }) => fill)).toEqual(['light', 'black']);
    expect(bars[1]!.width / bars[0]!.width).toBeCloseTo(2);
    expect(labels(drawing)).toContain('无法计算');
    expect(labels(drawing)).toContain('限值 0.50');
  });

  it('have a limit of their own where the limits differ', () => {
    const own = [{ ...rows[0]!, limit: null }, rows[1]!];
    const drawing = limitPlot([{ name: '小学', rows: own }]);
    expect(labels(drawing).filter((text) => text === '限值 0.50')).toHaveLength(1);
    const [from, to] = ofKind(drawing, 'line').find(({ stroke }) => stroke.dashed)!.points;
    expect(to![1] - from![1]).toBeLessThan(15);
  });
});

describe('the course', () => {
  it('joins the years that have a coefficient and names each', () => {
    const points = [
      { year: 2023, cv: 0.412 },
      { year: 2024, cv: null },
      { year: 2025, cv: 0.398 },
    ];
    const drawing = coursePlot([{ name: '甲', limit: 0.5, points }]);
    expect(labels(drawing)).toEqual(['甲', '0.412', '0.398', '2023', '2024', '2025']);
    expect(ofKind(drawing, 'dot')).toHaveLength(2);
  });
});
