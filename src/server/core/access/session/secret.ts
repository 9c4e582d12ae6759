import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { StartError } from '#platform/config/start-error.ts';
import { createSecretFile } from '#platform/postgres/data-folder.ts';

/**
 * The secret that signs session cookies and encrypts second factors. It lies beside the program and not in the
 * database, so that a copy of the database alone opens nothing. It is made at the first start, and only the owner can
 * read it.
 * @throws StartError where the file is damaged
 */
export function readOrCreateSecret(dataDir: string): string {
  const file = path.join(dataDir, 'auth-secret');
  if (!existsSync(file)) createSecretFile(file, `${randomBytes(32).toString('hex')}\n`);
  const secret = readFileSync(file, 'utf8').trim();
  if (secret.length < 32) {
    throw new StartError(
      `文件 ${file} 已损坏：内容过短。请从备份恢复；没有备份时删除它再启动，所有人须重新登录并重新绑定动态验证码。`,
    );
  }
  return secret;
}
