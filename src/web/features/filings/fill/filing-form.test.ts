import { expect, it } from 'vitest';
import { sectionsOf, visibleFields } from '#domain/filing/catalogue.ts';
import { secondEdition } from '#test/support/scenes/second-edition.ts';
import type { CellFiling } from '../filing-cell.ts';
import { partFault, partsOf } from './filing-form.ts';

const formOf = (schoolType: string) => {
  const filing: CellFiling = {
    ...{ id: 'f1', school: { sections: sectionsOf(secondEdition, schoolType) }, cells: { 跑道条数: { v: 6, n: 1 } } },
    ...{ derived: {}, reference: {}, findings: [], openFields: null, editable: true, comments: {} },
  };
  return partsOf(secondEdition, visibleFields(secondEdition, { schoolType }), filing, undefined).map((part) => [
    `${part.group} ${part.filled}/${part.required}`,
    ...part.blocks.map(({ heading, fields }) => `${heading}：${fields.map(({ label }) => label).join('、')}`),
  ]);
};

it('a form has the groups of its edition, and names a section where it is not the whole school’s alone', () => {
  expect(formOf('312')).toEqual([
    ['场地 1/1', '：跑道条数'],
    ['器材与人员 0/4', '走读部：学生数、女生数、男生数', '寄宿部：学生数', '校园：篮球个数'],
  ]);
  expect(formOf('345')).toEqual([
    ['场地 1/1', '：跑道条数'],
    ['器材与人员 0/1', '：篮球个数'],
  ]);
});

it('a part with an error or an unexplained doubt says so, however full it is', () => {
  const doubt = {
    code: 'change',
    weight: 'soft' as const,
    fields: ['跑道条数'],
    sentence: '变化大',
    explanation: null,
  };
  const fault = (...findings: CellFiling['findings']) => {
    const filing: CellFiling = {
      ...{ id: 'f1', school: { sections: sectionsOf(secondEdition, '345') }, cells: { 跑道条数: { v: 6, n: 1 } } },
      ...{ derived: {}, reference: {}, findings, openFields: null, editable: true, comments: {} },
    };
    const [part] = partsOf(secondEdition, visibleFields(secondEdition, { schoolType: '345' }), filing, undefined);
    return [part!.filled === part!.required, partFault(part!)];
  };
  expect(fault()).toEqual([true, null]);
  expect(fault({ ...doubt, weight: 'hard' })).toEqual([true, '1 处错误']);
  expect(fault(doubt, { ...doubt, code: 'minimum', weight: 'hard' })).toEqual([true, '1 处错误，1 处疑点待说明']);
  expect(fault({ ...doubt, explanation: '经核实' })).toEqual([true, null]);
});
