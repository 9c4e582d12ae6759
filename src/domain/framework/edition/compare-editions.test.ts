import { expect, it } from 'vitest';
import type { Edition, Indicator } from '../edition.ts';
import { compareEditions } from './compare-editions.ts';

const leaf = (code: string, parent: string | null = null, rest: Partial<Indicator> = {}): Indicator => ({
  code,
  parent,
  title: `指标${code}`,
  points: 1,
  ...rest,
});
const edition = (indicators: Indicator[], rest: Partial<Edition> = {}): Edition => ({
  key: 'example',
  title: '示例',
  edition: '1',
  authority: 'sample',
  documents: [],
  subject: 'county',
  notApplicable: 'rebase',
  max: null,
  decimals: 2,
  indicators,
  gaps: [],
  vetoes: [],
  caps: [],
  downgrades: [],
  conclusions: [],
  ...rest,
});
const changes = (older: Indicator[], newer: Indicator[]) => compareEditions(edition(older), edition(newer)).indicators;

it('equal editions do not differ', () => {
  expect(compareEditions(edition([leaf('A')]), edition([leaf('A')], { edition: '2' }))).toEqual({
    indicators: [],
    rules: [],
  });
});

it('names what was added and removed', () => {
  expect(changes([leaf('A'), leaf('B')], [leaf('A'), leaf('C')])).toEqual([
    { code: 'C', change: 'added', title: '指标C' },
    { code: 'B', change: 'removed', title: '指标B' },
  ]);
});

it('names changed points, words and methods apart', () => {
  const newer = leaf('A', null, { points: 2, title: '新名', method: { kind: 'yesNo', yes: 2, no: 0 } });
  expect(changes([leaf('A')], [newer])).toEqual([
    { code: 'A', change: 'changed', title: '新名', points: { from: 1, to: 2 }, texts: ['title'], scoring: true },
  ]);
});

it('an indicator under another parent has moved', () => {
  const older = [leaf('A'), leaf('B'), leaf('A1', 'A')];
  expect(changes(older, [leaf('A'), leaf('B'), leaf('A1', 'B')])).toEqual([
    { code: 'A1', change: 'changed', title: '指标A1', moved: { from: 'A', to: 'B', order: false } },
  ]);
});

it('one indicator that passes others is one change', () => {
  const order = (...codes: string[]) => codes.map((code) => leaf(code));
  expect(changes(order('A', 'B', 'C', 'D'), order('D', 'A', 'B', 'C'))).toEqual([
    { code: 'D', change: 'changed', title: '指标D', moved: { from: null, to: null, order: true } },
  ]);
});

it('names the rules that differ', () => {
  const veto = { code: 'V1', text: '否决', when: 'total<1', lookBackYears: 1 };
  expect(compareEditions(edition([]), edition([], { vetoes: [veto], max: 10 })).rules).toEqual(['max', 'vetoes']);
});
