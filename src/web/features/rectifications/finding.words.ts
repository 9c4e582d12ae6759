import { findingSeverityTitles } from '#domain/flow/finding.ts';
import { findingStateTitles } from '#domain/rectification/state.ts';
import type { WaitingKind } from '#domain/rectification/waiting.ts';
import { choices } from '#web/shared/words/choices.ts';

export const stateChoices = choices(findingStateTitles);
export const severityChoices = choices(findingSeverityTitles);

/** What a list shows that a line of the home page opened. */
export const waitingTitles: Readonly<Record<WaitingKind, string>> = {
  urgent: '等本级签收的紧急隐患',
  raised: '逾期升级到本级的问题',
  notice: '待下发的问题',
  overdue: '由本单位整改、已逾期的问题',
  plan: '等本单位制定措施的问题',
  report: '本单位正在整改的问题',
  decide: '等您审批延期的问题',
  check: '等您核查的问题',
  close: '等您销号的问题',
  prove: '等复查的已销号问题',
};

/** A day of the ledger; one that may still move says so, on the page and on paper. */
export function dueText(dueOn: string, provisional: boolean): string {
  return provisional ? `${dueOn}（暂定）` : dueOn;
}
