import { expect, it } from 'vitest';
import { KnownPeople } from './known-people.plan.ts';

const person = (name: string, certificateNumber: string | null = null, kind = 'responsible') => ({
  ...{ name, kind, certificateNumber },
});

it('a person is the same by name and kind, and by the certificate where both have one', () => {
  const known = new KnownPeople([person('林一', '甲1'), person('陈二')]);
  expect(known.same(person('林一'))).toEqual(person('林一', '甲1'));
  expect(known.same(person('林一', '甲1'))).toEqual(person('林一', '甲1'));
  expect(known.same(person('林一', '甲2'))).toBeUndefined();
  expect(known.same(person('林一', '甲1', 'expert'))).toBeUndefined();
  expect(known.same(person('陈二', '甲3'))).toEqual(person('陈二'));
  expect(known.withCertificate(person('王三', '甲1'))?.name).toBe('林一');
});
