import * as session from '#contract/session/session.ts';
import { type AccessHandle, writeSessionStart } from '#core/access/account/accounts.store.ts';
import type { Auth } from '#core/access/auth/auth.ts';
import { listPostsHeldBy } from '#core/access/grant/grants.store.ts';
import { listStandInsOf } from '#core/access/grant/stand-ins.store.ts';
import { assertOwnPassword, type SignedPerson, signedPerson } from '#core/access/password/own-password.ts';
import { type RawContext, serveRaw } from '#core/access/serve.ts';
import { reading, sourceOf, writing } from '#core/access/sign-in/proof.ts';
import { answered, cookiesFor, headersOf, tokenIn } from '#core/access/sign-in/sign-in.ts';
import { takeTimeStep } from '#core/access/sign-in/time-step.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { problem } from '#domain/kit/problem.ts';
import { proofRequestOf, recordOfOwn } from './session.act.ts';
import { isSecondFactorRequired } from './session.store.ts';

/** Binding and unbinding the second factor of one's own account; better-auth does the computation. */
export const secondFactorRoutes = [
  serveRaw(session.enrolSecondFactor, async (raw, { body }) => {
    const [person, request] = [signedPerson(raw.signed), proofRequestOf(raw)];
    await assertOwnPassword(request, person, body.password);
    const { response } = await oneAct(raw, person, 'person.secondFactorBegun', async (auth) => {
      const answer = await answered(() =>
        auth.api.enableTwoFactor({
          body: { password: body.password, method: 'totp' },
          headers: headersOf(request),
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
    const [person, request] = [signedPerson(raw.signed), proofRequestOf(raw)];
    await oneAct(raw, person, 'person.secondFactorBound', async (auth, db) => {
      if (!(await takeTimeStep(db, auth, person.actor.userId, body.code))) throw problem('access.codeWrong');
      let refusal = '';
      const answer = await answered(
        () => auth.api.verifyTOTP({ body: { code: body.code }, headers: headersOf(request), returnHeaders: true }),
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
    const [person, request] = [signedPerson(raw.signed), proofRequestOf(raw)];
    const required = await reading(request, async (db) => {
      const own = await listPostsHeldBy(db, person.actor.userId);
      const lent = await listStandInsOf(db, person.actor.userId, raw.now);
      const roles = [...own.map((post) => post.key), ...lent.map((one) => one.role)];
      return isSecondFactorRequired(db, roles);
    });
    if (required) {
      throw problem('access.secondFactorNeeded');
    }
    await assertOwnPassword(request, person, body.password);
    await oneAct(raw, person, 'person.secondFactorRemoved', (auth) =>
      auth.api.disableTwoFactor({
        body: { password: body.password },
        headers: headersOf(request),
        returnHeaders: true,
      }),
    );
    return { done: true as const };
  }),
];

/** better-auth labels with the address that leads nowhere; the telephone shall show the username. */
function labelled(totpUri: string, username: string): { uri: string; secret: string } {
  const given = new URL(totpUri);
  const issuer = given.searchParams.get('issuer') ?? '督导';
  const secret = given.searchParams.get('secret') ?? '';
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`;
  return { uri: `otpauth://totp/${label}${given.search}`, secret };
}

/**
 * Writes the change of better-auth and its audit row in one transaction, so that neither exists without the other. With
 * a changed proof better-auth gives a fresh session, which the browser must take.
 */
async function oneAct<Answer extends { readonly headers: Headers }>(
  raw: RawContext,
  { actor }: SignedPerson,
  action: string,
  work: (auth: Auth, db: AccessHandle) => Promise<Answer>,
): Promise<Answer> {
  const [request, { auth: service }] = [proofRequestOf(raw), raw.services];
  const answer = await writing(request, async (db) => {
    const given = await work(await service.openIn(db), db);
    const token = tokenIn(given.headers.getSetCookie(), service.secret);
    if (token !== null) await writeSessionStart(db, token, request.now);
    await recordAudit(db, sourceOf(request, actor), recordOfOwn(actor.userId, action));
    return given;
  });
  for (const cookie of cookiesFor(request, answer.headers)) raw.setCookie(cookie);
  return answer;
}
