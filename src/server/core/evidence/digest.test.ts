import { expect, it } from 'vitest';
import { digestOf, digestOfBytes } from './digest.ts';

it('spells a value as RFC 8785 does, before it is hashed', () => {
  // The example of section 3.2.2, with its numbers and its text as ECMAScript reads them.
  const example = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`);
  const spelling =
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
    '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
  expect(digestOf(example)).toBe(digestOfBytes(spelling));
});

it('does not depend on the order of keys, but depends on the order of lists', () => {
  expect(digestOf({ b: 1, a: [1, 2] })).toBe(digestOf({ a: [1, 2], b: 1 }));
  expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]));
});

it('knows the digest of nothing', () => {
  expect(digestOfBytes(new Uint8Array())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
