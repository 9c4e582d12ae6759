import { StartError } from '#platform/config/start-error.ts';
import { type OwnerClient, type OwnerDatabase, withClient } from '#platform/db/owner-client.ts';
import { type Content, getContent } from './content.store.ts';

/** Checks the content of the database. It is `empty` also if only the units have been written. */
export async function contentOf(database: OwnerDatabase): Promise<Content> {
  return withClient(database, getContent);
}

/** @throws StartError where the database already holds the sample or somebody's own data */
export async function assertEmpty(client: OwnerClient): Promise<void> {
  const content = await getContent(client);
  if (content === 'sample') throw new StartError('数据库里已有示例数据；要重新装入，请先运行 dudao db reset。');
  if (content === 'own')
    throw new StartError('数据库里已有本单位的数据，不能装入示例；请换一个空的数据库或数据文件夹。');
}
