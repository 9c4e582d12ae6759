import { expect, it } from 'vitest';
import type { FilingDetail } from '../filing-drafts.ts';
import { isDecided } from './decided.ts';

type Steps = FilingDetail['steps'];
const stepsOf = (...acts: Array<[action: string, fields?: string[]]>) =>
  acts.map(([action, fields = null]) => ({ action, fields })) as unknown as Steps;

it('is over once it was accepted, or wholly sent back', () => {
  expect(isDecided({ state: 'accepted', returned: false, steps: stepsOf(['submit'], ['approve']) })).toBe(true);
  expect(isDecided({ state: 'draft', returned: true, steps: stepsOf(['submit'], ['return']) })).toBe(true);
  expect(isDecided({ state: 'draft', returned: true, steps: stepsOf(['return', ['图书册数']], ['return']) })).toBe(
    true,
  );
});

it('goes on while some post can still return it, or the school sends it again', () => {
  expect(isDecided({ state: 'submitted', returned: false, steps: stepsOf(['return'], ['submit']) })).toBe(false);
  expect(isDecided({ state: 'approved', returned: false, steps: stepsOf(['submit'], ['approve']) })).toBe(false);
  // Further fields may be sent back.
  expect(isDecided({ state: 'draft', returned: true, steps: stepsOf(['return', ['图书册数']]) })).toBe(false);
  expect(isDecided({ state: 'draft', returned: false, steps: stepsOf(['submit'], ['withdraw']) })).toBe(false);
});
