import { Link } from '@tanstack/react-router';
import type { MenuEntry } from './menu.ts';

interface EntryPartsProps {
  entry: MenuEntry;
  /** The feature whose page is open. */
  feature: string | undefined;
  className: string | undefined;
  onOpen?: () => void;
}

/** The pages that share an entry of the menu; nothing where it leads to one alone. */
export function EntryParts({ entry: { label, parts = [] }, feature, className, onOpen }: EntryPartsProps) {
  if (parts.length === 0) return null;
  return (
    <ul aria-label={label}>
      {parts.map((part) => (
        <li key={part.to}>
          <Link
            to={part.to as '/'}
            className={className}
            aria-current={part.feature === feature ? 'true' : undefined}
            onClick={onOpen}
          >
            {part.label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
