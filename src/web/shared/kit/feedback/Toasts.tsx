import { useEffect, useRef, useSyncExternalStore } from 'react';
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
  return (
    <div ref={shelf} popover="manual" className={`${style.shelf} screen-only`} role="status" aria-live="polite">
      {items.map((item) => (
        <Toast key={item.id} item={item} />
      ))}
    </div>
  );
}

function Toast({ item }: { item: ToastItem }) {
  useEffect(() => {
    if (item.stays === null) return;
    const timer = setTimeout(() => toast.close(item.id), item.stays);
    return () => clearTimeout(timer);
  }, [item]);
  return (
    <div className={`${style.toast} ${item.tone === 'problem' ? style.problem : ''}`}>
      <p>
        {item.text}
        {item.reference && <span className={style.reference}>编号 {item.reference}</span>}
      </p>
      {item.action && (
        <button
          type="button"
          className={style.action}
          onClick={() => {
            item.action?.run();
            toast.close(item.id);
          }}
        >
          {item.action.verb}
        </button>
      )}
      <button type="button" className={style.close} aria-label="关闭消息" onClick={() => toast.close(item.id)}>
        ×
      </button>
    </div>
  );
}
