import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { render } from 'vitest-browser-react';
import { contextSearch, type Frame, FrameProvider } from '#web/shared/address/context.tsx';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';

/** Draws what stands below the frame of the desk, for this session, at an address. */
export function drawFramed(
  address: string,
  { session, frame }: { session: Session; frame: Frame },
  content: ReactNode,
) {
  const component = () => (
    <SessionProvider session={session}>
      <FrameProvider frame={frame}>{content}</FrameProvider>
    </SessionProvider>
  );
  const router = createRouter({
    routeTree: createRootRoute({ component, validateSearch: contextSearch }),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  return render(<RouterProvider router={router as never} />);
}
