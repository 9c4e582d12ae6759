import { Button } from '../kit/action/Button.tsx';
import { confirm } from '../kit/dialog/question.ts';
import { toast } from '../kit/feedback/toast.ts';

interface DecideRestProps {
  /** With its honest count: `批准其余 9 所`. */
  verb: string;
  /** As a question where the verb alone is not enough. */
  title?: string;
  /** What it will do, and what it leaves. */
  text: string;
  /** What the button of the question does, where it says it shorter. */
  sureVerb?: string;
  busy: boolean;
  act: () => Promise<unknown>;
}

/** Deciding about many at once: an act of its own, that says beforehand which these are and which it leaves. */
export function DecideRest({ verb, title = verb, text, sureVerb = verb, busy, act }: DecideRestProps) {
  async function ask() {
    if (await confirm({ title, text, verb: sureVerb })) await act();
  }
  return (
    <Button busy={busy} onClick={() => void ask()}>
      {verb}
    </Button>
  );
}

/** Of an act on many, those that it left, each with the sentence why: `tellLeft('批准', '所', …)`. */
export function tellLeft(verb: string, unit: string, left: ReadonlyArray<{ name: string; message: string }>): void {
  if (left.length === 0) return;
  const each = left.map(({ name, message }) => `${name}（${message}）`).join('；');
  toast.say(`未${verb} ${left.length} ${unit}：${each}`);
}
