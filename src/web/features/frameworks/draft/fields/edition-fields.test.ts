import { expect, it } from 'vitest';
import { prepare } from '#test/reference/frameworks/read-frameworks.ts';
import { indicatorOf, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import { wholeLists } from './edition-fields.ts';
import { type Part, type PartField, withPart } from './part-fields.ts';

type Rows = Extract<PartField, { kind: 'rows' }>;

it('a relaxation is given another value by hand, and the edition takes it', () => {
  const list: Rows = wholeLists.find(({ key }) => key === 'relaxations')! as Rows;
  const replace = list.fields.find(({ key }) => key === 'replace')!;
  if (replace.kind !== 'group') throw new Error('the relaxation has no group of what it replaces');
  const method = replace.fields.find(({ key }) => key === 'method')!;
  if (method.kind !== 'group') throw new Error('the relaxation has no value');
  const eased: Part = { ...method.empty, compare: '<=', value: 2400 };
  const strict = { kind: 'threshold', compare: '<=', value: 2000, unmet: 0 } as const;
  const { edition } = smallEdition([indicatorOf('C1', null, 10, { method: strict })]);
  const row = { ...list.empty, codes: ['C1'], replace: withPart({}, method, eased), until: '2028-12-31' };
  const written = { ...edition, relaxations: [{ ...row, basis: '规程', duty: '逐年跟踪' }] };
  expect(prepare(written).relaxations[0]!.leaves[0]!.indicator.method).toEqual({ ...strict, value: 2400 });
});
