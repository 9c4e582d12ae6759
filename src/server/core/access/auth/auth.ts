import { newId } from '#platform/ids/new-id.ts';
import type { AuthDatabase } from './auth.store.ts';

/** Hours after which a session ends even when it is in use: a working day and its evening. */
export const sessionHours = 12;

/** The header in which our routes pass the client's address to better-auth. A proxy's header is never trusted there. */
export const addressHeader = 'x-dudao-address';

/**
 * Opens better-auth. It is never mounted: our declared routes call its functions and pass its cookies on. It is loaded
 * at the first sign-in, because it takes thirty megabytes that a start does not need.
 */
export async function openAuth(options: { database: AuthDatabase; secret: string }) {
  const [{ betterAuth }, { username }, { twoFactor }, { kyselyAdapter }] = await Promise.all([
    import('better-auth/minimal'),
    import('better-auth/plugins/username'),
    import('better-auth/plugins/two-factor'),
    import('@better-auth/kysely-adapter'),
  ]);
  const times = { createdAt: 'created_at', updatedAt: 'updated_at' };
  return betterAuth({
    appName: '督导 Dudao',
    baseURL: 'http://localhost',
    secret: options.secret,
    database: kyselyAdapter(options.database.handle, {
      type: 'postgres',
      transaction: options.database.transactions,
    }),
    telemetry: { enabled: false },
    // We count and record wrong passwords ourselves, so better-auth need not log them.
    logger: { disabled: true },
    // better-auth's limiter has one bucket for everybody when it knows no address; ours counts per account and address.
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 1, maxPasswordLength: 128 },
    user: {
      modelName: 'people',
      fields: { ...times, emailVerified: 'email_verified' },
    },
    session: {
      modelName: 'sessions',
      fields: {
        ...times,
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      expiresIn: sessionHours * 3600,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: {
      modelName: 'accounts',
      fields: {
        ...times,
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { modelName: 'verifications', fields: { ...times, expiresAt: 'expires_at' } },
    advanced: {
      cookiePrefix: 'dudao',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => newId() },
    },
    plugins: [
      // Names are normalised and checked before they come here. An unknown name must take the same time as a known one.
      username({ displayUsername: false, minUsernameLength: 1, maxUsernameLength: 200, usernameValidator: () => true }),
      twoFactor({
        issuer: '督导',
        twoFactorTable: 'second_factors',
        // Our own count takes codes together with passwords, per account and address. This limit counts by account
        // alone, so it is high. A stranger who knows the password must not try codes from a thousand addresses, and
        // must not lock the owner out everywhere with ten tries.
        accountLockout: { enabled: true, maxFailedAttempts: 100, durationSeconds: 900 },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  });
}

export type Auth = Awaited<ReturnType<typeof openAuth>>;

/** Hashes passwords with scrypt, off the main loop. Loaded when first needed, like the rest of better-auth. */
export async function hashPassword(password: string): Promise<string> {
  return (await import('better-auth/crypto')).hashPassword(password);
}

/** Whether a password matches a hash. */
export async function isPasswordOf(hash: string, password: string): Promise<boolean> {
  return (await import('better-auth/crypto')).verifyPassword({ hash, password });
}
