import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The secret that signs session cookies and encrypts second factors. It lies beside the program and not in the
 * database, so that a copy of the database alone opens nothing. Made at the first start, readable by the owner only.
 */
export function readOrCreateSecret(dataDir: string): string {
  const file = path.join(dataDir, 'auth-secret');
  if (!existsSync(file)) {
    // Written whole and then linked: a kill leaves no half of it, and of two programs that start at once both read one.
    const whole = `${file}.${randomUUID()}.tmp`;
    writeFileSync(whole, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
    try {
      linkSync(whole, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(whole);
    }
  }
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32) throw new Error(`${file} 已损坏：内容过短。删除它会使所有人重新登录并重新绑定动态验证码。`);
  return secret;
}
