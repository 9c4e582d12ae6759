import { type ReactNode, useId, useRef, useState } from 'react';
import { late, useLate } from '../late.tsx';
import style from './Peek.module.css';

interface PeekProps {
  /** What the button says to screen readers. */
  name: string;
  /** The content of the button. */
  label: ReactNode;
  /** What is shown beside it; screen readers hear it with the button. */
  children: ReactNode;
}

const popup = late(() => import('./PeekPopup.tsx'));

/** A small picture that says its words on focus, on hover and on a tap: for what has no room for words of its own. */
export function Peek({ name, label, children }: PeekProps) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const part = useLate(popup);
  function show() {
    setOpen(true);
    // Without it the words are still in the description of the button.
    popup.load().catch(() => setOpen(false));
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={style.opener}
        aria-label={name}
        aria-describedby={id}
        aria-expanded={open}
        onClick={(event) => {
          event.stopPropagation();
          show();
        }}
        onFocus={show}
        onBlur={() => setOpen(false)}
        onPointerEnter={({ pointerType }) => pointerType === 'mouse' && show()}
        onPointerLeave={({ pointerType, currentTarget }) =>
          pointerType === 'mouse' && document.activeElement !== currentTarget && setOpen(false)
        }
        onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}
      >
        {label}
      </button>
      <div id={id} hidden>
        {children}
      </div>
      {open && part && (
        <part.PeekPopup opener={opener} onClose={() => setOpen(false)}>
          {children}
        </part.PeekPopup>
      )}
    </>
  );
}
