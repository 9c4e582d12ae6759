import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { KeyHint } from '../words/KeyHint.tsx';
import style from './Toasts.module.css';
import { type ToastItem, toast, toastStore } from './toast.ts';

/** The place where short messages appear; it stands once in the frame. */
export function Toasts() {
  const items = useSyncExternalStore(toastStore.subscribe, toastStore.read);
  const shelf = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Above an open dialog, where the browser supports it; browsers before 2023 show the messages below it.
    const element = shelf.current;
    if (items.length === 0 || !element || !('showPopover' in element)) return;
    element.hidePopover();
    element.showPopover();
  }, [items]);
  const last = items.findLast(({ action }) => action !== undefined && !action.leads);
  useUndoKey(last?.id);
  return (
    <div ref={shelf} popover="manual" className={`${style.shelf} screen-only`} role="status" aria-live="polite">
      {items.map((item) => (
        <Toast key={item.id} item={item} hasKey={item === last} />
      ))}
    </div>
  );
}

/** Where the key belongs to what is typed there. */
const typedIn = 'input, textarea, select, [contenteditable], [role="grid"]';

/**
 * Ctrl Z does what the newest message offers, before the page has its turn: its button names the key. Whoever types undoes
 * the typing, and a dialog keeps its keys.
 */
function useUndoKey(id: number | undefined): void {
  useEffect(() => {
    if (id === undefined) return;
    const heard = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      if (!isUndo || event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      if (event.target instanceof Element && event.target.closest(typedIn)) return;
      event.preventDefault();
      toast.act(id);
    };
    window.addEventListener('keydown', heard, { capture: true });
    return () => window.removeEventListener('keydown', heard, { capture: true });
  }, [id]);
}

function Toast({ item, hasKey }: { item: ToastItem; hasKey: boolean }) {
  // Whoever points at a message or has come to its button is not overtaken by the time.
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (item.stays === null || held) return;
    const timer = setTimeout(() => toast.close(item.id), item.stays);
    return () => clearTimeout(timer);
  }, [item, held]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here but to wait for whoever reads
    <div
      className={`${style.toast} ${item.tone === 'problem' ? style.problem : ''}`}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p>
        {item.text}
        {item.reference && <span className={style.reference}>编号 {item.reference}</span>}
      </p>
      {item.action && (
        <button
          type="button"
          className={style.action}
          aria-keyshortcuts={hasKey ? 'Control+Z' : undefined}
          onClick={() => toast.act(item.id)}
        >
          <span className={style.verb}>{item.action.verb}</span>
          {hasKey && <KeyHint keys="Ctrl Z" />}
        </button>
      )}
      <button type="button" className={style.close} aria-label="关闭消息" onClick={() => toast.close(item.id)}>
        ×
      </button>
    </div>
  );
}
