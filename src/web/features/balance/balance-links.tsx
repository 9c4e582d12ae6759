import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';

/** Where a school's page is: one place that knows it. */
function schoolAddress(schoolId: number) {
  return { to: '/directory/schools/$schoolId', params: { schoolId: String(schoolId) } } as never;
}

/** The name of a school as a link to its page. */
export function SchoolLink({ schoolId, children }: { schoolId: number; children: ReactNode }) {
  return <Link {...(schoolAddress(schoolId) as { to: '.' })}>{children}</Link>;
}

export function useOpenSchool(): (schoolId: number) => void {
  const navigate = useNavigate();
  return useCallback((schoolId: number) => void navigate(schoolAddress(schoolId)), [navigate]);
}
