import { expect, it } from 'vitest';
import { visibleFields } from '#domain/filing/catalogue.ts';
import { secondEdition } from '#test/support/scenes/second-edition.ts';
import type { FilingDetail } from '../filing-drafts.ts';
import { asCellFiling, partsOf } from '../fill/filing-form.ts';
import { oddPartsOf } from './odd-parts.ts';

const fields = visibleFields(secondEdition, { schoolType: '312' });

function detailOf(more: Partial<FilingDetail>): FilingDetail {
  const cells = { 跑道条数: { v: 6, n: 1 }, 走读生数: { v: 800, n: 1 }, 走读女生数: { v: 190, n: 1 } };
  const detail = {
    ...{ id: 'f1', school: { sections: ['campus'] }, cells, derived: {}, peers: {}, fields, can: {} },
    ...{ reference: { 跑道条数: 6, 走读生数: 400, 走读女生数: 190 }, findings: [], comments: [], changes: [] },
    ...{ openFields: null, ...more },
  };
  return detail as unknown as FilingDetail;
}

function read(more: Partial<FilingDetail> = {}) {
  const detail = detailOf(more);
  const { odd, rest, folded } = oddPartsOf(detail, partsOf(secondEdition, fields, asCellFiling(detail), undefined));
  const keys = (parts: typeof odd) =>
    parts.flatMap(({ blocks }) => blocks.flatMap((block) => block.fields.map(({ key }) => key)));
  return { odd: keys(odd), rest: keys(rest), folded };
}

it('what doubled and what has nothing to compare with is read first, what is as last year is folded', () => {
  expect(read()).toEqual({
    odd: ['走读生数', '寄宿生数', '篮球个数'],
    rest: ['跑道条数', '走读女生数', '走读男生数'],
    folded: 3,
  });
});

it('a finding, an open comment and a change since the approval bring a field forward', () => {
  const doubt = { code: 'change', weight: 'soft' as const, sentence: '变化大', explanation: '经核实' };
  expect(read({ findings: [{ ...doubt, fields: ['跑道条数'] }] }).rest).not.toContain('跑道条数');
  expect(read({ changes: [{ field: '走读女生数', before: 1, after: 190 }] }).rest).not.toContain('走读女生数');
  const comment = { id: 'c', field: '跑道条数', resolvedAt: null } as FilingDetail['comments'][number];
  expect(read({ comments: [comment] }).rest).not.toContain('跑道条数');
  expect(read({ comments: [{ ...comment, resolvedAt: '2025-10-15T02:00:00Z' }] }).rest).toContain('跑道条数');
});
