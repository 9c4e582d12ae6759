import type { Method } from './edition.ts';

/**
 * The keys by which a leaf may be answered: of its options, its levels or the grades of another evaluation; `yes` and `no`
 * of a leaf that is met or not.
 * @returns none where a leaf is answered by figures alone, or has no method yet
 */
export function answerKeys(method: Method | null | undefined): readonly string[] {
  if (method?.kind === 'choice') return method.options.map(({ key }) => key);
  if (method?.kind === 'ladder') return method.levels.map(({ level }) => level);
  if (method?.kind === 'result') return Object.keys(method.map ?? {});
  return method?.kind === 'yesNo' || method?.kind === 'threshold' ? ['yes', 'no'] : [];
}
