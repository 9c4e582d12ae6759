import { type ReactNode, useEffect, useId, useRef } from 'react';
import style from './Dialog.module.css';

interface DialogProps {
  open: boolean;
  title: string;
  onClose: () => void;
  /** Buttons with verbs, the main one last. */
  actions?: ReactNode;
  size?: 'small' | 'wide';
  /** Protects against a slip: a click beside the dialog or Esc does not close it. */
  firm?: boolean;
  children?: ReactNode;
}

/** The browser's own dialog element: the focus stays inside and returns to where it was. */
export function Dialog({ open, title, onClose, actions, size = 'small', firm, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way and comes as `cancel`
    <dialog
      ref={dialog}
      className={`${style.dialog} ${style[size]}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!firm) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current && !firm) onClose();
      }}
    >
      {open && (
        <div className={style.sheet}>
          <h2 id={titleId}>{title}</h2>
          <div className={style.content}>{children}</div>
          {actions && <div className={style.actions}>{actions}</div>}
        </div>
      )}
    </dialog>
  );
}
