import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import type { MenuEntry } from '../menu.ts';
import style from './BottomBar.module.css';

/** The menu on a phone: what is used most at the thumb, the rest on a sheet. */
export function BottomBar({ entries, current }: { entries: readonly MenuEntry[]; current: string | undefined }) {
  const [open, setOpen] = useState(false);
  const near = entries.length > 4 ? entries.slice(0, 3) : entries;
  const rest = entries.slice(near.length);
  return (
    <nav className={`${style.bar} screen-only`} aria-label="主菜单">
      {near.map((entry) => (
        <Link
          key={entry.key}
          to={entry.to as '/'}
          className={style.entry}
          aria-current={entry.key === current ? 'page' : undefined}
        >
          {entry.label}
        </Link>
      ))}
      {rest.length > 0 && (
        <button
          type="button"
          className={style.entry}
          aria-haspopup="dialog"
          data-current={rest.some((entry) => entry.key === current) || undefined}
          onClick={() => setOpen(true)}
        >
          更多
        </button>
      )}
      <Dialog open={open} title="更多" onClose={() => setOpen(false)}>
        <ul>
          {rest.map((entry) => (
            <li key={entry.key}>
              <Link to={entry.to as '/'} className={style.more} onClick={() => setOpen(false)}>
                {entry.label}
              </Link>
            </li>
          ))}
        </ul>
      </Dialog>
    </nav>
  );
}
