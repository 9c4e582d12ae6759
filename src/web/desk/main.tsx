import './schema-settings.ts';
import '#web/shared/theme/tokens.css';
import '#web/shared/theme/base.css';
import '#web/shared/theme/print.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenPostChanged, whenSignedOut } from '#web/shared/call/call.ts';
import { queryClient } from '#web/shared/call/queries.ts';
import { applyTypeSize } from '#web/shared/page/type-size.ts';
import { leaveEnded } from '#web/shared/session/leave-ended.ts';
import { notePostLost } from '#web/shared/session/post.ts';
import { endedBecause } from '#web/shared/session/session.tsx';
import { entrances } from './entrances.ts';
import { readPages, router } from './router.tsx';

applyTypeSize();

whenSignedOut((problem) => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') return;
  void leaveEnded(async (unsent) => {
    const because = endedBecause(problem);
    await router.navigate({ to: '/sign-in', search: { back: href, because, ...unsent } });
    // A page that shows something only once asks before it is left.
    return router.state.location.pathname === '/sign-in';
  });
});

whenPostChanged(notePostLost);

// The pages come beside the question who is signed in, unless the address is one before the sign-in. A failure is told
// where they are needed.
if (!entrances.some(({ fullPath }) => fullPath === location.pathname)) readPages().catch(() => {});

const element = document.getElementById('desk');
if (!element) throw new Error('The page has no element #desk.');
createRoot(element).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
