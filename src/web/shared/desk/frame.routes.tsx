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
import { contextSearch } from '../address/context.tsx';
import { Questions } from '../kit/dialog/Questions.tsx';
import { ErrorPanel } from '../kit/feedback/ErrorPanel.tsx';
import { Toasts } from '../kit/feedback/Toasts.tsx';
import type { Late } from '../kit/late.tsx';
import { readSession, whyNobody } from '../session/session.tsx';
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

/** Everything behind the sign-in, with its context in the address; the desk provides the frame around it. */
export const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'desk',
  validateSearch: contextSearch,
  search: { middlewares: [retainSearchParams(['year', 'unit'])] },
  beforeLoad: async ({ location }) => {
    const session = await readSession();
    if (!session) throw redirect({ to: '/sign-in', search: { back: location.href, because: whyNobody() } });
    if (session.mustChangePassword || session.mustEnrolSecondFactor) {
      throw redirect({ to: '/first-steps', search: { back: location.href } });
    }
    if (session.post === null && session.posts.length > 0)
      throw redirect({ to: '/post', search: { back: location.href } });
    return { session };
  },
  errorComponent: ({ error, reset }) => (
    <main className="page-fault">
      <ErrorPanel problem={error} onRetry={reset} />
    </main>
  ),
});

interface PageDefinition<Path extends string, Search extends z.ZodObject> extends Omit<PageFacts, 'listed'> {
  path: Path;
  /** The state of the page that lives in its address. */
  search?: Search;
  /** The module whose default export is the page. */
  load: () => Promise<{ default: ComponentType }>;
  /**
   * The words and panels of other features that it shows (`deskWords`); they are loaded with the page, before it is
   * drawn.
   */
  needs?: Late<unknown>;
}

/** A page of the desk: one line in the `pages` of a feature's `x.desk.ts`. */
export function page<const Path extends string, Search extends z.ZodObject = z.ZodObject<Record<never, never>>>(
  definition: PageDefinition<Path, Search>,
) {
  const { path, search, load, needs, ...facts } = definition;
  return createRoute({
    getParentRoute: () => deskRoute,
    path,
    validateSearch: (search ?? z.object({})) as Search,
    staticData: { page: { ...facts, listed: !path.includes('$') } },
    component: lazyRouteComponent(async () => {
      const [module] = await Promise.all([load(), needs?.load()]);
      return module;
    }),
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
