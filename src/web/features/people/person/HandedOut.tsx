import type { resetPassword } from '#contract/people/people.ts';
import type { RouteOutput } from '#contract/route.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Secret } from '#web/shared/kit/words/Secret.tsx';
import { onceQuestion, useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { formatDateTime } from '#web/shared/words/format.ts';

interface HandedOutProps {
  title: string;
  /** The person who gets it: `王小明（wang.xm）`. */
  person: string;
  handed: RouteOutput<typeof resetPassword>;
  onClose: () => void;
}

/** A link or a password that is shown only this once; closing it takes a deliberate act. */
export function HandedOut({ title, person, handed, onClose }: HandedOutProps) {
  const secret = handed.link === null ? handed.password : `${location.origin}${handed.link}`;
  useLeaveGuard(onceQuestion(handed.link === null ? '临时密码' : '一次性链接'));
  return (
    <Dialog
      open
      once
      title={title}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          已经交给本人
        </Button>
      }
    >
      <p>
        {handed.link === null
          ? `${person}的临时密码，首次登录必须修改：`
          : `${person}凭这个链接设定自己的密码，只能使用一次：`}
      </p>
      <Secret text={secret ?? ''} />
      <p className="caption">
        关闭后不再显示，丢失可以再重置一次。
        {handed.expiresAt && `有效期至 ${formatDateTime(handed.expiresAt)}。`}
      </p>
    </Dialog>
  );
}
