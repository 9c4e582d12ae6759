import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { type ConfirmQuestion, confirm } from '../kit/dialog/question.ts';

/** What the open pages ask before they are left, except about what stays on this machine. */
const asking = new Set<ConfirmQuestion>();

/** Asks what the open page asks before it is left: before a session ends, because after it the page can do nothing more. */
export async function mayLeavePages(): Promise<boolean> {
  for (const question of asking) if (!(await confirm(question))) return false;
  return true;
}

/**
 * Asks before the person leaves the page while `question` is given, inside the desk with this question; at closing the
 * tab or loading the page again the browser asks in its own words. `stays`: a copy waits on this machine (`useWriting`),
 * so that the end of a session asks about it in its own way.
 */
export function useLeaveGuard(question: ConfirmQuestion | null, { stays = false } = {}): void {
  const { title, text, verb, danger } = question ?? {};
  useEffect(() => {
    if (stays || title === undefined || verb === undefined) return undefined;
    const one: ConfirmQuestion = {
      title,
      verb,
      ...(text === undefined ? {} : { text }),
      ...(danger ? { danger } : {}),
    };
    asking.add(one);
    return () => {
      asking.delete(one);
    };
  }, [title, text, verb, danger, stays]);
  useBlocker({
    disabled: question === null,
    enableBeforeUnload: () => question !== null,
    // A change of the search on the same page, a sorted table for one, does not leave it.
    shouldBlockFn: async ({ current, next }) =>
      question !== null &&
      current.pathname !== next.pathname &&
      !(stays && next.pathname === '/sign-in') &&
      !(await confirm(question)),
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

/** Asks before a page is left on which a form was begun and not sent: what was typed there stays nowhere. */
export function useFormGuard({ isUnsaved }: { readonly isUnsaved: boolean }, title: string): void {
  useLeaveGuard(isUnsaved ? { title, text: '离开后，没有保存的不再保留。', verb: '放弃并离开', danger: true } : null);
}
