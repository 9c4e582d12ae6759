import { expect, it } from 'vitest';
import { inFormOrder } from './form-order.ts';

it('fields that were named one after the other stand as in the form; what the form no longer has comes last', () => {
  const form = ['在校生数', '班级数', '图书册数'].map((key) => ({ key }));
  expect(inFormOrder(['图书册数', '旧项', '在校生数', '图书册数'], form)).toEqual(['在校生数', '图书册数', '旧项']);
});
