import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCan } from '#web/shared/session/session.tsx';

interface EditionLinkProps {
  edition: { readonly key: string; readonly revision: number };
  children: ReactNode;
}

/** Leads to the tree of an edition, for whoever may read it; its words alone for others. */
export function EditionLink({ edition: { key, revision }, children }: EditionLinkProps) {
  const reads = useCan('framework.read');
  if (!reads) return children;
  return (
    <Link to="/frameworks/$key" params={{ key }} search={{ revision }}>
      {children}
    </Link>
  );
}
