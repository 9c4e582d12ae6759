import { endStandIn } from '#contract/session/posts.ts';
import { useAct } from '../call/queries.ts';
import { Button } from '../kit/action/Button.tsx';
import { confirm } from '../kit/dialog/question.ts';

interface EndStandInProps {
  standIn: { id: string; personName: string; principalName: string; roleName: string };
  /** `结束代办`, or `交还` for the colleague. */
  verb: string;
}

/** Ends a stand-in before its day, after a question: the colleague loses the post at once. */
export function EndStandIn({ standIn, verb }: EndStandInProps) {
  const { act, busy } = useAct(endStandIn, { done: '代办已结束。' });
  async function end() {
    const yes = await confirm({
      title: `${verb}：${standIn.personName}代${standIn.principalName}（${standIn.roleName}）？`,
      text: '立即生效；已经办理的事项不受影响。',
      verb,
    });
    if (yes) await act({ params: { standInId: standIn.id } });
  }
  return (
    <Button small busy={busy} onClick={() => void end()}>
      {verb}
    </Button>
  );
}
