import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { axisEnd, linear, tickDecimals, ticks } from '#domain/plot/scale.ts';
import { swarm } from '#domain/plot/swarm.ts';
import { SparkBars } from './SparkBars.tsx';
import { placeDots } from './strip-layout.ts';

describe('axis', () => {
  it('has round ticks that stay inside', () => {
    expect(ticks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(ticks(0, 0.63, 6)).toEqual([0, 0.2, 0.4, 0.6]);
    expect(ticks(3, 3, 4)).toEqual([3]);
    expect(tickDecimals([0, 0.25, 0.5])).toBe(2);
    expect(tickDecimals([0, 2000])).toBe(0);
  });

  it('keeps far outliers from squeezing the rest', () => {
    expect(axisEnd([1, 2, 3], [2])).toBeCloseTo(3.12);
    expect(axisEnd([1, 2, 40], [2])).toBe(6);
    expect(axisEnd([], [])).toBe(1);
    expect(linear([0, 10], [0, 100])(5)).toBe(50);
    expect(linear([1, 1], [0, 100])(1)).toBe(50);
  });
});

describe('swarm', () => {
  const dots = Array.from({ length: 40 }, (_, index) => ({ x: (index * 7) % 60, radius: 2 + (index % 5) }));

  it('lets no two dots overlap where there is room', () => {
    const heights = swarm(dots, 1000);
    for (let a = 0; a < dots.length; a += 1) {
      for (let b = a + 1; b < dots.length; b += 1) {
        const distance = Math.hypot(dots[a]!.x - dots[b]!.x, heights[a]! - heights[b]!);
        expect(distance).toBeGreaterThanOrEqual(dots[a]!.radius + dots[b]!.radius - 1e-6);
      }
    }
  });

  it('stays within its height and is the same every time', () => {
    const heights = swarm(dots, 30);
    expect(Math.max(...heights.map((height, index) => Math.abs(height) + dots[index]!.radius))).toBeLessThanOrEqual(
      30.001,
    );
    expect(swarm(dots, 30)).toEqual(heights);
  });
});

describe('on which side of its limit a figure lies', () => {
  it('a bar shows the exact decision, not the comparison of doubles', () => {
    const bar = { name: '图书', value: 0.5 + 2 ** -53 * 2, limit: 0.5 };
    const draw = (pass: boolean) => renderToStaticMarkup(createElement(SparkBars, { bars: [{ ...bar, pass }] }));
    expect(draw(true)).toContain('图书 0.500，不高于 0.50');
    expect(draw(false)).toContain('图书 0.500，高于 0.50');
  });

  it('a dot has the colour of the decision; a nameless dot has the colour of its value', () => {
    const at = (value: number, standing?: 'holds' | 'look' | 'fails') =>
      placeDots({
        dots: [{ id: 'a', label: 'a', value, weight: 1, ...(standing ? { standing } : {}) }],
        weighted: false,
        mean: null,
        threshold: 25,
        floor: 21.25,
        width: 600,
      }).placed[0]?.tone;
    expect(at(25 - 2 ** -48, 'holds')).toBe('holds');
    expect(at(25 - 2 ** -48)).toBe('look');
    expect(at(25)).toBe('holds');
    expect(at(21)).toBe('fails');
  });
});
