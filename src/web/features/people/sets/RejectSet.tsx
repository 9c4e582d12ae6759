import { reject } from '#contract/people/sets.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { RejectDialog } from '../RejectDialog.tsx';

interface RejectSetProps {
  set: { id: string; fileName: string };
  onClose: () => void;
}

/** Turns a set of posts down. */
export function RejectSet({ set, onClose }: RejectSetProps) {
  const { act, busy, problem } = useAct(reject, { done: '这批授权已否决。', inline: true, onDone: onClose });
  return (
    <RejectDialog
      title={`否决：${set.fileName}`}
      verb="否决这批授权"
      {...{ busy, problem, onClose }}
      onReject={(reason) => act({ params: { setId: set.id }, body: { reason } })}
    >
      <p className="caption">已建立的账户保留，没有角色；更正后可以重新导入同一张名单。</p>
    </RejectDialog>
  );
}
