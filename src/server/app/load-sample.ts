import type { Feature } from '#core/access/feature.ts';
import { assertEmpty } from './content.ts';

type Options = Omit<Parameters<typeof import('#sample/seed.ts').seedSample>[0], 'parts' | 'assertEmpty'>;

/** Loads the sample city of these features. Its modules are imported only then. */
export async function loadSampleOf(features: readonly Feature[], options: Options) {
  const [{ seedSample }, ...parts] = await Promise.all([
    import('#sample/seed.ts'),
    ...features.flatMap(({ sample }) => sample?.() ?? []),
  ]);
  return seedSample({ ...options, parts, assertEmpty });
}
