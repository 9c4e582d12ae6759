import * as session from '#contract/session.ts';
import { type RawContext, serveRaw } from '#core/access/serve.ts';
import { answered, cookiesFor, headersOf } from '#core/access/sign-in.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { knockOf } from './session.routes.ts';

/** Binding and unbinding the second factor of one's own account; the guest does the reckoning. */
export const secondFactorRoutes = [
  serveRaw(session.enrolSecondFactor, async (raw, { body }) => {
    const person = own(raw);
    const guest = await raw.services.access.guest();
    let refusal = '';
    const answer = await answered(
      () =>
        guest.api.enableTwoFactor({
          body: { password: body.password, method: 'totp' },
          headers: headersOf(knockOf(raw)),
          returnHeaders: true,
        }),
      (code) => {
        refusal = code;
      },
    );
    if (answer === null) {
      throw refusal === 'TOTP_ALREADY_ENABLED'
        ? problem('access.secondFactorState', { enabled: true })
        : problem('access.passwordWrong');
    }
    const { totpURI, backupCodes } = answer.response as { totpURI: string; backupCodes: string[] };
    const { uri, secret } = labelled(totpURI, person.username);
    await recordSecondFactor(raw, 'person.secondFactorBegun', person.userId);
    return { uri, secret, backupCodes };
  }),

  serveRaw(session.confirmSecondFactor, async (raw, { body }) => {
    const person = own(raw);
    const guest = await raw.services.access.guest();
    let refusal = '';
    const answer = await answered(
      () => guest.api.verifyTOTP({ body: { code: body.code }, headers: headersOf(knockOf(raw)), returnHeaders: true }),
      (code) => {
        refusal = code;
      },
    );
    if (answer === null) {
      throw refusal === 'INVALID_CODE'
        ? problem('access.codeWrong')
        : problem('access.secondFactorState', { enabled: false });
    }
    // The guest gives a fresh session with the stronger proof; the browser must take it.
    for (const cookie of cookiesFor(knockOf(raw), answer.headers)) raw.setCookie(cookie);
    await recordSecondFactor(raw, 'person.secondFactorBound', person.userId);
    return { done: true as const };
  }),

  serveRaw(session.removeSecondFactor, async (raw, { body }) => {
    const person = own(raw);
    const required = await raw.held.query<{ required: boolean }>(
      `select r.second_factor and (a.value ->> 'secondFactor')::boolean as required
         from roles r join settings a on a.key = 'access' where r.key = $1`,
      [person.role],
    );
    if (required[0]?.required) throw problem('access.secondFactorNeeded');
    const guest = await raw.services.access.guest();
    const answer = await answered(() =>
      guest.api.disableTwoFactor({
        body: { password: body.password },
        headers: headersOf(knockOf(raw)),
        returnHeaders: true,
      }),
    );
    if (answer === null) throw problem('access.passwordWrong');
    for (const cookie of cookiesFor(knockOf(raw), answer.headers)) raw.setCookie(cookie);
    await recordSecondFactor(raw, 'person.secondFactorRemoved', person.userId);
    return { done: true as const };
  }),
];

/** The signed-in person; a token cannot bind a telephone. */
function own(raw: RawContext) {
  if (raw.signed === null || raw.signed.sessionId === null) throw problem('access.sessionOnly');
  return raw.signed.actor;
}

/** The guest labels with the address that leads nowhere; the telephone shall show the username. */
function labelled(totpUri: string, username: string): { uri: string; secret: string } {
  const given = new URL(totpUri);
  const issuer = given.searchParams.get('issuer') ?? '督导';
  const secret = given.searchParams.get('secret') ?? '';
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(username)}`;
  return { uri: `otpauth://totp/${label}${given.search}`, secret };
}

async function recordSecondFactor(raw: RawContext, action: string, personId: string): Promise<void> {
  await raw.held.writing(nowhere, (db) =>
    recordAudit(
      db,
      { actor: raw.signed?.actor ?? null, address: raw.call.address, requestId: raw.call.requestId },
      { action, objectType: 'person', objectId: personId },
    ),
  );
}
