import { useBlocker } from '@tanstack/react-router';
import { type ConfirmQuestion, confirm } from '../kit/dialog/question.ts';

/**
 * Asks before the person leaves the page while `question` is given, inside the desk with this question; at closing the
 * tab or loading the page again the browser asks in its own words.
 */
export function useLeaveGuard(question: ConfirmQuestion | null): void {
  useBlocker({
    disabled: question === null,
    enableBeforeUnload: () => question !== null,
    // A change of the search on the same page, a sorted table for one, does not leave it.
    shouldBlockFn: async ({ current, next }) =>
      question !== null && current.pathname !== next.pathname && !(await confirm(question)),
  });
}

/** The question about something that is shown only this once: `临时密码`. */
export function onceQuestion(what: string): ConfirmQuestion {
  return {
    title: '离开后不再显示',
    text: `${what}还没有保存或抄下，离开本页后不能再看到。`,
    verb: '仍然离开',
    danger: true,
  };
}
