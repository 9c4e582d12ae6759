import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import style from './Menu.module.css';

export interface MenuItem {
  key: string;
  label: ReactNode;
  /** Beside the label, fainter. */
  note?: ReactNode;
  onSelect: () => void;
  /** The one that holds now. */
  current?: boolean;
  danger?: boolean;
  disabled?: boolean;
}

interface MenuProps {
  /** What the button shows. */
  label: ReactNode;
  /** What the button is, said aloud, where the label alone does not tell. */
  name?: string;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
  className?: string;
  children?: ReactNode;
}

/** A button that opens a short list of acts or choices: arrows walk, letters do nothing, Esc closes. */
export function Menu({ label, name, items, align = 'start', className, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    const current = list.current?.querySelector<HTMLElement>('[data-current]') ?? entries(list.current)[0];
    current?.focus();
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  function close() {
    setOpen(false);
    root.current?.querySelector<HTMLElement>('button')?.focus();
  }

  function walk(event: KeyboardEvent) {
    const all = entries(list.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
    const target = to[event.key];
    if (target !== undefined) {
      event.preventDefault();
      all[(target + all.length) % all.length]?.focus();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Tab') {
      setOpen(false);
    }
  }

  return (
    <div ref={root} className={`${style.root} ${className ?? ''}`}>
      <button
        type="button"
        className={style.opener}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={name}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && !open) {
            event.preventDefault();
            setOpen(true);
          }
        }}
      >
        {label}
        <svg className={style.chevron} viewBox="0 0 10 6" aria-hidden="true">
          <path d="M1 1l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.3" />
        </svg>
      </button>
      {open && (
        <div className={`${style.list} ${style[align]}`}>
          {children}
          <div ref={list} id={id} role="menu" tabIndex={-1} aria-label={name} onKeyDown={walk}>
            {items.map((item) => (
              <button
                key={item.key}
                type="button"
                role="menuitem"
                tabIndex={-1}
                className={`${style.item} ${item.danger ? style.danger : ''}`}
                data-current={item.current || undefined}
                aria-current={item.current || undefined}
                disabled={item.disabled}
                onClick={() => {
                  close();
                  item.onSelect();
                }}
              >
                <span>{item.label}</span>
                {item.note && <span className={style.note}>{item.note}</span>}
              </button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function entries(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]:not(:disabled)') ?? [])];
}
