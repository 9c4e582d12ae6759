import { Link } from '@tanstack/react-router';
import type { MenuEntry } from '../menu.ts';
import style from './SideMenu.module.css';

/** What this person may do, at most eight entries. */
export function SideMenu({ entries, current }: { entries: readonly MenuEntry[]; current: string | undefined }) {
  return (
    <nav className={`${style.side} screen-only`} aria-label="主菜单">
      <ul>
        {entries.map((entry) => (
          <li key={entry.key}>
            <Link
              to={entry.to as '/'}
              className={style.entry}
              aria-current={entry.key === current ? 'page' : undefined}
            >
              {entry.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
