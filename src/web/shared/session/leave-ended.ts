import { confirm } from '../kit/dialog/question.ts';
import { forgetSession, knownSession } from './session.tsx';
import { listUnkept, readUnsent, toldAtSignIn, type UnkeptPart } from './unsent.ts';

type Told = ReturnType<typeof toldAtSignIn>;

let leaving = false;

/** So long the person may look for another window to sign in, before the question comes again. */
const rest = 60_000;
let askedAt = Number.NEGATIVE_INFINITY;

/**
 * Leads to the sign-in after the session has ended by itself. What was typed waits on this machine for the same person.
 * If the browser could not store some of it, it exists only on this page, and the person is asked before it goes.
 * `toSignIn` gets how much waits, and resolves with false where the person stays on the page.
 */
export async function leaveEnded(toSignIn: (unsent: Partial<Told>) => Promise<boolean>): Promise<void> {
  if (leaving || Date.now() - askedAt < rest) return;
  leaving = true;
  try {
    const unkept = listUnkept();
    const gone = (unkept.length === 0 || (await mayGo(unkept))) && (await toSignIn(waiting()));
    if (gone) await forgetSession();
    else askedAt = Date.now();
  } finally {
    leaving = false;
  }
}

/** How much of the person's work stays here; nothing where the desk does not know who it was. */
function waiting(): Partial<Told> {
  const session = knownSession();
  return session ? toldAtSignIn(readUnsent(session.person.id)) : {};
}

function mayGo(unkept: readonly UnkeptPart[]): Promise<boolean> {
  const all = unkept.length;
  return confirm({
    title: `登录已结束，${all} 项只在本页`,
    text: `本机空间已满，没有存下：${unkept.map(({ line }) => line).join('；')}。请在另一个窗口重新登录后回到这里，内容会自动上传；现在离开就会丢失。`,
    verb: `放弃 ${all} 项，去登录`,
    danger: true,
  });
}
