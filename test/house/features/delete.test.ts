import { expect, it } from 'vitest';
import { homesOf, mentionsOf } from '#test/support/feature-names.ts';
import { productFiles } from '#test/support/sources.ts';
import { features } from '../../../src/server/app/features.ts';

/**
 * How many files outside its own folders must change when a feature is deleted. These files import its modules, or name
 * its routes, jobs, tables, views, permissions or kinds of lines.
 */
const goal = 12;

it.each(features.map((feature) => [feature.name, feature] as const))(
  'deleting %s changes fewer than twelve files outside its own folders',
  (name, feature) => {
    const outside = productFiles().filter((file) => !homesOf(name).some((home) => file.startsWith(home)));
    expect(outside.length).toBeGreaterThan(200);
    const touched = outside.flatMap((file) => {
      const mentions = mentionsOf(file, feature);
      return mentions.length === 0 ? [] : [`${file}: ${mentions.join(', ')}`];
    });
    expect(touched.length, `${touched.length} files:\n  ${touched.join('\n  ')}`).toBeLessThan(goal);
  },
);
