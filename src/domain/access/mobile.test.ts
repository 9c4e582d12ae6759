import { expect, it } from 'vitest';
import { maskedMobile, mobileNumber } from './mobile.ts';

it('a mobile number is known however it is typed, and nothing else is one', () => {
  for (const typed of [
    '13800001234',
    ' 138 0000 1234',
    '+86 138-0000-1234',
    '008613800001234',
    '１３８００００１２３４',
  ]) {
    expect(mobileNumber(typed)).toBe('13800001234');
  }
  for (const typed of ['', 'wang', '1380000123', '138000012345', '12800001234', '0595-22000009', '138.0000.1234']) {
    expect(mobileNumber(typed)).toBeNull();
  }
});

it('is shown by its first three and its last four digits', () => {
  expect(maskedMobile('13800001234')).toBe('138****1234');
});
