import { expect, it } from 'vitest';
import { besidesOf, mentionsOf } from '#test/support/feature-names.ts';
import { codeOf, productFiles } from '#test/support/sources.ts';
import { features } from '../../../src/server/app/features.ts';

/**
 * How many files outside its own folders must change when a feature is deleted. These files import its modules, or name
 * its routes, jobs, tables, views, refusals, permissions or kinds of lines. The kinds of its acts in the audit do not
 * count: the core records acts too, and a feature has their words.
 */
const goal = 12;

/** A name that stands in a text as an example, or is a word for another thing there, and names the feature to nobody. */
const examples: Readonly<Record<string, string>> = {
  'src/contract/openapi.ts': 'filing.locked',
  // What the check of a filing found.
  'src/web/features/filings/filing-drafts.ts': 'findings',
  'src/web/features/filings/period/FilingTable.tsx': 'findings',
  // What an opinion found, of which the ledger is told later.
  'src/web/features/evaluations/evaluation-reply.ts': 'findings',
};

it.each(features.map((feature) => [feature.name, feature] as const))(
  'deleting %s changes fewer than twelve files outside its own folders',
  (name, feature) => {
    const homes = besidesOf(name);
    const outside = productFiles().filter((file) => !homes.some((home) => file.startsWith(home)));
    expect(outside.length).toBeGreaterThan(200);
    const touched = outside.flatMap((file) => {
      const mentions = mentionsOf(file, feature).filter((mention) => examples[file] !== mention);
      return mentions.length === 0 ? [] : [`${file}: ${mentions.join(', ')}`];
    });
    expect(touched.length, `${touched.length} files:\n  ${touched.join('\n  ')}`).toBeLessThan(goal);
  },
);

it('every example is still written where it is listed', () => {
  for (const [file, name] of Object.entries(examples)) expect(codeOf(file), file).toContain(name);
});
