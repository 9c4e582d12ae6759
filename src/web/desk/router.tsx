import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { deskRoute, rootRoute } from '#web/shared/desk/frame.routes.tsx';
import { entrances } from './entrances.ts';
import type { wholeTree } from './pages.ts';

deskRoute.update({ component: lazyRouteComponent(() => import('./frame/Shell.tsx')) });

/** The pages of all features, loaded once; whoever only signs in never waits for them. */
let loading: Promise<void> | undefined;
function loadPages(): Promise<void> {
  loading ??= import('./pages.ts').then(
    // The tree grows in its root, so the router is told to read it anew.
    () => router.setRoutes(router.buildRouteTree()),
    (problem) => {
      loading = undefined;
      throw problem;
    },
  );
  return loading;
}

/** Every address behind the sign-in while the pages are not here: it loads them and then finds its page among them. */
const beforePages = createRoute({
  getParentRoute: () => deskRoute,
  path: '$',
  beforeLoad: async ({ location }) => {
    await loadPages();
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

// The pages come beside the question who is signed in, unless the address is one before the sign-in.
if (!entrances.some(({ fullPath }) => fullPath === window.location.pathname)) void loadPages().catch(() => {});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
