import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { render } from 'vitest-browser-react';
import { contextSearch, type Frame, FrameProvider } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';

/** A frame without years: most pieces ask it for the day alone. */
export const plainFrame = { years: [], currentYear: null, today: '2026-11-30' } as unknown as Frame;

/** Somebody of a level, with the permissions that the piece asks for. */
export const sessionOf = (level: 'city' | 'county', permissions: readonly string[] = []): Session =>
  ({
    ...{ role: { level }, permissions, school: null, unit: null, counties: [], path: [] },
    ...{ person: { id: 'ann', name: '甲' }, post: null },
  }) as unknown as Session;

/** Draws what stands below the frame of the desk, for this session, at an address; it calls the server by the client of the desk. */
export function drawFramed(
  address: string,
  { session, frame }: { session: Session; frame: Frame },
  content: ReactNode,
) {
  const component = () => (
    <SessionProvider session={session}>
      <FrameProvider frame={frame}>
        <QueryClientProvider client={queryClient}>{content}</QueryClientProvider>
      </FrameProvider>
    </SessionProvider>
  );
  const router = createRouter({
    routeTree: createRootRoute({ component, validateSearch: contextSearch }),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  return render(<RouterProvider router={router as never} />);
}
