import type { readDraft } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { Indicator } from '#domain/framework/edition.ts';

/** A draft with what a publication would refuse. */
export type Draft = RouteOutput<typeof readDraft>;

/** What a publication would refuse at one node. */
export function nodeIssues({ issues }: Pick<Draft, 'issues'>, code: string): string[] {
  return issues.filter((one) => one.code === code).map(({ message }) => message);
}

/** What stands behind an indicator in the tree of a draft: what is to be done there, or its points. */
export function draftNote(
  draft: Pick<Draft, 'issues' | 'openCodes' | 'guesses'>,
  indicator: Indicator,
): string | undefined {
  const { code, points } = indicator;
  if (nodeIssues(draft, code).length > 0) return '不符';
  if (draft.openCodes.includes(code)) return '待补全';
  if (draft.guesses.includes(code)) return '方法为猜测';
  return typeof points === 'number' ? `${points} 分` : undefined;
}
