import { useNavigate } from '@tanstack/react-router';
import { Menu } from '#web/shared/kit/menu/Menu.tsx';
import type { MenuGroup } from '../menu.ts';

interface SmallMenuProps {
  groups: readonly MenuGroup[];
  /** The feature whose page is open. */
  feature: string | undefined;
}

/** The menu where the page needs the whole width and the thumb is not what opens it: one button of the upper bar. */
export function SmallMenu({ groups, feature }: SmallMenuProps) {
  const navigate = useNavigate();
  const items = groups.flatMap(({ title, entries }) =>
    entries.flatMap((entry) => [
      {
        key: entry.label,
        label: entry.label,
        note: title ?? undefined,
        current: feature !== undefined && entry.features.includes(feature),
        onSelect: (): void => void navigate({ to: entry.to as '/' }),
      },
      // The first of the pages that share an entry is where the entry leads.
      ...(entry.parts ?? []).slice(1).map((part) => ({
        key: part.to,
        label: part.label,
        note: entry.label,
        current: feature === part.feature,
        onSelect: (): void => void navigate({ to: part.to as '/' }),
      })),
    ]),
  );
  return (
    <nav aria-label="主菜单">
      <Menu label="菜单" name="主菜单" items={items} />
    </nav>
  );
}
