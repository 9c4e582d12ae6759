import { expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { editionUnfitFor } from './edition-fits.ts';

const school = (type: string | undefined) => (name: string) => (name === '办学类型' ? type : undefined);

it('an edition is for the subjects that its condition names, and says which where one is not', () => {
  const prepared = preparedFramework('quality-school-sample');
  expect(editionUnfitFor(prepared, school('211'))).toBeNull();
  const unfit = editionUnfitFor(prepared, school('218'));
  expect(unfit).toMatch(/^不在指标体系的适用范围（办学类型 属于 \(.*小学/);
  expect(unfit).not.toContain('211');
});

it('what is not known of a subject speaks against nobody, and an edition without a condition is for all', () => {
  expect(editionUnfitFor(preparedFramework('quality-school-sample'), school(undefined))).toBeNull();
  expect(editionUnfitFor(preparedFramework('county-inspection-sample'), school('218'))).toBeNull();
});
