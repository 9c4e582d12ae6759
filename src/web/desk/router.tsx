import { createRouter } from '@tanstack/react-router';
import { deskRoute, notFoundRoute, rootRoute } from './frame.routes.tsx';
import { entrances, pages } from './pages.ts';

const routeTree = rootRoute.addChildren([...entrances, deskRoute.addChildren([...pages, notFoundRoute])]);

export const router = createRouter({
  routeTree,
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
