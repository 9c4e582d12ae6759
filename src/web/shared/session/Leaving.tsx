import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { asProblem } from '../call/problem.ts';
import { Button } from '../kit/action/Button.tsx';
import { Dialog } from '../kit/dialog/Dialog.tsx';
import { toast } from '../kit/feedback/toast.ts';
import { mayLeavePages } from '../page/useLeaveGuard.ts';
import { formatNumber } from '../words/format.ts';
import { endSession, forgetSession } from './session.tsx';
import { dropUnsent, readUnsent, sendUnsent, type UnsentState } from './unsent.ts';

interface Leaving {
  /** The person asks to sign out. */
  leave: () => void;
  /** Shown where something is unsent; draw it wherever `leave` is offered. */
  question: React.ReactNode;
}

/**
 * Signing out by hand. What is typed is sent first; about what did not arrive the person decides. Every other end of a
 * session leaves it on this machine for the same person.
 */
export function useLeaving(personId: string): Leaving {
  const navigate = useNavigate();
  const [unsent, setUnsent] = useState<UnsentState | null>(null);
  const [busy, setBusy] = useState(false);
  async function leave() {
    if (!(await mayLeavePages())) return;
    await sendUnsent();
    const left = readUnsent(personId);
    if (left.all === 0) await go(false);
    else setUnsent(left);
  }
  async function go(drop: boolean) {
    setBusy(true);
    try {
      await endSession();
      if (drop) dropUnsent(personId);
      setUnsent(null);
      // The person has answered for everything that is open.
      await navigate({ to: '/sign-in', search: {}, ignoreBlocker: true });
      // Until now the page could still type.
      if (drop) dropUnsent(personId);
      await forgetSession();
    } catch (error) {
      toast.problem(asProblem(error));
    } finally {
      setBusy(false);
    }
  }
  return {
    leave: () => void leave(),
    question: (
      <LeavingQuestion
        unsent={unsent}
        busy={busy}
        onStay={() => setUnsent(null)}
        onKeep={() => void go(false)}
        onDrop={() => void go(true)}
      />
    ),
  };
}

interface LeavingQuestionProps {
  /** Null: there is nothing to ask. */
  unsent: UnsentState | null;
  busy: boolean;
  onStay: () => void;
  onKeep: () => void;
  onDrop: () => void;
}

/** Stay, leave it on this machine, or give it up; what would be lost is named. */
export function LeavingQuestion({ unsent, busy, onStay, onKeep, onDrop }: LeavingQuestionProps) {
  const { drafts, returns, writings, unkept, all } = unsent ?? {
    ...{ drafts: 0, returns: 0, writings: 0, unkept: [], all: 0 },
  };
  const loose = all - returns - writings;
  const left = [
    ...(loose > 0 ? [`${formatNumber(loose)} 项没有上传`] : []),
    ...(writings > 0 ? [`${formatNumber(writings)} 份文稿没有保存`] : []),
    ...(returns > 0 ? [`${formatNumber(returns)} 份退回没有发出`] : []),
  ];
  return (
    <Dialog
      open={unsent !== null}
      firm
      title={`还有 ${left.join('，')}`}
      onClose={onStay}
      actions={
        <>
          <Button onClick={onStay}>取消</Button>
          {unkept.length === 0 && (
            <Button busy={busy} onClick={onKeep}>
              留在本机退出
            </Button>
          )}
          <Button kind="danger" busy={busy} onClick={onDrop}>
            放弃 {formatNumber(all)} 项并退出
          </Button>
        </>
      }
    >
      {unkept.length === 0 ? (
        <p>
          留在本机的内容别人看不到；您下次在这台电脑、这个浏览器登录后，
          {[
            ...(drafts > 0 ? ['没有上传的自动上传'] : []),
            ...(writings > 0 ? ['没有保存的文稿可接着写'] : []),
            ...(returns > 0 ? ['没有发出的退回可继续填写'] : []),
          ].join('，')}
          。放弃的内容不能恢复。
        </p>
      ) : (
        <>
          <p>
            本机空间已满，下面 {formatNumber(unkept.length)} 项没有存下，退出就会丢失。请先不退出，等上传完成或抄下来：
          </p>
          <ul>
            {unkept.map(({ subjectId, part, line }) => (
              <li key={`${subjectId} ${part}`}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
