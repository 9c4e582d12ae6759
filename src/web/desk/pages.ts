import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { AnyDesk } from '#web/shared/desk/desk.ts';
import { deskRoute, rootRoute } from '#web/shared/desk/frame.routes.tsx';
import { provideDesks } from '#web/shared/desk/registry.ts';
import { desks } from './desks.ts';

type RoutesOf<Key extends 'pages' | 'entrances', Desks> = Desks extends readonly [infer First, ...infer Rest]
  ? [...(First extends AnyDesk ? NonNullable<First[Key]> : never), ...RoutesOf<Key, Rest>]
  : [];

// `flatMap` loses the position of each route, and the types of addresses and their search depend on the positions.
const pages = desks.flatMap((desk: AnyDesk) => desk.pages) as unknown as RoutesOf<'pages', typeof desks>;
const entrances = desks.flatMap((desk: AnyDesk) => desk.entrances ?? []) as unknown as RoutesOf<
  'entrances',
  typeof desks
>;

provideDesks(desks);

/** Every address of the desk that has no page. */
const notFoundRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '$',
  component: lazyRouteComponent(() => import('./NotFound.tsx')),
});

/** Every address of the desk, before the sign-in and behind it. */
export const wholeTree = rootRoute.addChildren([...entrances, deskRoute.addChildren([...pages, notFoundRoute])]);
