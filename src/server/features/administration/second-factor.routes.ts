import * as session from '#contract/session/session.ts';
import type { Guest } from '#core/access/guest.ts';
import { reading, sourceOf, writing } from '#core/access/knock.ts';
import { assertOwnPassword, type SignedPerson, signedPerson } from '#core/access/own-password.ts';
import { type AccessHandle, openSession } from '#core/access/people.store.ts';
import { type RawContext, serveRaw } from '#core/access/serve.ts';
import { answered, cookiesFor, headersOf, tokenIn } from '#core/access/sign-in.ts';
import { takeTimeStep } from '#core/access/time-step.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { problem } from '#domain/kit/problem.ts';
import { isSecondFactorRequired } from './people.store.ts';
import { knockOf } from './session.routes.ts';

/** Binding and unbinding the second factor of one's own account; the guest does the reckoning. */
export const secondFactorRoutes = [
  serveRaw(session.enrolSecondFactor, async (raw, { body }) => {
    const [person, knock] = [signedPerson(raw.signed), knockOf(raw)];
    await assertOwnPassword(knock, person, body.password);
    const { response } = await oneAct(raw, person, 'person.secondFactorBegun', async (guest) => {
      const answer = await answered(() =>
        guest.api.enableTwoFactor({
          body: { password: body.password, method: 'totp' },
          headers: headersOf(knock),
          returnHeaders: true,
        }),
      );
      if (answer === null) throw problem('access.secondFactorState', { enabled: true });
      return answer;
    });
    const { totpURI, backupCodes } = response as { totpURI: string; backupCodes: string[] };
    const { uri, secret } = labelled(totpURI, person.actor.username);
    return { uri, secret, backupCodes };
  }),

  serveRaw(session.confirmSecondFactor, async (raw, { body }) => {
    const [person, knock] = [signedPerson(raw.signed), knockOf(raw)];
    await oneAct(raw, person, 'person.secondFactorBound', async (guest, db) => {
      if (!(await takeTimeStep(db, guest, person.actor.userId, body.code))) throw problem('access.codeWrong');
      let refusal = '';
      const answer = await answered(
        () => guest.api.verifyTOTP({ body: { code: body.code }, headers: headersOf(knock), returnHeaders: true }),
        (code) => {
          refusal = code;
        },
      );
      if (answer !== null) return answer;
      throw refusal === 'INVALID_CODE'
        ? problem('access.codeWrong')
        : problem('access.secondFactorState', { enabled: false });
    });
    return { done: true as const };
  }),

  serveRaw(session.removeSecondFactor, async (raw, { body }) => {
    const [person, knock] = [signedPerson(raw.signed), knockOf(raw)];
    if (await reading(knock, (db) => isSecondFactorRequired(db, person.actor.role))) {
      throw problem('access.secondFactorNeeded');
    }
    await assertOwnPassword(knock, person, body.password);
    await oneAct(raw, person, 'person.secondFactorRemoved', (guest) =>
      guest.api.disableTwoFactor({
        body: { password: body.password },
        headers: headersOf(knock),
        returnHeaders: true,
      }),
    );
    return { done: true as const };
  }),
];

/** The guest labels with the address that leads nowhere; the telephone shall show the username. */
function labelled(totpUri: string, username: string): { uri: string; secret: string } {
  const given = new URL(totpUri);
  const issuer = given.searchParams.get('issuer') ?? '督导';
  const secret = given.searchParams.get('secret') ?? '';
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`;
  return { uri: `otpauth://totp/${label}${given.search}`, secret };
}

/**
 * What the guest writes and the row that tells of it, in one transaction: neither is there without the other. With a
 * changed proof the guest gives a fresh session, which the browser must take.
 */
async function oneAct<Answer extends { readonly headers: Headers }>(
  raw: RawContext,
  { actor }: SignedPerson,
  action: string,
  work: (guest: Guest, db: AccessHandle) => Promise<Answer>,
): Promise<Answer> {
  const [knock, { access }] = [knockOf(raw), raw.services];
  const answer = await writing(knock, async (db) => {
    const given = await work(await access.guestIn(db), db);
    const token = tokenIn(given.headers.getSetCookie(), access.secret);
    if (token !== null) await openSession(db, token, knock.now);
    await recordAudit(db, sourceOf(knock, actor), { action, objectType: 'person', objectId: actor.userId });
    return given;
  });
  for (const cookie of cookiesFor(knock, answer.headers)) raw.setCookie(cookie);
  return answer;
}
