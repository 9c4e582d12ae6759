import { useRouter } from '@tanstack/react-router';
import { mayOpen, useSession } from '../session/session.tsx';

/** Whether this person may open a page, by its address: for a link from the page of another feature. */
export function useOpens(to: string): boolean {
  const session = useSession();
  const routes = Object.values(useRouter().routesById as Record<string, { fullPath: string; options: RouteOptions }>);
  const page = routes.find(({ fullPath }) => fullPath === to)?.options.staticData?.page;
  return page !== undefined && mayOpen(session, page.permission);
}

interface RouteOptions {
  staticData?: { page?: { permission?: Parameters<typeof mayOpen>[1] } };
}
