import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { EntryParts } from '../EntryParts.tsx';
import type { MenuEntry, MenuGroup } from '../menu.ts';
import style from './SideMenu.module.css';

interface SideMenuProps {
  groups: readonly MenuGroup[];
  /** The feature whose page is open. */
  feature: string | undefined;
}

/**
 * The pages that this person may open, at most eight entries, under headings that follow the office's division of work.
 */
export function SideMenu({ groups, feature }: SideMenuProps) {
  return (
    <nav className={`${style.side} screen-only`} aria-label="主菜单">
      <div className={style.groups}>
        {groups.map((group) => (
          <Group key={group.title} group={group} feature={feature} />
        ))}
      </div>
    </nav>
  );
}

function Group({ group: { title, entries }, feature }: { group: MenuGroup; feature: string | undefined }) {
  const heading = useId();
  return (
    <div className={style.group}>
      {title && (
        <p id={heading} className={style.title}>
          {title}
        </p>
      )}
      <ul aria-labelledby={title ? heading : undefined}>
        {entries.map((entry) => (
          <li key={entry.label}>
            <Entry entry={entry} feature={feature} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Entry({ entry, feature }: { entry: MenuEntry; feature: string | undefined }) {
  const lit = feature !== undefined && entry.features.includes(feature);
  return (
    <>
      <Link to={entry.to as '/'} className={style.entry} aria-current={lit ? 'page' : undefined}>
        {entry.label}
      </Link>
      {lit && <EntryParts entry={entry} feature={feature} className={style.part} />}
    </>
  );
}
