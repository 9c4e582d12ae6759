import { useEffect, useMemo, useState } from 'react';
import { type Choice, type ChoiceSource, matching } from './choice.ts';

export interface Choices<Value> {
  readonly choices: ReadonlyArray<Choice<Value>>;
  /** The text where there are no choices; empty where there are some, or where nothing was searched yet. */
  readonly said: string;
}

interface Answer<Value> {
  readonly text: string;
  readonly choices: ReadonlyArray<Choice<Value>>;
  readonly failed: boolean;
}

/** The choices for the typed text: at once where all are here, 200 ms after the last key where the server searches. */
export function useChoices<Value>({ options, find }: ChoiceSource<Value>, text: string, open: boolean): Choices<Value> {
  const here = useMemo(() => (options ? matching(options, text) : null), [options, text]);
  const [answer, setAnswer] = useState<Answer<Value> | null>(null);
  useEffect(() => {
    if (!find || !open) return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      find(text, control.signal).then(
        (choices) => setAnswer({ text, choices, failed: false }),
        () => {
          if (!control.signal.aborted) setAnswer({ text, choices: [], failed: true });
        },
      );
    }, 200);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [text, find, open]);
  // Until the answer for this text arrives, only the fitting choices of the last answer are offered, so that Enter
  // cannot take a choice that does not match.
  const found = answer && answer.text !== text ? matching(answer.choices, text) : answer?.choices;
  const choices = here ?? found ?? [];
  if (choices.length > 0) return { choices, said: '' };
  if (!here && answer?.text !== text) return { choices, said: text === '' ? '' : '正在查找' };
  if (answer?.failed) return { choices, said: '没有读到，请稍后再试' };
  return { choices, said: text === '' && find ? '' : '没有找到' };
}
