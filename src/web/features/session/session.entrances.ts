import { entrance } from '#web/shared/desk/frame.routes.tsx';
import { signInSearch } from './session.search.ts';

/** The pages before the sign-in; they stand in the first file that a browser loads, apart from all others. */
export const sessionEntrances = [
  entrance({
    path: '/sign-in',
    search: signInSearch,
    load: () => import('./entrance/SignIn.tsx'),
  }),
  entrance({ path: '/set-up', load: () => import('./entrance/SetUp.tsx') }),
  entrance({
    path: '/first-steps',
    search: signInSearch,
    load: () => import('./entrance/FirstSteps.tsx'),
  }),
  entrance({
    path: '/post',
    search: signInSearch,
    load: () => import('./entrance/ChoosePost.tsx'),
  }),
] as const;
