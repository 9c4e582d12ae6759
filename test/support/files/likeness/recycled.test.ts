import { expect, it } from 'vitest';
import { copyKinds } from './evidence-set.ts';
import { measureRecycled } from './recycled.ts';

/** The whole set is measured by `npm run bench -- --only evidence`. */
const share = 0.3;

it('of each kind of copy 19 of 20 are told, and of a hundred files at most one is told wrongly', async () => {
  const { files, recall, falseAlarms, missed, astray } = await measureRecycled('evidence', share);
  const shown = copyKinds.map((kind) => `${kind} ${recall[kind].toFixed(3)}`).join(', ');
  process.stdout.write(`recycled evidence, ${files} files: recall ${shown}; false alarms ${falseAlarms.toFixed(3)}\n`);
  for (const kind of copyKinds) expect(recall[kind], `${kind}: ${missed.join(', ')}`).toBeGreaterThanOrEqual(0.95);
  expect(falseAlarms, JSON.stringify(astray)).toBeLessThanOrEqual(0.01);
}, 240_000);
