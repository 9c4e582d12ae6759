import { Button } from '../kit/action/Button.tsx';
import { confirm } from '../kit/dialog/question.ts';
import { toast } from '../kit/feedback/toast.ts';

interface DecideRestProps {
  /** The verb with its exact count: `批准全部 9 所`. */
  verb: string;
  /** The verb as a question, where the verb alone is not enough. */
  title?: string;
  /** What it will do, and what it leaves. */
  text: string;
  /** The verb of the button in the question, where it is shorter. */
  sureVerb?: string;
  busy: boolean;
  act: () => Promise<unknown>;
}

/** Decides about many at once, in a separate act that says beforehand which ones it covers and which it leaves. */
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

/** Lists those that an act on many left, each with its reason: `tellLeft('批准', '所', …)`. */
export function tellLeft(verb: string, unit: string, left: ReadonlyArray<{ name: string; message: string }>): void {
  if (left.length === 0) return;
  const each = left.map(({ name, message }) => `${name}（${message}）`).join('；');
  toast.say(`未${verb} ${left.length} ${unit}：${each}`);
}
