import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Secret } from '#web/shared/kit/words/Secret.tsx';
import { onceQuestion, useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';

/** The code that goes with the link of another administrator: shown only this once. */
export function HandedCode({ person, code, onClose }: { person: string; code: string; onClose: () => void }) {
  useLeaveGuard(onceQuestion('启用码'));
  return (
    <Dialog
      open
      once
      title="已提出双人链接"
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          已经交给本人
        </Button>
      }
    >
      <p>{person}的启用码，请直接交给本人：</p>
      <Secret text={code} />
      <p className="caption">
        安全管理员确认后给出链接，另行交给本人；链接和启用码齐全才能设定密码。关闭后不再显示，丢失可以收回申请后重新提出。
      </p>
    </Dialog>
  );
}
