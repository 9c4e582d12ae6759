import { figureText } from '#web/shared/framework/indicator.words.ts';
import type { Evaluation } from '../evaluation-reply.ts';

export type ProvinceEntry = Evaluation['province'][number];

/** What stands of the province; what was corrected or taken back stays behind it. */
export const standingEntry = (entries: readonly ProvinceEntry[]): ProvinceEntry | undefined =>
  entries.find(({ replacedAt }) => replacedAt === null);

/** `88.5 优秀`; what was taken back says so. */
export function entryText({ points, words }: Pick<ProvinceEntry, 'points' | 'words'>): string {
  const said = [points === null ? '' : figureText(points), words ?? ''].filter(Boolean);
  return said.length === 0 ? '撤下' : said.join(' ');
}
