import * as filings from '#contract/filings/filings.ts';
import type { RouteArguments } from '#contract/route.ts';
import { takeBack } from '#web/shared/call/queries.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { tellLeft } from '#web/shared/review/DecideRest.tsx';
import { leftSchool } from './filing.words.ts';

export type FilingUndo = RouteArguments<typeof filings.undo>['body']['action'];

/**
 * How to take back what an act did to these filings.
 * @param told what has been taken back, where it was one filing: `批准：第一小学`
 * @param onUndone told how many went back
 */
export function undoOf(
  action: FilingUndo,
  filingIds: readonly string[],
  told: string,
  onUndone?: (count: number) => void,
): (() => void) | null {
  if (filingIds.length === 0) return null;
  return () =>
    void takeBack(filings.undo, { body: { action, filingIds: [...filingIds] } }, ({ done, refused }) => {
      toast.say(filingIds.length === 1 ? `已撤销${told}` : `已撤销${told} ${done} 所`);
      onUndone?.(done);
      tellLeft('撤销', '所', refused.map(leftSchool));
    });
}
