import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';

/** The name of a school as a link to its page. */
export function SchoolLink({ schoolId, children }: { schoolId: number; children: ReactNode }) {
  return (
    <Link to="/directory/schools/$schoolId" params={{ schoolId: String(schoolId) }}>
      {children}
    </Link>
  );
}

/** Opens the page of a school; figures call it. */
export function useOpenSchool(): (schoolId: number) => void {
  const navigate = useNavigate();
  return useCallback(
    (schoolId: number) => void navigate({ to: '/directory/schools/$schoolId', params: { schoolId: String(schoolId) } }),
    [navigate],
  );
}
