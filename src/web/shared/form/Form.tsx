import type { FormEvent, ReactNode } from 'react';
import { Button } from '../kit/action/Button.tsx';
import { useDialogClosing } from '../kit/dialog/Dialog.tsx';
import style from './Form.module.css';

interface FormProps {
  onSubmit: (event: FormEvent) => void;
  /** The verb of the button: `提交县级审核`. */
  verb: string;
  busy?: boolean;
  /** Nothing was changed yet, so there is nothing to send. */
  unchanged?: boolean;
  /** The problem of the whole form; `form.problems['']`. */
  problem?: string | undefined;
  /** Beside the button. */
  more?: ReactNode;
  children: ReactNode;
}

/** A form in one column with its verb below, and 取消 before it where it stands in a dialog, as in every dialog. */
export function Form({ onSubmit, verb, busy = false, unchanged = false, problem, more, children }: FormProps) {
  const close = useDialogClosing();
  return (
    <form className={style.form} onSubmit={onSubmit} noValidate>
      {children}
      {problem && (
        <p className={style.summary} role="alert">
          {problem}
        </p>
      )}
      <div className={style.actions}>
        {close && <Button onClick={close}>取消</Button>}
        <Button kind="primary" type="submit" busy={busy} disabled={unchanged}>
          {verb}
        </Button>
        {more}
      </div>
    </form>
  );
}
