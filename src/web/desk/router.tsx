import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { deskRoute, rootRoute } from '#web/shared/desk/frame.routes.tsx';
import { entrances } from './entrances.ts';
import type { wholeTree } from './pages.ts';

deskRoute.update({ component: lazyRouteComponent(() => import('./frame/Shell.tsx')) });

/** The pages of all features. */
export const readPages = () => import('./pages.ts');

/** Every address behind the sign-in while the pages are not here: it loads them and then finds its page among them. */
const beforePages = createRoute({
  getParentRoute: () => deskRoute,
  path: '$',
  beforeLoad: async ({ location }) => {
    await readPages();
    // The tree has grown in its root, so the router is told to read it anew. Only here: a match of this route that is
    // under way would go on as another one.
    router.setRoutes(router.buildRouteTree());
    throw redirect({ href: location.href, replace: true });
  },
});

const entranceTree = rootRoute.addChildren([...entrances, deskRoute.addChildren([beforePages])]);

export const router = createRouter({
  // Types of addresses are those of the whole desk.
  routeTree: entranceTree as unknown as typeof wholeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 300,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
