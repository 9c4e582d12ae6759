import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { endSession, forgetSession, prolongSession } from '#web/shared/session/session.tsx';
import { readUnsent, sendUnsent, toldAtSignIn } from '#web/shared/session/unsent.ts';
import { Activity } from './activity.ts';

const warnSeconds = 120;
const events = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/**
 * Ends the session of a person who has gone away, two minutes after a warning. Reading a long page counts as being
 * there: the server is informed every few minutes while the pointer or the keys move. Work in another tab counts too
 * and closes the warning.
 */
export function IdleWatch({ minutes, personId }: { minutes: number; personId: string }) {
  const navigate = useNavigate();
  const [left, setLeft] = useState<number | null>(null);
  const activity = useRef<Activity>(null);
  const told = useRef(Date.now());
  const asked = left !== null;

  useEffect(() => {
    const shared = new Activity();
    activity.current = shared;
    return () => shared.close();
  }, []);

  useEffect(() => {
    const stay = () => {
      // While the warning is open, only its button counts: a sleeve that touches the keys is not an answer.
      if (!asked) activity.current?.note();
    };
    for (const event of events) addEventListener(event, stay, { passive: true });
    const timer = setInterval(() => {
      const { last, own } = activity.current ?? { last: Date.now(), own: 0 };
      const seconds = minutes * 60 - (Date.now() - last) / 1000;
      if (seconds <= 0) {
        clearInterval(timer);
        void leave();
        return;
      }
      setLeft(seconds <= warnSeconds ? Math.ceil(seconds) : null);
      if (own > told.current && Date.now() - told.current > 4 * 60_000) tell();
    }, 1000);
    async function leave() {
      const back = location.pathname + location.search;
      await sendUnsent();
      // If the server cannot be reached, this browser forgets the person all the same.
      await endSession().catch(() => {});
      const unsent = toldAtSignIn(readUnsent(personId));
      // Nobody is there to answer a page that asks before it is left.
      await navigate({ to: '/sign-in', search: { back, because: 'idle', ...unsent }, ignoreBlocker: true });
      await forgetSession();
    }
    function tell() {
      told.current = Date.now();
      prolongSession();
    }
    return () => {
      for (const event of events) removeEventListener(event, stay);
      clearInterval(timer);
    };
  }, [minutes, personId, navigate, asked]);

  function goOn() {
    activity.current?.note();
    told.current = Date.now();
    setLeft(null);
    prolongSession();
  }

  return (
    <Dialog
      open={asked}
      firm
      title="您已有一段时间没有操作"
      onClose={goOn}
      actions={
        <Button kind="primary" onClick={goOn}>
          继续使用
        </Button>
      }
    >
      <p>
        为保护数据，
        <span className="tabular">
          {Math.floor((left ?? 0) / 60)} 分 {(left ?? 0) % 60} 秒
        </span>
        后自动退出登录。已保存的内容不受影响；没有提交的对话框和表单不会保留。
      </p>
      {asked && <Unsent personId={personId} />}
    </Dialog>
  );
}

/** What becomes of the typed work that the server does not have. */
function Unsent({ personId }: { personId: string }) {
  // The question is drawn every second.
  const [{ drafts, returns, writings, unkept }] = useState(() => readUnsent(personId));
  return (
    <>
      {drafts > 0 && <p>未上传的 {drafts} 项留在本机，您重新登录后自动上传，别人看不到。</p>}
      {writings > 0 && <p>未保存的文稿 {writings} 份留在本机，您重新登录后打开原来的页面即可继续，别人看不到。</p>}
      {returns > 0 && <p>未发出的退回 {returns} 份留在本机，您重新登录后可继续填写，别人看不到。</p>}
      {unkept.length > 0 && (
        <p>
          本机空间已满，{unkept.length} 项没有存下，退出后就会丢失：{unkept.map(({ line }) => line).join('；')}。
        </p>
      )}
    </>
  );
}
