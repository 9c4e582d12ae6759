import type { ReactNode } from 'react';

/** One act or choice of a menu. */
export interface MenuItem {
  key: string;
  label: ReactNode;
  /** Beside the label, fainter. */
  note?: ReactNode;
  onSelect: () => void;
  /** The chosen item. */
  current?: boolean;
  danger?: boolean;
  disabled?: boolean;
}
