import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { unreachable } from '../../call/problem.ts';
import { toast } from '../feedback/toast.ts';
import { late, useLate, whenIdle } from '../late.tsx';
import style from './Menu.module.css';
import type { MenuItem } from './menu-item.ts';

interface MenuProps {
  /** The content of the button. */
  label: ReactNode;
  /** The name of the button for screen readers, where the label alone is not clear. */
  name?: string;
  /** The effect of a choice, where it differs between places: on hover, for screen readers, and above the items. */
  help?: string | undefined;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
  className?: string | undefined;
  /** Above the items. */
  children?: ReactNode;
}

const popup = late(() => import('./MenuPopup.tsx'));

/** A button that opens a short list of acts or choices: arrows move, letters search, Esc closes. */
export function Menu({ label, name, help, items, align = 'start', className, children }: MenuProps) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const part = useLate(popup);
  useEffect(() => whenIdle(popup), []);
  function show() {
    setOpen(true);
    popup.load().catch((error: unknown) => {
      setOpen(false);
      toast.problem(unreachable(error));
    });
  }
  return (
    <div className={`${style.root} ${className ?? ''}`}>
      <button
        ref={opener}
        type="button"
        className={style.opener}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open && part ? id : undefined}
        aria-label={name}
        aria-description={help}
        title={help}
        onClick={() => (open ? setOpen(false) : show())}
        onKeyDown={(event) => {
          if (open || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
          event.preventDefault();
          show();
        }}
      >
        {label}
        <svg className={style.chevron} viewBox="0 0 10 6" aria-hidden="true">
          <path d="M1 1l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.3" />
        </svg>
      </button>
      {part && (
        <part.MenuPopup
          id={id}
          opener={opener}
          open={open}
          onOpenChange={setOpen}
          name={name}
          items={items}
          align={align}
        >
          {help && <p className={style.help}>{help}</p>}
          {children}
        </part.MenuPopup>
      )}
    </div>
  );
}
