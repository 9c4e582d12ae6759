import { daysBetween } from '#domain/kit/school-year.ts';

/** That a public notice is shorter than the rules propose, which bars nothing; null where it is not, or has no days. */
export function shorterNotice(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  proposed: number,
): string | null {
  if (!from || !to || to < from) return null;
  const days = daysBetween(from, to) + 1;
  return days < proposed ? `公示 ${days} 天，少于督学规则所列的 ${proposed} 天，请核对。` : null;
}
