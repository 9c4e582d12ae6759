import path from 'node:path';
import type { Feature } from '#core/access/feature.ts';
import { assertEmpty } from './content.ts';
import { productRoot } from './root.ts';

type Options = Omit<
  Parameters<typeof import('#sample/seed/seed.ts').seedSample>[0],
  'parts' | 'assertEmpty' | 'filesFolder'
>;

/** Loads the sample city of these features. Its modules are imported only then. */
export async function loadSampleOf(features: readonly Feature[], options: Options) {
  const [{ seedSample }, ...parts] = await Promise.all([
    import('#sample/seed/seed.ts'),
    ...features.flatMap(({ sample }) => sample?.() ?? []),
  ]);
  const filesFolder = path.join(productRoot, 'reference', 'sample', 'files');
  return seedSample({ ...options, filesFolder, parts, assertEmpty });
}
