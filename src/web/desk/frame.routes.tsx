import {
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { z } from 'zod';
import { contextSearch } from '#web/shared/context.tsx';
import { Questions } from '#web/shared/kit/dialog/Questions.tsx';
import { ErrorPanel } from '#web/shared/kit/feedback/ErrorPanel.tsx';
import { Toasts } from '#web/shared/kit/feedback/Toasts.tsx';
import { readSession } from '#web/shared/session.tsx';
import type { PageFacts } from './page-facts.ts';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    page?: PageFacts;
  }
}

export const rootRoute = createRootRoute({
  component: () => (
    <>
      <Outlet />
      <Toasts />
      <Questions />
    </>
  ),
  errorComponent: ({ error, reset }) => (
    <main className="page-fault">
      <ErrorPanel problem={error} onRetry={reset} />
    </main>
  ),
});

/** Everything behind the sign-in: the frame with its context in the address. */
export const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'desk',
  validateSearch: contextSearch,
  search: { middlewares: [retainSearchParams(['year', 'unit'])] },
  beforeLoad: async ({ location }) => {
    const session = await readSession();
    if (!session) throw redirect({ to: '/sign-in', search: { back: location.href } });
    if (session.mustChangePassword || session.mustEnrolSecondFactor) {
      throw redirect({ to: '/first-steps', search: { back: location.href } });
    }
    if (session.post === null && session.posts.length > 0)
      throw redirect({ to: '/post', search: { back: location.href } });
    return { session };
  },
  component: lazyRouteComponent(() => import('./frame/Shell.tsx')),
  errorComponent: ({ error, reset }) => (
    <main className="page-fault">
      <ErrorPanel problem={error} onRetry={reset} />
    </main>
  ),
});

/** Every address of the desk that no page has. */
export const notFoundRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '$',
  component: lazyRouteComponent(() => import('./NotFound.tsx')),
});

interface PageDefinition<Path extends string, Search extends z.ZodObject> extends Omit<PageFacts, 'listed'> {
  path: Path;
  /** The state of the page that lives in its address. */
  search?: Search;
  /** The module whose default export is the page. */
  load: () => Promise<{ default: ComponentType }>;
}

/** A page of the desk: one line of `pages.ts`. */
export function page<const Path extends string, Search extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  definition: PageDefinition<Path, Search>,
) {
  const { path, search, load, ...facts } = definition;
  return createRoute({
    getParentRoute: () => deskRoute,
    path,
    validateSearch: (search ?? z.object({})) as Search,
    staticData: { page: { ...facts, listed: !path.includes('$') } },
    component: lazyRouteComponent(load),
  });
}

/** A page before the sign-in: no frame. */
export function entrance<const Path extends string, Search extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  definition: Pick<PageDefinition<Path, Search>, 'path' | 'search' | 'load'>,
) {
  const { path, search, load } = definition;
  return createRoute({
    getParentRoute: () => rootRoute,
    path,
    validateSearch: (search ?? z.object({})) as Search,
    component: lazyRouteComponent(load),
  });
}
