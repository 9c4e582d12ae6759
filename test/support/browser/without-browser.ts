import { beforeEach, inject } from 'vitest';

// Every test of the project is skipped with the reason, which the closing lines repeat.
const chromium = inject('chromium');
if ('missing' in chromium) {
  beforeEach(({ skip }) => {
    if (chromium.wanted) throw new Error(chromium.missing);
    skip(chromium.missing);
  });
}
