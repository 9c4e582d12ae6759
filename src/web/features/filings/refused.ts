import type { approveRest } from '#contract/filings/filings.ts';
import type { RouteOutput } from '#contract/route.ts';
import { toast } from '#web/shared/kit/toast.ts';

type Refused = RouteOutput<typeof approveRest>['refused'];

/** Of an act on many filings, those that it left, each with the sentence why. */
export function tellRefused(act: '批准' | '接收', refused: Refused): void {
  if (refused.length === 0) return;
  const each = refused.map(({ schoolName, message }) => `${schoolName}（${message}）`).join('；');
  toast.say(`未${act} ${refused.length} 所：${each}`);
}
