import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { EntryParts } from '../EntryParts.tsx';
import type { MenuEntry, MenuGroup } from '../menu.ts';
import style from './BottomBar.module.css';

interface BottomBarProps {
  groups: readonly MenuGroup[];
  /** The feature whose page is open. */
  feature: string | undefined;
}

/** The menu on a phone: the first entries within reach of the thumb, the rest in their groups on a sheet. */
export function BottomBar({ groups, feature }: BottomBarProps) {
  const [open, setOpen] = useState(false);
  const lit = ({ features }: MenuEntry) => feature !== undefined && features.includes(feature);
  const entries = groups.flatMap((group) => group.entries);
  const near = entries.length > 4 ? entries.slice(0, 3) : entries;
  const rest = groups
    // An entry of the bar that several pages share stands on the sheet too, with them below it.
    .map(({ title, entries: all }) => ({
      title,
      entries: all.filter((entry) => !near.includes(entry) || entry.parts !== undefined),
    }))
    .filter((group) => group.entries.length > 0);
  return (
    <nav className={`${style.bar} screen-only`} aria-label="主菜单">
      {near.map((entry) => (
        <Link
          key={entry.label}
          to={entry.to as '/'}
          className={style.entry}
          aria-current={lit(entry) ? 'page' : undefined}
        >
          {entry.label}
        </Link>
      ))}
      {rest.length > 0 && (
        <button
          type="button"
          className={style.entry}
          aria-haspopup="dialog"
          data-current={rest.some((group) => group.entries.some(lit)) || undefined}
          onClick={() => setOpen(true)}
        >
          更多
        </button>
      )}
      <Dialog open={open} title="更多" onClose={() => setOpen(false)}>
        {rest.map((group) => (
          <section key={group.title} aria-label={group.title ?? undefined}>
            {group.title && <p className={style.title}>{group.title}</p>}
            <ul>
              {group.entries.map((entry) => (
                <li key={entry.label}>
                  <Link
                    to={entry.to as '/'}
                    className={style.more}
                    aria-current={lit(entry) ? 'page' : undefined}
                    onClick={() => setOpen(false)}
                  >
                    {entry.label}
                  </Link>
                  <EntryParts entry={entry} feature={feature} className={style.part} onOpen={() => setOpen(false)} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </Dialog>
    </nav>
  );
}
