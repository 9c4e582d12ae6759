import {
  createContext,
  type ReactNode,
  type SyntheticEvent,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { Button } from '../action/Button.tsx';
import style from './Dialog.module.css';

interface DialogProps {
  open: boolean;
  title: string;
  onClose: () => void;
  /** Buttons with verbs, the main one last. Without them the form inside offers 取消 before its verb. */
  actions?: ReactNode;
  size?: 'small' | 'wide';
  /** Protects against a slip: a click beside the dialog or Esc does not close it. */
  firm?: boolean;
  /** Shows what is never shown again: it is closed by its actions only. */
  once?: boolean;
  /** Counts what the open dialog has saved: with each saving nothing is left to lose. */
  saved?: number;
  children?: ReactNode;
}

const Closing = createContext<(() => void) | null>(null);

/** How the form of a dialog gives up; null outside a dialog, and where the dialog has buttons of its own. */
export function useDialogClosing(): (() => void) | null {
  return useContext(Closing);
}

/**
 * The browser's own dialog element: the focus stays inside and returns to where it was. Once something was typed or
 * chosen, ×, Esc and a click beside it ask before they close it.
 */
export function Dialog({
  open,
  title,
  onClose,
  actions,
  size = 'small',
  firm,
  once,
  saved = 0,
  children,
}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const touched = useRef(false);
  const opener = useRef<Element | null>(null);
  const focused = useRef<Element | null>(null);
  const [asking, setAsking] = useState(false);
  const titleId = useId();
  const askId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) {
      opener.current = document.activeElement;
      element.showModal();
    }
    if (!open && element.open) element.close();
    if (!open) {
      touched.current = false;
      setAsking(false);
    }
  }, [open]);
  // Where the page around it was laid out anew, the browser has let the dialog fall back into it, and the focus with it.
  useEffect(() => {
    const element = dialog.current;
    if (!element?.open || element.matches(':modal')) return;
    const last = focused.current;
    element.close();
    focusOn(opener.current);
    element.showModal();
    focusOn(last);
  });
  // A dialog that is drawn no more is closed while it still stands, so that the browser gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    return () => element?.close();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the saving itself is what counts
  useEffect(() => {
    touched.current = false;
  }, [saved]);
  function leave() {
    if (touched.current) setAsking(true);
    else onClose();
  }
  function touch(event: SyntheticEvent) {
    // An entry chosen from a list and a day chosen from a calendar are clicks and no input.
    if (event.type === 'input' || (event.target as Element).closest('[role=option], [data-day]'))
      touched.current = true;
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way and comes as `cancel`
    <dialog
      ref={dialog}
      className={`${style.dialog} ${style[size]}`}
      aria-labelledby={titleId}
      onInput={touch}
      onFocus={({ target }) => {
        focused.current = target;
      }}
      onClickCapture={touch}
      onCancel={(event) => {
        event.preventDefault();
        if (!firm && !once) leave();
      }}
      onClick={(event) => {
        if (event.target === dialog.current && !firm && !once) leave();
      }}
    >
      {open && (
        <div className={style.sheet}>
          <div className={style.head}>
            <h2 id={titleId}>{title}</h2>
            {!once && (
              <Button kind="quiet" aria-label="关闭" className={style.close ?? ''} onClick={leave}>
                ×
              </Button>
            )}
          </div>
          <div className={style.content}>
            <Closing value={actions ? null : onClose}>{children}</Closing>
          </div>
          {actions && <div className={style.actions}>{actions}</div>}
          {asking && (
            <div className={style.asking} role="alertdialog" aria-labelledby={askId}>
              <p id={askId}>填写的内容还没有提交，关闭后不再保留。</p>
              <div className={style.actions}>
                <Button autoFocus onClick={() => setAsking(false)}>
                  继续填写
                </Button>
                <Button kind="danger" onClick={onClose}>
                  放弃并关闭
                </Button>
              </div>
            </div>
          )}
        </div>
      )}
    </dialog>
  );
}

function focusOn(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus();
}
