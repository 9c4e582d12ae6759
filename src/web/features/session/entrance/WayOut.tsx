import { Button } from '#web/shared/kit/action/Button.tsx';
import { useLeaving } from '#web/shared/session/Leaving.tsx';

/** Signs a person out who has not come to the desk yet. */
export function WayOut({ personId }: { personId: string }) {
  const { leave, question } = useLeaving(personId);
  return (
    <>
      <p>
        <Button kind="quiet" onClick={leave}>
          退出登录
        </Button>
      </p>
      {question}
    </>
  );
}
